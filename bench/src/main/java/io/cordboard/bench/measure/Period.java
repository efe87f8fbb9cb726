package io.cordboard.bench.measure;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The calls of a stretch of time, and what they cost. One thread adds; read when it is over. */
public final class Period {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<PoppedCall> calls = new ArrayList<>();
  private Cost cost = new Cost(0, 0, 0);

  /** Microseconds of CPU, and events told. */
  public record Cost(long server, long postgres, long events) {
    public Cost minus(Cost before) {
      return new Cost(
          server - before.server, postgres - before.postgres, events - before.events);
    }

    public Cost plus(Cost more) {
      return new Cost(server + more.server, postgres + more.postgres, events + more.events);
    }
  }

  public void add(PoppedCall call) {
    calls.add(call);
  }

  public void add(Period more) {
    calls.addAll(more.calls);
    cost = cost.plus(more.cost);
  }

  public void cost(Cost whole) {
    cost = whole;
  }

  public int offered() {
    return calls.size();
  }

  public long delivered() {
    return calls.stream().filter(PoppedCall::delivered).count();
  }

  long wrong() {
    return calls.stream().filter(PoppedCall::wrong).count();
  }

  long served() {
    return calls.stream().filter(PoppedCall::served).count();
  }

  public double eventsPerCall() {
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

  /** What is told of it. */
  public ObjectNode figures() {
    return JSON.createObjectNode()
        .put("offered", offered())
        .put("delivered", delivered())
        .put("p50Millis", rounded(millis(500), 100))
        .put("p95Millis", rounded(millis(950), 100))
        .put("p99Millis", rounded(millis(990), 100))
        .put("maxMillis", rounded(millis(1000), 100))
        .put("cpuMicrosPerCall", rounded(serverMicros(), 1))
        .put("postgresCpuMicrosPerCall", rounded(postgresMicros(), 1))
        .put("wrongCustomer", wrong())
        .put("served", served());
  }

  /** A figure with not more digits than mean something. */
  public static double rounded(double value, int parts) {
    return (double) Math.round(value * parts) / parts;
  }

  /** So many of a thousand cards were at least that fast. */
  double millis(int perMille) {
    long[] nanos =
        calls.stream().filter(PoppedCall::delivered).mapToLong(PoppedCall::nanos).sorted().toArray();
    if (nanos.length == 0) {
      return 0;
    }
    int index = (int) Math.ceil(nanos.length * perMille / 1000.0) - 1;
    return nanos[Math.max(0, index)] / 1e6;
  }
}
