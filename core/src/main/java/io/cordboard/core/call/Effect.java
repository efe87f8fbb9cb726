package io.cordboard.core.call;

import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideOrder;

/** What a switch is told to do; released only after the facts behind it are committed. */
public sealed interface Effect {
  /** The leg that is meant; for a bridge, one that is or was in it. */
  LegKey leg();

  /** Let the caller hear ringing. */
  record Ring(LegKey leg) implements Effect {}

  /** Answer. */
  record Answer(LegKey leg) implements Effect {}

  /** Music on or off. */
  record Music(LegKey leg, boolean on) implements Effect {}

  /** What a caller hears for a while; its end is told, also where it could not begin. */
  sealed interface Heard extends Effect {
    /** Names this one in what the switch tells of its end. */
    String playId();
  }

  /** Speak. */
  record Say(LegKey leg, String playId, Announcement announcement) implements Heard {}

  /** One short tone. */
  record Beep(LegKey leg, String playId) implements Heard {}

  /** Ring a device. */
  record Dial(LegKey leg, DialOrder order) implements Effect {}

  /** Dial a number outside. */
  record DialOutside(LegKey leg, OutsideOrder order) implements Effect {}

  /** Put together. */
  record Join(LegKey leg, String bridge) implements Effect {}

  /** Take apart. */
  record Leave(LegKey leg, String bridge) implements Effect {}

  /** Remove the bridge. */
  record CloseBridge(LegKey leg, String bridge) implements Effect {}

  /** End. */
  record End(LegKey leg, HangUp reason) implements Effect {}

  /** Lift a virtual phone. */
  record Lift(LegKey leg) implements Effect {}

  /** Keys for whoever is at the leg's far end. They may be a secret: neither journalled nor logged. */
  record SendKeys(LegKey leg, String keys) implements Effect {
    @Override
    public String toString() {
      return "SendKeys[leg=" + leg + "]";
    }
  }

  /** Start, pause, resume or stop recording. */
  record Record(LegKey leg, String recording, Recording what) implements Effect {}

  /** What is done to a recording. */
  enum Recording {
    START,
    PAUSE,
    RESUME,
    STOP
  }
}
