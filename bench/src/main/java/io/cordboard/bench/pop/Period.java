package io.cordboard.bench.pop;

import io.cordboard.bench.ari.FakeCall;
import java.util.ArrayList;
import java.util.List;

/** The calls of a stretch of time, and what they cost. One thread adds; read when it is over. */
final class Period {
  private final List<FakeCall> calls = new ArrayList<>();
  private Cost cost = new Cost(0, 0, 0);

  /** Microseconds of CPU, and events told. */
  record Cost(long server, long postgres, long events) {
    Cost minus(Cost before) {
      return new Cost(
          server - before.server, postgres - before.postgres, events - before.events);
    }

    Cost plus(Cost more) {
      return new Cost(server + more.server, postgres + more.postgres, events + more.events);
    }
  }

  void add(FakeCall call) {
    calls.add(call);
  }

  void add(Period more) {
    calls.addAll(more.calls);
    cost = cost.plus(more.cost);
  }

  void cost(Cost whole) {
    cost = whole;
  }

  int offered() {
    return calls.size();
  }

  long delivered() {
    return calls.stream().filter(FakeCall::delivered).count();
  }

  long wrong() {
    return calls.stream().filter(FakeCall::wrong).count();
  }

  long served() {
    return calls.stream().filter(FakeCall::served).count();
  }

  double eventsPerCall() {
    return per(cost.events());
  }

  double serverMicros() {
    return per(cost.server());
  }

  double postgresMicros() {
    return per(cost.postgres());
  }

  private double per(long sum) {
    return calls.isEmpty() ? 0 : (double) sum / calls.size();
  }

  /** So many of a thousand cards were at least that fast. */
  double millis(int perMille) {
    long[] nanos =
        calls.stream().filter(FakeCall::delivered).mapToLong(FakeCall::nanos).sorted().toArray();
    if (nanos.length == 0) {
      return 0;
    }
    int index = (int) Math.ceil(nanos.length * perMille / 1000.0) - 1;
    return nanos[Math.max(0, index)] / 1e6;
  }
}
