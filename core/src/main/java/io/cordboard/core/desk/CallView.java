package io.cordboard.core.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as one agent sees it.
 *
 * @param line label of the line that was dialled
 * @param number the caller's number as it is shown; null when withheld
 * @param numberState KNOWN, SHORT_CODE, INTERNAL, WITHHELD or UNREADABLE
 * @param deadlineAt until when the offer stands
 * @param wrapUpUntil until when wrap-up lasts
 * @param recording what happens to the sound of this call right now
 * @param consultable false for an observed call: no commands, only the card and the record
 * @param approximate a fact of this call could not be observed when it happened
 * @param match how the customer was found
 * @param verified null while the caller is not verified
 * @param alsoTalking agents with whom the same customer speaks in another call right now
 */
public record CallView(
    String callId,
    Phase phase,
    String line,
    @Nullable String queue,
    @Nullable String number,
    String numberState,
    @Nullable String callerName,
    Instant arrivedAt,
    @Nullable Instant deadlineAt,
    @Nullable Instant answeredAt,
    @Nullable Instant heldSince,
    @Nullable Instant endedAt,
    @Nullable Instant wrapUpUntil,
    @Nullable String endedBy,
    Recording recording,
    boolean controlled,
    boolean approximate,
    Match match,
    @Nullable Verified verified,
    List<String> alsoTalking,
    String notes,
    long notesRevision,
    @Nullable String disposition) {

  /** What the agent's part of the call is in. */
  public enum Phase {
    /** Held out to this agent. */
    RINGING,
    TALKING,
    /** The agent put the customer on hold: they hear music. */
    HELD,
    /** The agent's phone was lost: the customer hears music until it is back. */
    REJOINING,
    WRAP_UP,
    /** Finished; shown until the next call, and may be corrected. */
    DONE
  }

  /** What is recorded. */
  public enum Recording {
    NOT_RECORDED,
    /** Will be, as soon as both sides are connected. */
    PENDING,
    RECORDED,
    PAUSED,
    /** It should be recorded and is not: tell the supervisor. */
    FAILED
  }

  /**
   * How sure we are about the customer.
   *
   * @param state LOOKING, CLEAR, SEVERAL, NEW, WITHHELD or INTERNAL
   * @param customerId the one who is shown
   * @param candidates ranked, best first
   */
  public record Match(
      String state, @Nullable String customerId, List<Candidate> candidates) {}

  /** Somebody who may be calling. {@code confidence} between 0 and 1. */
  public record Candidate(
      String customerId, String name, String level, double confidence, List<Reason> reasons) {}

  /** Why: a code with its parameter, put into words by the desk. */
  public record Reason(String code, @Nullable String value) {}

  /** How the agent made sure who is calling. */
  public record Verified(Instant at, String method) {}
}
