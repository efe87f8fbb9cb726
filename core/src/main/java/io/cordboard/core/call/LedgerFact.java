package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.LegKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we decided, learnt or were asked, as opposed to what a switch told. Journalled like a switch's
 * events, so that a restart goes on where it was. {@code at} is our own clock, microseconds.
 */
public sealed interface LedgerFact {
  /** Our own time, microseconds UTC. */
  long at();

  /** The leg that belongs to the call from now on, if there is one. */
  default Optional<LegKey> newLeg() {
    return switch (this) {
      case Offered offered -> Optional.of(offered.leg());
      case Rejoining again -> Optional.of(again.leg());
      default -> Optional.empty();
    };
  }

  /**
   * The trunk's rules made numbers of the claims.
   *
   * @param state KNOWN, SHORT_CODE, INTERNAL, WITHHELD or UNREADABLE
   * @param number in E.164 or as a service number
   * @param line canonical DID
   */
  record CallerRead(long at, String state, @Nullable String number, String line)
      implements LedgerFact {}

  /**
   * Customers were looked up.
   *
   * @param state CLEAR, SEVERAL, NEW, WITHHELD, INTERNAL or UNKNOWN (the look-up failed)
   * @param shown the one to show
   * @param candidates ranked
   */
  record CallerMatched(
      long at, String state, @Nullable CustomerId shown, List<Candidate> candidates)
      implements LedgerFact {}

  /** One who may be calling; {@code reasons} are {@code CODE} or {@code CODE=value}. */
  record Candidate(
      CustomerId customer, String name, String level, double confidence, List<String> reasons) {}

  /** The agent said who it is. */
  record CustomerChosen(long at, AgentId by, CustomerId customer) implements LedgerFact {}

  /** The agent made sure. */
  record CallerVerified(long at, AgentId by, String method) implements LedgerFact {}

  /** The foreign switch's agent is this one of ours. */
  record AgentKnown(long at, AgentId agent) implements LedgerFact {}

  /** The announcement was heard to its end. */
  record Announced(long at, String version, String language) implements LedgerFact {}

  /** The caller said no to being recorded. */
  record RecordingRefused(long at) implements LedgerFact {}

  /**
   * The call waits.
   *
   * @param since from when its place counts
   * @param front before all that wait by time
   * @param until when waiting becomes pointless
   */
  record Queued(long at, String queue, long since, boolean front, long until)
      implements LedgerFact {}

  /** Nobody can take it: the caller is told, and waits no more. */
  record GivenUp(long at, String reason) implements LedgerFact {}

  /** Held out to an agent; {@code leg} is the device's. */
  record Offered(long at, int n, AgentId agent, LegKey leg, long deadline, Terms terms)
      implements LedgerFact {}

  /** The line's times as they were when the offer was made, in seconds. */
  record Terms(int wrapUpSeconds, int rejoinSeconds) {}

  /** The offer ended by our decision; ends that the leg tells need no fact. */
  record OfferClosed(long at, int n, OfferState outcome) implements LedgerFact {}

  /** The agent put the customer on hold, or took them back. */
  record HoldSet(long at, AgentId by, boolean on) implements LedgerFact {}

  /** The agent's phone is lost in mid-talk. */
  record AgentLost(long at, int n) implements LedgerFact {}

  /** The agent's phone is back and is rung again. */
  record Rejoining(long at, int n, LegKey leg) implements LedgerFact {}

  /** The agent's part ended while the customer is still there. */
  record SegmentEnded(long at, int n, String outcome) implements LedgerFact {}

  /** Recording is wanted on the customer's leg under this name. */
  record RecordingOrdered(long at, int n, String recording) implements LedgerFact {}

  /** Pause or resume was asked for; holds for later recordings of the call too. */
  record RecordingPauseSet(long at, AgentId by, boolean paused) implements LedgerFact {}

  /** Recording could not be started or ended; {@code recording} is not to be expected. */
  record RecordingLost(long at, String recording, String reason) implements LedgerFact {}

  /** The outcome code of a segment. */
  record Disposed(long at, int n, String disposition) implements LedgerFact {}

  /** The segment's record is complete. */
  record WrappedUp(long at, int n, boolean byTimer) implements LedgerFact {}

  /** In this interval nothing could be observed, and something happened. */
  record Unobserved(long at, long from, long to) implements LedgerFact {}
}
