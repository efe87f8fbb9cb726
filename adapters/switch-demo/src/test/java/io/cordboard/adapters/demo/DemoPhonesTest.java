package io.cordboard.adapters.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.adapters.demo.Rig.Talk;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.testkit.Await;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPhonesTest {
  @TempDir Path recordings;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(recordings);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aPhoneThatIsToldToAnswersByItself() {
    LegKey leg = rig.dials(Rig.PHONE, true);
    rig.log.event(leg, LegAnswered.class);
    assertThat(rig.log.events(leg).getFirst()).isInstanceOf(LegRinging.class);
    rig.pass(60);
    assertThat(rig.lives(leg)).isTrue();
  }

  @Test
  void aBusyPhoneTakesNoSecondCall() {
    LegKey first = rig.dials(Rig.PHONE, false);
    LegKey second = rig.dials(Rig.PHONE, false);
    assertThat(rig.endOf(second).q850()).isEqualTo(17);
    assertThat(rig.lives(first)).isTrue();
    assertThat(rig.log.events(second, LegRinging.class)).isEmpty();
  }

  @Test
  void anOrderForALegThatHasEndedMakesNoOtherLeg() {
    DialOrder order =
        new DialOrder("once", new CallId(new UUID(0, 1)), Rig.PHONE, null, null, 30, false);
    LegKey leg = Await.done(rig.demo.dial(order));
    Await.done(rig.demo.putDown(leg));
    Await.failed(rig.demo.dial(order), Fault.NotFound.class);
  }

  @Test
  void ringingIsOverWhenThePhoneIsUnregistered() {
    LegKey leg = rig.dials(Rig.PHONE, false);
    Await.done(rig.demo.register(Rig.PHONE, false));
    assertThat(rig.endOf(leg).q850()).isEqualTo(27);
  }

  @Test
  void aTalkOutlivesAPhoneThatIsAwayForAMoment() {
    Talk talk = rig.talk(rig.calls(Rig.CHINESE));
    Await.done(rig.demo.register(Rig.PHONE, false));
    rig.pass(7);
    Await.done(rig.demo.register(Rig.PHONE, true));
    rig.pass(10);
    assertThat(rig.lives(talk.agent())).isTrue();
  }

  @Test
  void aPhoneThatStaysAwayLosesItsLegAndTheCallerStays() {
    Talk talk = rig.talk(rig.calls(Rig.CHINESE));
    Await.done(rig.demo.register(Rig.PHONE, false));
    rig.pass(9);
    // nobody hung up: the ledger must not take it for the agent's wish
    assertThat(rig.endOf(talk.agent()).side()).isEqualTo(Side.SWITCH);
    assertThat(rig.lives(talk.caller())).isTrue();
  }

  @Test
  void eachChangeOfADeviceIsToldOnce() {
    LegKey leg = rig.dials(Rig.PHONE, false);
    Await.done(rig.demo.register(Rig.PHONE, true));
    Await.done(rig.demo.lift(leg));
    Await.done(rig.demo.putDown(leg));
    rig.told();
    assertThat(rig.log.signals(DeviceChanged.class))
        .filteredOn(changed -> changed.address().equals(Rig.PHONE))
        .extracting(DeviceChanged::state)
        .containsExactly(DeviceState.IDLE, DeviceState.BUSY, DeviceState.IDLE);
  }

  @Test
  void aTransferIsAskedForAndNothingMoves() {
    Talk talk = rig.talk(rig.calls(Rig.CHINESE));
    rig.demo.drill().askTransfer(talk.agent(), "2002", null);
    TransferAsked asked = rig.log.event(talk.agent(), TransferAsked.class);
    assertThat(asked.target()).isEqualTo("2002");
    assertThat(rig.lives(talk.caller())).isTrue();
    assertThat(rig.lives(talk.agent())).isTrue();
  }

  @Test
  void whatRingsIsAnsweredAtThePhoneOnly() {
    LegKey leg = rig.dials(Rig.PHONE, false);
    Await.failed(rig.demo.answer(leg), Fault.Refused.class);
    Await.done(rig.demo.lift(leg));
    Await.done(rig.demo.answer(leg));
  }

  @Test
  void addressesAndRingTimesAreChecked() {
    for (String bad : new String[] {"", "../x", "a b", "2001\n", "x".repeat(65)}) {
      Await.failed(rig.demo.register(bad, true), Fault.BadRequest.class);
    }
    for (int seconds : new int[] {0, -5, 601}) {
      DialOrder order =
          new DialOrder("c", new CallId(new UUID(0, 1)), Rig.PHONE, null, null, seconds, false);
      Await.failed(rig.demo.dial(order), Fault.BadRequest.class);
    }
  }
}
