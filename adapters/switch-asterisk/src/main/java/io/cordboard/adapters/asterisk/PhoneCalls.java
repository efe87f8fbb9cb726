package io.cordboard.adapters.asterisk;

import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.InternationalRefused;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the dialplan decides by itself when an agent's phone dials: emergency calls, and other countries
 * refused. It tells by user events of AMI, whose fields are only taken as far as they are what the
 * dialplan writes.
 */
final class PhoneCalls {
  private static final String CONTEXT = "emergency";
  private static final Pattern EMERGENCY = Pattern.compile("[0-9]{2,8}");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._;-]{1,80}");

  private final String switchId;
  private final Set<String> devices;

  PhoneCalls(String switchId, List<AsteriskConfig.Agent> agents) {
    this.switchId = switchId;
    this.devices =
        agents.stream().map(AsteriskConfig.Agent::extension).collect(Collectors.toUnmodifiableSet());
  }

  /** What a user event tells; null for any that is not the dialplan's. */
  @Nullable SwitchSignal told(Ami.Packet event) {
    return switch (event.get("UserEvent")) {
      case "EmergencyCall" -> emergency(event);
      case "InternationalRefused" ->
          new InternationalRefused(switchId, device(event.get("Agent")), event.at());
      default -> null;
    };
  }

  private @Nullable SwitchSignal emergency(Ami.Packet event) {
    Stage stage = stage(event.get("State"), event.get("Result"));
    String channel = event.get("Uniqueid");
    if (stage == null || !CHANNEL.matcher(channel).matches()) {
      return null;
    }
    return new EmergencyCall(
        switchId, channel, device(event.get("Agent")), number(event.get("Number")), stage,
        event.at());
  }

  private static @Nullable Stage stage(String state, String result) {
    return switch (state) {
      case "started" -> Stage.DIALLED;
      case "ended" ->
          switch (result) {
            case "ANSWER" -> Stage.ANSWERED;
            // empty where the caller hung up while it was dialled
            case "", "CANCEL", "NOANSWER", "BUSY" -> Stage.UNANSWERED;
            default -> Stage.FAILED;
          };
      default -> null;
    };
  }

  /** Emergency calls that go on, from the list of all channels. */
  List<SwitchSignal> running(List<AriChannel> channels) {
    return channels.stream()
        .filter(channel -> channel.context.equals(CONTEXT))
        // its other end, at the trunk, is no call of its own
        .filter(channel -> !channel.appName.equals("AppDial"))
        .<SwitchSignal>map(
            channel ->
                new EmergencyCall(
                    switchId, channel.id, device(channel.endpoint()), number(channel.exten),
                    Stage.DIALLED, channel.created))
        .toList();
  }

  private @Nullable String device(String endpoint) {
    return devices.contains(endpoint) ? endpoint : null;
  }

  private static String number(String dialled) {
    return EMERGENCY.matcher(dialled).matches() ? dialled : "";
  }
}
