package io.cordboard.spi.telephony;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.LegKey;
import org.jspecify.annotations.Nullable;

/** What a switch tells. Times are microseconds UTC by the switch's clock unless said otherwise. */
public sealed interface SwitchSignal {

  /** Something happened to a leg. */
  record Happened(CallEvent event) implements SwitchSignal {}

  /**
   * A device's state changed. A device is not presence: an agent may be ready while the phone is not.
   *
   * @param address the device as {@link DialOrder#address()} names it, such as {@code 2001}
   */
  record DeviceChanged(String switchId, String address, DeviceState state, long at)
      implements SwitchSignal {}

  /**
   * The link stands and everything from now on will be told. Sent first after every (re)connect, with
   * what is on the switch at that moment; events that raced with the snapshot follow and may repeat it.
   *
   * @param skewMicros the switch's clock minus ours, as measured
   */
  record LinkUp(String switchId, long epoch, SwitchSnapshot snapshot, long skewMicros)
      implements SwitchSignal {}

  /**
   * The link is lost: nothing is told until the next {@link LinkUp}, and nothing of the time between
   * will be told later.
   *
   * @param at our own clock
   * @param reason in words that say what to do where the administrator must act
   */
  record LinkDown(String switchId, long at, String reason) implements SwitchSignal {}

  /** Another client took this switch's calls over; the adapter stands by and does not fight for them. */
  record TakenOver(String switchId, long at) implements SwitchSignal {}

  /**
   * An emergency call is dialled at a device. The switch connects it by itself and nothing of ours may
   * stand in its way: this is only for people to know. One that goes on is told again after a {@link
   * LinkUp}; one that began and ended without a link is never told.
   *
   * @param call the switch's own id of it, the same in all its stages
   * @param device as {@link DialOrder#address()} names it; null for one that is no agent's
   * @param number what was dialled, digits only; empty when the switch did not tell
   */
  record EmergencyCall(
      String switchId, String call, @Nullable String device, String number, Stage stage, long at)
      implements SwitchSignal {}

  /** How far an emergency call is. */
  enum Stage {
    /** It is dialled, or goes on. */
    DIALLED,
    /** It is over, and was answered. */
    ANSWERED,
    /** It is over: nobody answered, or the caller hung up before. */
    UNANSWERED,
    /** It is over: no trunk took it. */
    FAILED
  }

  /**
   * The switch refused to dial another country for a device. The number stays on the switch.
   *
   * @param device as {@link DialOrder#address()} names it; null for one that is no agent's
   */
  record InternationalRefused(String switchId, @Nullable String device, long at)
      implements SwitchSignal {}

  /**
   * Somebody dialled at a device by themselves. Nothing is dialled yet: the leg hears nothing and waits for
   * {@link LegControl#answer} ({@code LegAnswered} follows, and from then on it is a leg like one that was
   * rung) or for {@link LegControl#hangUp}. Its end is told by {@code LegEnded}. Not told again after a
   * {@link LinkUp}, whose snapshot has the leg. Emergency calls are none of these.
   *
   * @param device as {@link DialOrder#address()} names it
   * @param number what was dialled, untrusted
   */
  record PhoneDials(LegKey leg, String device, String number, long at) implements SwitchSignal {}

  /** An event that the adapter does not know, or could not read; counted and kept for a while. */
  record Unknown(String switchId, String type, String raw) implements SwitchSignal {}
}
