package io.cordboard.spi.telephony;

import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.NumberClaims;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells afterwards, from the switch's own records, of calls that it looked after without us. */
public interface SwitchRecords {
  /**
   * The calls that are over and were not all told before a position. A call that goes on is told when it
   * is over; one may be told again.
   *
   * @param after the position that the last page ended with; null for the first time: then nothing is
   *     told, and the records begin now
   */
  CompletionStage<Page> read(@Nullable String after);

  /**
   * What was read.
   *
   * @param next to go on from when everything of this page is kept; opaque
   * @param goesOn how many calls go on without us
   * @param unreadable lines that no record could be made of
   */
  record Page(List<OwnCall> calls, String next, int goesOn, int unreadable) {
    public Page {
      calls = List.copyOf(calls);
    }
  }

  /**
   * A call that the switch looked after. Times are microseconds UTC by its clock; 0 for never.
   *
   * @param channel of the customer's leg
   * @param claims what was told of the numbers; null where the call had come to us before
   * @param answeredAt when an agent answered
   * @param device of that agent, as {@link DialOrder#address()} names it; untrusted
   * @param recording its name for {@link Recorder#fetch}; null for none
   * @param queued whether it came into a queue of the switch's
   */
  record OwnCall(
      String channel,
      @Nullable String linkedId,
      @Nullable String sipCallId,
      @Nullable NumberClaims claims,
      long arrivedAt,
      long answeredAt,
      @Nullable String device,
      long endedAt,
      EndCause cause,
      @Nullable String recording,
      boolean queued,
      Outcome outcome) {}

  /** What became of it. */
  enum Outcome {
    /** An agent talked with the caller. */
    ANSWERED,
    /** The caller gave up. */
    ABANDONED,
    /** Nobody could take it. */
    MISSED,
    /** Outside the hours. */
    CLOSED,
    /** The number is no line of ours. */
    NO_LINE
  }
}
