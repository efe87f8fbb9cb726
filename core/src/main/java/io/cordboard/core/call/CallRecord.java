package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a call as it stands in the customer's file. Written when the call ends and again
 * whenever something of it changes afterwards; the later one replaces the earlier. Times are
 * microseconds UTC, 0 when it did not happen.
 *
 * @param number the caller's number in E.164 or as a service number; null when withheld or unreadable
 * @param line canonical DID
 * @param outcome ANSWERED, ABANDONED (caller gave up), MISSED (nobody there), SWITCH_RESTART, ENDED
 *     (observed) or FAILED
 *     and of a call that we dialled, where it was not answered, what became of it: see {@code
 *     OutsideDialling.Outcome}
 * @param approximateFrom with {@code approximateTo} the interval in which something happened that could
 *     not be observed
 * @param agent who talked last; of an observed call, whom its switch named last
 * @param disposition what that agent said of it
 * @param direction {@code in}, or {@code out} for a call that an agent of ours dialled
 * @param fallback the switch looked after it, or a part of it, while we were not there
 * @param outside those outside whom agents called into it, in that order
 */
public record CallRecord(
    CallId call,
    @Nullable CustomerId customer,
    String matchState,
    @Nullable String number,
    boolean withheld,
    String line,
    @Nullable String queue,
    String switchId,
    long epoch,
    String channel,
    @Nullable String sipCallId,
    @Nullable String linkedId,
    String trunk,
    boolean controlled,
    long arrivedAt,
    long answeredAt,
    long endedAt,
    String outcome,
    EndCause cause,
    long waitMillis,
    long talkMillis,
    long approximateFrom,
    long approximateTo,
    @Nullable AgentId agent,
    @Nullable String disposition,
    long verifiedAt,
    @Nullable String verifiedBy,
    @Nullable String announcement,
    long announcedAt,
    String direction,
    boolean fallback,
    List<Outside> outside) {
  public CallRecord {
    outside = List.copyOf(outside);
  }

  /** Of a call that arrived. */
  public CallRecord(
      CallId call, @Nullable CustomerId customer, String matchState, @Nullable String number,
      boolean withheld, String line, @Nullable String queue, String switchId, long epoch,
      String channel, @Nullable String sipCallId, @Nullable String linkedId, String trunk,
      boolean controlled, long arrivedAt, long answeredAt, long endedAt, String outcome,
      EndCause cause, long waitMillis, long talkMillis, long approximateFrom, long approximateTo,
      @Nullable AgentId agent, @Nullable String disposition, long verifiedAt,
      @Nullable String verifiedBy, @Nullable String announcement, long announcedAt) {
    this(
        call, customer, matchState, number, withheld, line, queue, switchId, epoch, channel,
        sipCallId, linkedId, trunk, controlled, arrivedAt, answeredAt, endedAt, outcome, cause,
        waitMillis, talkMillis, approximateFrom, approximateTo, agent, disposition, verifiedAt,
        verifiedBy, announcement, announcedAt, "in", false, List.of());
  }

  /**
   * Somebody outside whom an agent called into the call: to hand the customer on, or to ask them first.
   *
   * @param by the segment of that agent
   * @param number as it was dialled
   * @param endedAt of their part: when they had the customer, the end of that talk
   * @param outcome ANSWERED, or what became of the call of them: see {@code OutsideDialling.Outcome}
   */
  public record Outside(
      int by, String number, long askedAt, long answeredAt, long endedAt, String outcome) {}

  /**
   * One agent's part, from offer to the end of wrap-up; also an offer that was not answered.
   *
   * @param n counted within the call from 1; the offer's number
   * @param why this call was offered, and to this agent: codes as the offer has them
   * @param answers what stands in the fields of the outcome's form
   */
  public record Segment(
      CallId call,
      int n,
      AgentId agent,
      long offeredAt,
      long answeredAt,
      long endedAt,
      long wrappedUpAt,
      String outcome,
      @Nullable String disposition,
      List<String> why,
      List<LedgerFact.Answer> answers) {
    /** The outcome of who only gave advice: the customer was never theirs. */
    public static final String ADVISED = "CONSULTED";

    public Segment {
      why = List.copyOf(why);
      answers = List.copyOf(answers);
    }

    /** A part of which nobody knows why it was offered. */
    public Segment(
        CallId call, int n, AgentId agent, long offeredAt, long answeredAt, long endedAt,
        long wrappedUpAt, String outcome, @Nullable String disposition) {
      this(
          call, n, agent, offeredAt, answeredAt, endedAt, wrappedUpAt, outcome, disposition,
          List.of(), List.of());
    }
  }

  /**
   * A recording of one segment, and how far it is.
   *
   * @param name ours; also its name on the switch
   * @param state WRITING, ON_SWITCH (complete there, to be fetched) or PARTIAL (the switch or the link
   *     was lost meanwhile; to be fetched as far as it goes)
   * @param announcement version of the text that the caller heard before
   * @param silent the track that fell silent while sound came in for it; null when both were well
   */
  public record Recording(
      String name,
      CallId call,
      int segment,
      String switchId,
      long startedAt,
      long endedAt,
      String state,
      @Nullable String announcement,
      @Nullable Track silent) {}
}
