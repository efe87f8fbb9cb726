package io.cordboard.spi.telephony;

import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.LegKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything of ours on a switch at one moment.
 *
 * @param at microseconds UTC by the switch's clock
 * @param legs legs that we control
 * @param devices state of each known device by its address
 * @param recordings names of the recordings that are being written
 */
public record SwitchSnapshot(
    long at, List<LiveLeg> legs, Map<String, DeviceState> devices, List<String> recordings) {

  public SwitchSnapshot {
    legs = List.copyOf(legs);
    devices = Map.copyOf(devices);
    recordings = List.copyOf(recordings);
  }

  /**
   * A leg that lives.
   *
   * @param answered whether its far end is connected
   * @param bridge the bridge it is in
   * @param arrival how it arrived, for a leg from outside: enough to adopt one that we do not know
   */
  public record LiveLeg(
      LegKey leg, boolean answered, @Nullable String bridge, @Nullable LegArrived arrival) {}
}
