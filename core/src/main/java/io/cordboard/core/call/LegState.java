package io.cordboard.core.call;

/** Where a leg stands. */
public enum LegState {
  /** Ordered by us; the switch has told nothing of it yet. */
  DIALLED,
  /** Unanswered: an arriving leg waits, a dialled device rings. */
  RINGING,
  /** Its far end is connected. */
  UP,
  /** Connected, and its device put the other side on hold. */
  HELD,
  /** Over; nothing changes it any more. */
  ENDED
}
