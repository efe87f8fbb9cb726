package io.cordboard.adapters.demo;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Standby;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.SwitchRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a switch does while nobody commands it, in memory: one caller at a time, whose call ends where nobody serves. */
final class AloneSwitch implements Standby, SwitchRecords {
  private final Clock clock;
  private final List<OwnCall> over = new ArrayList<>();
  private StandbyPlan plan = new StandbyPlan(List.of(), List.of());
  private @Nullable OwnCall call;

  AloneSwitch(Clock clock) {
    this.clock = clock;
  }

  @Override
  public CompletionStage<Void> prepare(StandbyPlan told) {
    if (told.lines().stream().anyMatch(line -> !line.did().matches("\\+?[0-9]{2,20}"))) {
      return CompletableFuture.failedFuture(new Fault.BadRequest("No line has such a number."));
    }
    plan = told;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Page> read(@Nullable String after) {
    int from = after == null ? over.size() : Integer.parseInt(after);
    String next = Integer.toString(over.size());
    Page page = new Page(over.subList(from, over.size()), next, call == null ? 0 : 1, 0);
    return CompletableFuture.completedFuture(page);
  }

  void call(String from, String to) {
    boolean line = plan.lines().stream().anyMatch(one -> one.did().equals(to));
    OwnCall begun =
        new OwnCall(
            from, null, null, NumberClaims.of("demo", from, to), clock.micros(), 0, null, 0,
            EndCause.switchRestart(), null, line, line ? Outcome.ABANDONED : Outcome.NO_LINE);
    call = begun;
    if (!line) {
      end(begun, 0, null, Outcome.NO_LINE);
    } else if (members().isEmpty()) {
      end(begun, 0, null, Outcome.MISSED);
    }
  }

  String rung() {
    return members().getFirst();
  }

  void lift() {
    OwnCall now = now();
    call = with(now, clock.micros(), rung(), 0, Outcome.ANSWERED);
  }

  void hangUp() {
    OwnCall now = now();
    end(now, now.answeredAt(), now.device(), now.outcome());
  }

  private void end(OwnCall now, long answered, @Nullable String device, Outcome outcome) {
    over.add(with(now, answered, device, clock.micros(), outcome));
    call = null;
  }

  private static OwnCall with(
      OwnCall one, long answered, @Nullable String device, long ended, Outcome outcome) {
    return new OwnCall(
        one.channel(), null, null, one.claims(), one.arrivedAt(), answered, device, ended,
        one.cause(), null, one.queued(), outcome);
  }

  private OwnCall now() {
    if (call == null) {
      throw new AssertionError("Nobody calls.");
    }
    return call;
  }

  private List<String> members() {
    return plan.queues().stream().flatMap(queue -> queue.members().stream()).toList();
  }
}
