package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A page is loaded anew, or closed, while a call rings at it. */
final class RefreshTest {
  private final Floor floor = new Floor();
  private LegKey customer;
  private LegKey before;

  private void ringsAndThePageGoes() {
    floor.link().ready(ANN);
    customer = floor.arrives(PLAIN);
    before = floor.ringing();
    floor.pass(Duration.ofSeconds(3));
    floor.device("2001", DeviceState.UNREGISTERED);
  }

  private SwitchCommand.Dial dialledLast() {
    return floor.pbx.commands(SwitchCommand.Dial.class).getLast();
  }

  private void theSwitchGivesTheOldRingUp() {
    floor.event(
        new CallEvent.LegEnded(
            before, floor.tick(), new EndCause(EndCause.Side.SWITCH, 38, 0, "gone")));
  }

  private void assertItRingsAndIsAnswered() {
    SwitchCommand.Dial again = dialledLast();
    assertThat(again.order().channel()).isNotEqualTo(before.channel());
    assertThat(again.order().autoAnswer()).as("it is no talk yet").isFalse();
    LegKey ring = floor.ringing();
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
    floor.event(new CallEvent.LegAnswered(ring, floor.tick()));
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    floor.joined(customer);
    floor.joined(ring);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    floor.hangsUp(customer);
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void itRingsAgainForAsLongAsIsLeft() {
    ringsAndThePageGoes();
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    floor.device("2001", DeviceState.IDLE);
    assertThat(dialledLast().order().ringSeconds()).isLessThan(20).isGreaterThan(10);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(end -> end.leg().equals(before));
    theSwitchGivesTheOldRingUp();
    assertItRingsAndIsAnswered();
  }

  @Test
  void theSwitchMayGiveTheOldRingUpFirst() {
    ringsAndThePageGoes();
    theSwitchGivesTheOldRingUp();
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    floor.device("2001", DeviceState.IDLE);
    assertItRingsAndIsAnswered();
  }

  @Test
  void aKillInBetweenLosesNothing() {
    ringsAndThePageGoes();
    floor.kill();
    floor.boot();
    floor.link(
        DeviceState.UNREGISTERED,
        new LiveLeg(customer, false, null, null),
        new LiveLeg(before, false, null, null));
    floor.open(ANN, "c-1");
    floor.device("2001", DeviceState.IDLE);
    assertItRingsAndIsAnswered();
  }

  @Test
  void aPhoneThatIsThereTooEarlyIsRungOnceMore() {
    ringsAndThePageGoes();
    floor.device("2001", DeviceState.IDLE);
    LegKey early = floor.pbx.leg(dialledLast().order().channel());
    floor.event(
        new CallEvent.LegEnded(
            early, floor.tick(), new EndCause(EndCause.Side.SWITCH, 20, 0, "not registered")));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.device("2001", DeviceState.IDLE);
    assertThat(dialledLast().order().channel()).isNotEqualTo(early.channel());
    assertItRingsAndIsAnswered();
  }

  @Test
  void aPageThatDoesNotComeBackGivesTheCallToTheNext() {
    ringsAndThePageGoes();
    floor.ready(BOB);
    floor.pass(Duration.ofSeconds(11));
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(dialledLast().order().address()).isEqualTo("2002");
  }

  @Test
  void aPhoneThatOnlyChangesItsStateIsNotRungTwice() {
    floor.link().ready(ANN);
    customer = floor.arrives(PLAIN);
    before = floor.ringing();
    floor.device("2001", DeviceState.BUSY);
    floor.device("2001", DeviceState.IDLE);
    assertThat(dialledLast().order().channel()).isEqualTo(before.channel());
  }
}
