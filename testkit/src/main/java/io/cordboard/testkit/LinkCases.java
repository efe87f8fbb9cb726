package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchHarness.Able;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The link is lost and comes back; the switch is restarted. */
interface LinkCases {
  SwitchRig rig();

  @Test
  default void afterALinkLossTheSnapshotTellsWhatLivesAndWhatDoesNot() {
    needsCalls(Able.LINK);
    LegKey lives = rig().talks();
    LegKey ends = rig().talks();

    rig().harness().breakLink();
    rig().log().await(LinkDown.class);
    rig().harness().callerHangsUp(ends);
    LinkUp up = mended();

    assertThat(up.epoch()).isEqualTo(rig().link().epoch());
    assertThat(find(up, lives)).hasValueSatisfying(leg -> assertThat(leg.answered()).isTrue());
    assertThat(find(up, ends)).isEmpty();
    rig().end(lives);
  }

  @Test
  default void aCallThatArrivedMeanwhileIsToldWithItsNumbers() {
    needsCalls(Able.LINK);
    rig().harness().breakLink();
    rig().log().await(LinkDown.class);
    String from = rig().freshNumber();
    rig().harness().call(from, rig().harness().line());
    LinkUp up = mended();

    LegKey leg = adopted(up, from);
    Await.done(rig().control().answer(leg));
    rig().log().event(leg, LegAnswered.class);
    rig().end(leg);
  }

  @Test
  default void theSnapshotTellsArrivalBridgeDevicesAndRecordings() {
    needsCalls(Able.LINK);
    rig().needs(Capability.MIXING, Capability.DIALLING, Capability.RECORDER);
    rig().needs(Able.DEVICES);
    String bridge = rig().fresh("bridge");
    String recording = rig().fresh("rec");
    LegKey caller = rig().talks();
    String device = rig().device(0);
    LegKey agent = rig().lifts(device);
    Await.done(rig().mixing().join(bridge, caller));
    Await.done(rig().mixing().join(bridge, agent));
    Await.done(rig().recorder().startRecording(caller, recording));
    rig().log().event(caller, LegJoined.class);
    rig().log().event(agent, LegJoined.class);
    rig().log().event(caller, RecordingStarted.class);

    rig().harness().breakLink();
    rig().log().await(LinkDown.class);
    LinkUp up = mended();

    LiveLeg customer = find(up, caller).orElseThrow();
    assertThat(customer.bridge()).isEqualTo(bridge);
    assertThat(customer.arrival()).isNotNull().extracting(LegArrived::leg).isEqualTo(caller);
    assertThat(find(up, agent).orElseThrow().bridge()).isEqualTo(bridge);
    assertThat(find(up, agent).orElseThrow().arrival()).isNull();
    assertThat(up.snapshot().devices().get(device)).isEqualTo(DeviceState.BUSY);
    assertThat(up.snapshot().recordings()).contains(recording);
    rig().end(caller);
    rig().end(agent);
  }

  @Test
  default void withoutALinkACommandFailsAtOnceAsUnreachable() {
    needsCalls(Able.LINK);
    LegKey leg = rig().talks();
    rig().harness().breakLink();
    LinkDown down = rig().log().await(LinkDown.class);
    assertThat(down.switchId()).isEqualTo(rig().phone().id());
    assertThat(down.reason()).isNotBlank();

    Await.failed(rig().control().musicOn(leg), Fault.Unreachable.class);
    mended();
    Await.done(rig().control().musicOn(leg));
    rig().end(leg);
  }

  @Test
  default void aRestartOfTheSwitchIsALaterRunWithoutTheOldLegs() {
    needsCalls(Able.RESTART);
    LegKey leg = rig().talks();
    int mark = rig().log().mark();
    rig().harness().restart();

    LinkUp up = rig().log().awaitFrom(mark, LinkUp.class, any -> true);
    assertThat(up.epoch()).isGreaterThan(rig().link().epoch());
    assertThat(up.snapshot().legs()).isEmpty();
    Await.failed(rig().control().answer(leg), Fault.NotFound.class);
    LegKey next = rig().talks();
    assertThat(next.epoch()).isEqualTo(up.epoch());
    rig().end(next);
  }

  @Test
  default void afterCloseCommandsFailAndNothingIsTold() {
    needsCalls(Able.CALLS);
    LegKey leg = rig().talks();
    rig().phone().close();
    int mark = rig().log().mark();

    Await.failed(rig().control().musicOn(leg), Fault.Unreachable.class);
    assertThat(rig().log().mark()).isEqualTo(mark);
    assertThat(rig().log().events(leg, LegEnded.class)).isEmpty();
  }

  private LinkUp mended() {
    int mark = rig().log().mark();
    rig().harness().mendLink();
    return rig().log().awaitFrom(mark, LinkUp.class, any -> true);
  }

  private LegKey adopted(LinkUp up, String from) {
    return up.snapshot().legs().stream()
        .filter(leg -> leg.arrival() != null && from.equals(leg.arrival().claims().from()))
        .findFirst()
        .map(LiveLeg::leg)
        .orElseGet(() -> rig().arrivalOf(from).leg());
  }

  private static Optional<LiveLeg> find(LinkUp up, LegKey wanted) {
    return up.snapshot().legs().stream().filter(leg -> leg.leg().equals(wanted)).findFirst();
  }

  private void needsCalls(Able ability) {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS, ability);
  }
}
