package io.cordboard.kernel;

/**
 * Why a leg ended.
 *
 * @param side who ended it, as far as the switch can tell
 * @param q850 ITU-T Q.850 cause, 0 when not known
 * @param sip SIP status, 0 when not known
 * @param text the switch's own words, untrusted, or ours when we concluded it
 */
public record EndCause(Side side, int q850, int sip, String text) {
  /** Who ended a leg. */
  public enum Side {
    /** The far end of this leg. */
    FAR,
    /** Cordboard's command. */
    US,
    /** The switch by itself: a timeout, a restart. */
    SWITCH,
    /** Nobody could observe it. */
    UNKNOWN
  }

  /** Hang-up that nobody observed: the leg was simply not there any more. */
  public static EndCause absent() {
    return new EndCause(Side.UNKNOWN, 0, 0, "absent");
  }

  /** The switch was restarted and took the leg with it. */
  public static EndCause switchRestart() {
    return new EndCause(Side.SWITCH, 0, 0, "switch-restart");
  }
}
