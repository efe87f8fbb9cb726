package io.cordboard.testkit;

import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import java.nio.file.Path;

/**
 * A command as a {@link FakeSwitch} received it: one record for each method of the capabilities.
 */
public sealed interface SwitchCommand {
  record Ring(LegKey leg) implements SwitchCommand {}

  record Answer(LegKey leg) implements SwitchCommand {}

  record MusicOn(LegKey leg) implements SwitchCommand {}

  record MusicOff(LegKey leg) implements SwitchCommand {}

  record SendKeys(LegKey leg, String keys) implements SwitchCommand {}

  record HangUp(LegKey leg, io.cordboard.spi.telephony.LegControl.HangUp reason)
      implements SwitchCommand {}

  record Dial(DialOrder order) implements SwitchCommand {}

  record DialOutside(OutsideOrder order) implements SwitchCommand {}

  record Join(String bridge, LegKey leg) implements SwitchCommand {}

  record Leave(String bridge, LegKey leg) implements SwitchCommand {}

  record Close(String bridge) implements SwitchCommand {}

  record Announce(LegKey leg, String playId, Announcement announcement) implements SwitchCommand {}

  record Beep(LegKey leg, String playId) implements SwitchCommand {}

  record StartRecording(LegKey leg, String recording) implements SwitchCommand {}

  record PauseRecording(LegKey leg, String recording) implements SwitchCommand {}

  record ResumeRecording(LegKey leg, String recording) implements SwitchCommand {}

  record StopRecording(LegKey leg, String recording) implements SwitchCommand {}

  record Fetch(String recording, Path directory) implements SwitchCommand {}

  record Delete(String recording) implements SwitchCommand {}

  record Register(String address, boolean registered) implements SwitchCommand {}

  record Lift(LegKey leg) implements SwitchCommand {}

  record PutDown(LegKey leg) implements SwitchCommand {}

  record PlaceCall(TestCall call) implements SwitchCommand {}
}
