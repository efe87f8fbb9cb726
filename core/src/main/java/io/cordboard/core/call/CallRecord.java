package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
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
 * @param approximateFrom with {@code approximateTo} the interval in which something happened that could
 *     not be observed
 * @param agent who talked last; of an observed call, whom its switch named last
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
    long announcedAt) {

  /**
   * One agent's part, from offer to the end of wrap-up; also an offer that was not answered.
   *
   * @param n counted within the call from 1; the offer's number
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
      @Nullable String disposition) {}

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
