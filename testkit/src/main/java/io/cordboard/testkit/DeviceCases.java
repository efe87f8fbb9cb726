package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegHeld;
import io.cordboard.kernel.CallEvent.LegResumed;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.testkit.SwitchHarness.Able;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A leg towards an agent's device. */
interface DeviceCases {
  SwitchRig rig();

  @Test
  default void aDeviceRingsOnOurChannelAndIsAnswered() {
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    DialOrder order = rig().order(device, 30);

    LegKey leg = Await.done(rig().dialling().dial(order));
    assertThat(leg)
        .isEqualTo(new LegKey(rig().phone().id(), rig().link().epoch(), order.channel()));
    rig().log().event(leg, LegRinging.class);
    rig().harness().lift(leg, device);
    rig().log().event(leg, LegAnswered.class);
    rig().harness().putDown(leg, device);

    assertThat(rig().log().event(leg, LegEnded.class).cause().side()).isIn(Side.FAR, Side.UNKNOWN);
    rig().assertOrder(leg, LegRinging.class, LegAnswered.class, LegEnded.class);
    rig().awaitDevice(device, DeviceState.IDLE);
  }

  @Test
  default void theSameOrderTwiceMakesOneLeg() {
    rig().needs(Capability.DIALLING, Capability.LEG_CONTROL);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    DialOrder order = rig().order(device, 30);

    LegKey leg = Await.done(rig().dialling().dial(order));
    rig().log().event(leg, LegRinging.class);
    assertThat(Await.done(rig().dialling().dial(order))).isEqualTo(leg);
    rig().harness().lift(leg, device);
    rig().log().event(leg, LegAnswered.class);
    assertThat(Await.done(rig().dialling().dial(order))).isEqualTo(leg);
    rig().end(leg);

    rig().assertOnce(leg, LegRinging.class, LegAnswered.class, LegEnded.class);
    rig().awaitDevice(device, DeviceState.IDLE);
  }

  @Test
  default void aDeviceMayDecline() {
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    LegKey leg = rig().rings(device);
    rig().harness().putDown(leg, device);

    EndCause cause = rig().log().event(leg, LegEnded.class).cause();
    assertThat(cause.side()).isIn(Side.FAR, Side.UNKNOWN);
    assertThat(cause.q850() > 0 || cause.sip() > 0 || !cause.text().isBlank())
        .as("a cause is told: %s", cause)
        .isTrue();
    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
  }

  @Test
  default void aDeviceThatIsNotAnsweredRingsOut() {
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    LegKey leg = Await.done(rig().dialling().dial(rig().order(device, 1)));
    rig().log().event(leg, LegRinging.class);
    rig().harness().due(Duration.ofSeconds(3));

    rig().log().event(leg, LegEnded.class);
    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
    rig().awaitDevice(device, DeviceState.IDLE);
  }

  @Test
  default void ringingMayBeWithdrawnAndTheDeviceRungAgain() {
    rig().needs(Capability.DIALLING, Capability.LEG_CONTROL);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    LegKey leg = rig().rings(device);
    Await.done(rig().control().hangUp(leg, HangUp.NO_ANSWER));
    assertThat(rig().log().event(leg, LegEnded.class).cause().side()).isEqualTo(Side.US);

    rig().awaitDevice(device, DeviceState.IDLE);
    rig().end(rig().rings(device));
  }

  @Test
  default void aDeviceThatIsNotRegisteredEndsOrIsRefused() {
    rig().needs(Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    rig().harness().register(device, false);
    rig().awaitDevice(device, DeviceState.UNREGISTERED);
    assertNeverAnswers(rig().order(device, 5));
  }

  @Test
  default void anAddressThatIsNoDeviceEndsOrIsRefused() {
    rig().needs(Capability.DIALLING);
    assertNeverAnswers(rig().order(rig().harness().nobody(), 5));
  }

  @Test
  default void addressesAreNoCommands() {
    rig().needs(Capability.DIALLING);
    for (String address : new String[] {"", "../2001", "2001@evil", "2001\r\nX: y", "😀", "2 0"}) {
      assertNeverAnswers(rig().order(address, 5));
    }
  }

  @Test
  default void aDevicesStateFollowsItsCall() {
    rig().needs(Capability.DIALLING, Capability.LEG_CONTROL);
    rig().needs(Able.DEVICES);
    String device = rig().device(0);
    LegKey leg = rig().rings(device);
    rig().awaitDevice(device, DeviceState.BUSY);
    rig().harness().lift(leg, device);
    rig().log().event(leg, LegAnswered.class);
    rig().awaitDevice(device, DeviceState.BUSY);
    rig().end(leg);
    rig().awaitDevice(device, DeviceState.IDLE);
    rig().harness().register(device, false);
    rig().awaitDevice(device, DeviceState.UNREGISTERED);
  }

  @Test
  default void theHoldKeyIsTold() {
    rig().needs(Capability.DIALLING, Capability.LEG_CONTROL);
    rig().needs(Able.DEVICES, Able.HOLD);
    String device = rig().device(0);
    LegKey leg = rig().lifts(device);
    rig().harness().hold(leg, device, true);
    rig().log().event(leg, LegHeld.class);
    rig().harness().hold(leg, device, false);
    rig().log().event(leg, LegResumed.class);
    rig().end(leg);
    rig().assertOrder(leg, LegAnswered.class, LegHeld.class, LegResumed.class, LegEnded.class);
  }

  private void assertNeverAnswers(DialOrder order) {
    LegKey leg;
    try {
      leg = Await.done(rig().dialling().dial(order));
    } catch (Fault refused) {
      assertThat(refused)
          .isInstanceOfAny(Fault.Refused.class, Fault.BadRequest.class, Fault.NotFound.class);
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    rig().harness().due(Duration.ofSeconds(order.ringSeconds() + 1L));
    rig().log().event(leg, LegEnded.class);
    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
  }
}
