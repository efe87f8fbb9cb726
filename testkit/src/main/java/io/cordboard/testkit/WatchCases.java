package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingSilent;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.EmergencyCall;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import io.cordboard.testkit.SwitchHarness.Able;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a switch decides or notices by itself. */
interface WatchCases {
  SwitchRig rig();

  @Test
  default void anEmergencyCallIsToldFromItsBeginningToItsEnd() {
    needsEmergencies();
    String device = rig().device(0);
    rig().harness().dialEmergency(device);
    EmergencyCall dialled = rig().log().await(EmergencyCall.class);
    assertThat(dialled.switchId()).isEqualTo(rig().phone().id());
    assertThat(dialled.stage()).isEqualTo(Stage.DIALLED);
    assertThat(dialled.device()).isEqualTo(device);
    assertThat(dialled.number()).matches("[0-9]*");

    rig().harness().endEmergency(device);
    EmergencyCall ended = end();
    assertThat(ended.stage()).isEqualTo(Stage.ANSWERED);
    assertThat(ended.call()).isEqualTo(dialled.call());
    assertThat(ended.device()).isEqualTo(device);
    assertThat(ended.at()).isGreaterThan(dialled.at());
  }

  @Test
  default void anEmergencyCallThatGoesOnIsToldAgainAfterTheLink() {
    needsEmergencies();
    rig().needs(Able.LINK);
    String device = rig().device(0);
    rig().harness().dialEmergency(device);
    EmergencyCall dialled = rig().log().await(EmergencyCall.class);

    rig().harness().breakLink();
    rig().log().await(LinkDown.class);
    int mark = rig().log().mark();
    rig().harness().mendLink();
    EmergencyCall again = rig().log().awaitFrom(mark, EmergencyCall.class, any -> true);
    assertThat(again.call()).isEqualTo(dialled.call());
    assertThat(again.device()).isEqualTo(device);
    assertThat(again.stage()).isEqualTo(Stage.DIALLED);
    assertThat(rig().log().all().subList(mark, rig().log().mark()))
        .as("the link is told first")
        .first()
        .isInstanceOf(LinkUp.class);

    rig().harness().endEmergency(device);
    assertThat(end().call()).isEqualTo(dialled.call());
    assertThat(rig().log().signals(EmergencyCall.class)).hasSize(3);
  }

  @Test
  default void aTrackThatFallsSilentInATalkIsToldAndHasItsSoundInTheNextRecording(
      @TempDir Path directory) {
    rig().needs(Capability.SOUND_WATCH, Capability.RECORDER, Capability.LEG_CONTROL);
    rig().needs(Capability.MIXING, Capability.DIALLING);
    rig().needs(Able.CALLS, Able.DEVICES, Able.LOSS_OF_SOUND);
    LegKey customer = rig().talks();
    String device = rig().device(0);
    LegKey agent = rig().lifts(device);
    String bridge = rig().fresh("talk");
    Await.done(rig().mixing().join(bridge, customer));
    Await.done(rig().mixing().join(bridge, agent));
    String name = begins(customer);
    rig().harness().pass(Duration.ofSeconds(1));
    rig().harness().loseSound(agent, device);
    RecordingSilent silent = rig().log().event(customer, RecordingSilent.class);
    assertThat(silent.recording()).isEqualTo(name);
    assertThat(silent.track()).isEqualTo(Track.HEARS);

    Await.done(rig().recorder().stopRecording(customer, name));
    rig().log().event(RecordingEnded.class, ended -> ended.recording().equals(name));
    String next = begins(customer);
    rig().harness().pass(Duration.ofSeconds(3));
    rig().end(customer);
    rig().log().event(RecordingEnded.class, ended -> ended.recording().equals(next));
    Wav broken = Wav.read(Await.done(rig().recorder().fetch(name, directory)).hears());
    assertThat(broken.energy(0.2, 0.8)).isPositive();
    assertThat(broken.energy(broken.seconds() - 2, broken.seconds())).isZero();
    var whole = Await.done(rig().recorder().fetch(next, directory));
    assertThat(Wav.read(whole.hears()).energy(0.5, 1.5)).isPositive();
    assertThat(Wav.read(whole.says()).energy(0.5, 1.5)).isPositive();
    assertThat(rig().log().events(customer, RecordingSilent.class)).hasSize(1);
    rig().end(agent);
  }

  @Test
  default void whatIsDialledByHandAtADeviceIsToldAndWaitsForAnAnswer() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.DEVICES, Able.HANDSETS);
    String address = rig().device(0);
    rig().harness().dial(address, "057188887777");
    PhoneDials dialled = rig().log().await(PhoneDials.class);
    assertThat(dialled.device()).isEqualTo(address);
    assertThat(dialled.number()).isEqualTo("057188887777");
    twice(() -> Await.done(rig().control().answer(dialled.leg())));
    rig().log().event(dialled.leg(), LegAnswered.class);
    rig().harness().putDown(dialled.leg(), address);
    rig().log().event(dialled.leg(), LegEnded.class);
    rig().assertOnce(dialled.leg(), LegAnswered.class, LegEnded.class);
    assertThat(rig().log().signals(PhoneDials.class)).hasSize(1);
  }

  @Test
  default void whatIsDialledByHandIsRefusedByEndingItsLeg() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.DEVICES, Able.HANDSETS);
    String address = rig().device(0);
    rig().harness().dial(address, "057188887777");
    LegKey leg = rig().log().await(PhoneDials.class).leg();
    Await.done(rig().control().hangUp(leg, HangUp.REJECTED));
    rig().log().event(leg, LegEnded.class);
    rig().awaitDevice(address, DeviceState.IDLE);
    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
  }

  private static void twice(Runnable step) {
    step.run();
    step.run();
  }

  private String begins(LegKey leg) {
    String name = rig().fresh("rec");
    Await.done(rig().recorder().startRecording(leg, name));
    rig().log().event(RecordingStarted.class, started -> started.recording().equals(name));
    return name;
  }

  private EmergencyCall end() {
    return rig().log().await(EmergencyCall.class, call -> call.stage() != Stage.DIALLED);
  }

  private void needsEmergencies() {
    rig().needs(Capability.EMERGENCY_WATCH);
    rig().needs(Able.DEVICES, Able.EMERGENCIES);
  }
}
