package io.cordboard.web.api;

import io.cordboard.core.desk.TeamDoor.Position;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.kernel.CallId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of calls that are over, the newest first. */
record PastCalls(List<TeamCall> items, @Nullable String next) {

  /**
   * A call that is over.
   *
   * @param agent who talked last, null for nobody
   */
  record TeamCall(
      String callId,
      Instant arrivedAt,
      String queue,
      String outcome,
      @Nullable String agent,
      long waitMillis,
      long talkMillis) {
    static TeamCall of(PastCall call) {
      return new TeamCall(
          call.callId(), call.arrivedAt(), call.queue(), call.outcome(), call.agent(),
          call.waitMillis(), call.talkMillis());
    }
  }

  /** A page; {@code most} is what was asked for. */
  static PastCalls page(List<PastCall> calls, int most) {
    PastCall last = calls.size() < most ? null : calls.getLast();
    return new PastCalls(
        calls.stream().map(TeamCall::of).toList(),
        last == null ? null : Cursor.of(micros(last.arrivedAt()), last.callId()));
  }

  /** Where the page before ended; null from the newest on. */
  static @Nullable Position after(@Nullable String cursor) {
    return Cursor.read(
        cursor, 2,
        parts -> new Position(Long.parseLong(parts.get(0)), new CallId(Code.id(parts.get(1)))));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
