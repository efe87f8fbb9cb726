package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.DigitPressed;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegHeld;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.CallEvent.LegResumed;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.spi.telephony.SwitchSignal.Unknown;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns one event of ARI into at most one of ours. Pure: no clock, no socket, nothing that it
 * remembers; what is known of the leg is passed in.
 *
 * @param switchId the switch's name
 * @param epoch the run of the switch that tells
 */
record AriTranslator(String switchId, long epoch) {
  /** First argument of the application: a call from outside, see the dialplan. */
  static final String INBOUND = "inbound";

  /** A device that we rang. */
  static final String DIALLED = "dialled";

  /** A number outside that we dial; in the application from the first moment, so that it can be heard ringing. */
  static final String OUTSIDE = "outside";

  /** An agent's phone dialled a number by itself. */
  static final String OUTBOUND = "outbound";

  private static final int LONGEST_RAW = 4096;

  /**
   * @param leg what is known of the event's channel; null when it is no leg of ours
   * @return null for what is no news
   */
  @Nullable SwitchSignal translate(AriEvent event, Legs.@Nullable Leg leg) {
    return switch (event.type) {
      case "StasisStart" -> entered(event);
      case "ChannelStateChange" -> stateChanged(event, leg);
      case "ChannelEnteredBridge", "ChannelLeftBridge" -> bridged(event, leg);
      case "ChannelHold" -> of(leg, key -> new LegHeld(key, event.at));
      case "ChannelUnhold" -> of(leg, key -> new LegResumed(key, event.at));
      case "ChannelDtmfReceived" -> pressed(event, leg);
      case "StasisEnd", "ChannelDestroyed" ->
          leg == null ? null : happened(new LegEnded(key(leg), event.at, cause(event, leg)));
      case "PlaybackFinished" -> of(leg, key -> played(event, key, leg));
      case "ChannelTransfer" -> transferAsked(event, leg);
      case "ChannelHangupRequest", "DeviceStateChanged", "ApplicationReplaced" -> null;
      default -> AriEvent.NOISE.contains(event.type) ? null : new Unknown(switchId, event.type, "");
    };
  }

  /** How a snapshot tells of a channel that came from outside. */
  LegArrived arrival(AriChannel channel) {
    // the time of creation, which events and snapshot both tell: a repeat must be the same
    return new LegArrived(
        new LegKey(switchId, epoch, channel.id),
        channel.created,
        Control.CONTROLLED,
        channel.claims(),
        channel.sipCallId.isEmpty() ? null : channel.sipCallId,
        channel.id);
  }

  /** Bytes that are no event of ours. */
  Unknown unreadable(byte[] raw) {
    return new Unknown(switchId, "unreadable", text(raw));
  }

  Unknown unknown(AriEvent event, byte[] raw) {
    return new Unknown(switchId, event.type, text(raw));
  }

  /** Whether an agent's phone has dialled by itself and waits for what we do with it. */
  static boolean isAgentsCall(AriEvent event) {
    return event.type.equals("StasisStart")
        && !event.replacesChannel
        && arg(event).equals(OUTBOUND);
  }

  /** What was dialled there, as the dialplan gives it; empty when it did not. */
  static String dialledByHand(AriEvent event) {
    return event.args.size() > 1 ? event.args.get(1) : "";
  }

  /** Whether a device asks for a transfer, as against news of one that was asked for. */
  static boolean asksForTransfer(AriEvent event) {
    return event.type.equals("ChannelTransfer") && event.transferState.isEmpty();
  }

  private @Nullable SwitchSignal entered(AriEvent event) {
    AriChannel channel = event.channel;
    if (channel == null || event.replacesChannel) {
      // one end of a transfer that Asterisk carries out itself: no new call
      return new Unknown(switchId, event.type, "");
    }
    return switch (arg(event)) {
      case INBOUND -> happened(arrival(channel));
      // only now it takes commands; its state changed a moment ago
      case DIALLED -> happened(new LegAnswered(new LegKey(switchId, epoch, channel.id), event.at));
      case OUTBOUND, OUTSIDE -> null;
      default -> new Unknown(switchId, event.type, "");
    };
  }

  private @Nullable SwitchSignal stateChanged(AriEvent event, Legs.@Nullable Leg leg) {
    if (leg == null || event.channel == null) {
      return null;
    }
    if (leg.dialled && event.channel.state.equals("Ringing")) {
      return happened(new LegRinging(key(leg), event.at));
    }
    // a device is answered when it enters the application
    return leg.dialled && !leg.outside
        ? null
        : event.channel.up() ? happened(new LegAnswered(key(leg), event.at)) : null;
  }

  private @Nullable SwitchSignal bridged(AriEvent event, Legs.@Nullable Leg leg) {
    String bridge = event.bridge;
    if (leg == null || bridge == null) {
      return null;
    }
    return happened(
        event.type.equals("ChannelEnteredBridge")
            ? new LegJoined(key(leg), event.at, bridge)
            : new LegLeft(key(leg), event.at, bridge));
  }

  private @Nullable SwitchSignal pressed(AriEvent event, Legs.@Nullable Leg leg) {
    String digit = event.digit;
    boolean key = digit != null && digit.length() == 1 && "0123456789*#ABCD".contains(digit);
    return key && digit != null ? of(leg, it -> new DigitPressed(it, event.at, digit)) : null;
  }

  /** Asterisk says "done" also of what we ended ourselves. */
  private static CallEvent played(AriEvent event, LegKey key, Legs.@Nullable Leg leg) {
    boolean cut = leg != null && event.playId.equals(leg.cut);
    return new AnnouncementEnded(
        key, event.at, event.playId, !cut && event.playState.equals("done"));
  }

  private @Nullable SwitchSignal transferAsked(AriEvent event, Legs.@Nullable Leg leg) {
    if (!asksForTransfer(event)) {
      return null;
    }
    String replaces = event.transferReplaces;
    return of(
        leg,
        key ->
            new TransferAsked(
                key,
                event.at,
                event.transferTarget,
                replaces == null || replaces.isEmpty() ? null : replaces));
  }

  /** The hang-up request tells most; the end itself knows the cause only of a leg that rang. */
  private static EndCause cause(AriEvent end, Legs.Leg leg) {
    EndCause announced = leg.announced;
    boolean destroyed = end.type.equals("ChannelDestroyed");
    if (announced == null) {
      EndCause ordered = leg.ordered;
      if (ordered != null) {
        return ordered;
      }
      // nobody asked: a ring time that ran out, or something that we could not see
      return destroyed && !end.causeText.isEmpty()
          ? new EndCause(Side.SWITCH, end.cause, end.sip, end.causeText)
          : new EndCause(Side.UNKNOWN, end.cause, end.sip, end.causeText);
    }
    return announced.q850() == 0 && announced.side() == Side.FAR && destroyed
        ? new EndCause(Side.FAR, end.cause, end.sip, end.causeText)
        : announced;
  }

  private @Nullable SwitchSignal of(Legs.@Nullable Leg leg, Function<LegKey, CallEvent> event) {
    return leg == null ? null : happened(event.apply(key(leg)));
  }

  private LegKey key(Legs.Leg leg) {
    return new LegKey(switchId, epoch, leg.channel);
  }

  private static String arg(AriEvent event) {
    return event.args.isEmpty() ? "" : event.args.getFirst();
  }

  private static Happened happened(CallEvent event) {
    return new Happened(event);
  }

  private static String text(byte[] raw) {
    return new String(raw, 0, Math.min(raw.length, LONGEST_RAW), StandardCharsets.UTF_8);
  }
}
