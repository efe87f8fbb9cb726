package io.cordboard.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A fact about one leg, told by a switch and translated by its adapter. Events may come twice, late or
 * out of order; the ledger copes.
 *
 * <p>{@code at} is the switch's own time, microseconds UTC: an event that is delivered again carries the
 * same {@code at}.
 */
public sealed interface CallEvent {
  /** The leg it is about. */
  LegKey leg();

  /** Source time, microseconds UTC. */
  long at();

  /** Whether we route the call or only watch it. */
  enum Control {
    /** Routed by Cordboard: it waits for our commands. */
    CONTROLLED,
    /** Routed by a foreign switch: no commands, the same card, the same record. */
    OBSERVED,
    /** Routed by the switch itself while we were not there: it is over, and only its record is made. */
    FALLBACK
  }

  /**
   * A leg from outside (a customer) reached us. A controlled one waits unanswered for our commands.
   *
   * @param sipCallId the SIP Call-ID, for the search
   * @param linkedId the switch's own id that links legs
   */
  record LegArrived(
      LegKey leg,
      long at,
      Control control,
      NumberClaims claims,
      @Nullable String sipCallId,
      @Nullable String linkedId)
      implements CallEvent {}

  /** A leg that we dialled rings at its device. */
  record LegRinging(LegKey leg, long at) implements CallEvent {}

  /** The leg's far end is connected to the switch. */
  record LegAnswered(LegKey leg, long at) implements CallEvent {}

  /** The leg entered a bridge: it hears the others in it from now on. */
  record LegJoined(LegKey leg, long at, String bridge) implements CallEvent {}

  /** The leg left a bridge. */
  record LegLeft(LegKey leg, long at, String bridge) implements CallEvent {}

  /** The leg's device put the other side on hold (a re-INVITE of the phone's hold key). */
  record LegHeld(LegKey leg, long at) implements CallEvent {}

  /** The device took the other side back. */
  record LegResumed(LegKey leg, long at) implements CallEvent {}

  /** The leg is over. May come more than once; the first counts. */
  record LegEnded(LegKey leg, long at, EndCause cause) implements CallEvent {}

  /**
   * The caller pressed a key.
   *
   * @param digit one of {@code 0-9 * # A-D}
   */
  record DigitPressed(LegKey leg, long at, String digit) implements CallEvent {}

  /**
   * An announcement that we started is over.
   *
   * @param playId the id that the command gave it
   * @param whole whether it was played to its end
   */
  record AnnouncementEnded(LegKey leg, long at, String playId, boolean whole) implements CallEvent {}

  /** The switch writes this leg's recording since {@code at}. */
  record RecordingStarted(LegKey leg, long at, String recording) implements CallEvent {}

  /** The recording's files are complete on the switch and can be fetched. */
  record RecordingEnded(LegKey leg, long at, String recording) implements CallEvent {}

  /** Nothing of either side is written between this and {@link RecordingResumed}. */
  record RecordingPaused(LegKey leg, long at, String recording) implements CallEvent {}

  /** Both sides are written again. */
  record RecordingResumed(LegKey leg, long at, String recording) implements CallEvent {}

  /**
   * One track of a recording that is being written has nothing but zeros although sound comes in for it:
   * the switch has lost that side. A recording that is begun anew has both.
   *
   * @param track the one without sound
   */
  record RecordingSilent(LegKey leg, long at, String recording, Track track) implements CallEvent {}

  /** One of the two tracks of a recording. */
  enum Track {
    /** What the leg's far end says. */
    SAYS,
    /** What it hears. */
    HEARS
  }

  /**
   * The device asked for a transfer (SIP REFER); nothing has moved.
   *
   * @param target the dialled number or extension, untrusted
   * @param replaces the channel of the consultation when it is an attended transfer
   */
  record TransferAsked(LegKey leg, long at, String target, @Nullable String replaces)
      implements CallEvent {}

  /**
   * Words that were spoken on this leg, where the switch gives them (the demo switch does).
   *
   * @param text untrusted
   */
  record CaptionSaid(LegKey leg, long at, String text) implements CallEvent {}

  /**
   * A foreign switch told which agent has the call (observed calls only).
   *
   * @param agent user name or extension, untrusted
   */
  record AgentObserved(LegKey leg, long at, String agent) implements CallEvent {}
}
