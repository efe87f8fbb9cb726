package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.Outgoing;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent dials by hand at their own phone. */
class AtPhoneTest {
  private final Floor floor = new Floor().link();

  AtPhoneTest() {
    floor.directory = floor.withDevices(ANN, new Device("pbx", "2001", Phone.SIP));
  }

  private LegKey annDials(String number) {
    floor.ready(ANN);
    floor.device("2001", DeviceState.BUSY);
    return floor.dialsAtPhone("2001", number);
  }

  private CallView shown() {
    return floor.shown(ANN).values().iterator().next();
  }

  private void refused(LegKey leg, String why) {
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .contains(new SwitchCommand.HangUp(leg, HangUp.REJECTED));
    assertThat(floor.notices(ANN)).singleElement().asString().startsWith("phone-dial-refused: ").contains(why);
    assertThat(floor.pbx.commands(SwitchCommand.Answer.class)).isEmpty();
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void thePhoneIsAnsweredAndNotRungAndTheCustomerIsDialled() {
    LegKey leg = annDials(CALLER);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    assertThat(floor.pbx.commands(SwitchCommand.Answer.class)).containsExactly(new SwitchCommand.Answer(leg));
    assertThat(shown().match().customerId()).isEqualTo(Floor.card().id().toString());
    floor.event(new LegAnswered(leg, floor.tick()));

    OutsideOrder order = floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order();
    assertThat(order.number()).isEqualTo(CALLER);
    assertThat(order.with()).isEqualTo(leg);
    assertThat(shown().outgoing()).isEqualTo(Outgoing.DIALS);
    floor.event(new LegAnswered(floor.pbx.leg(order.channel()), floor.tick()));
    assertThat(shown().phase()).isEqualTo(Phase.TALKING);
    floor.hangsUp(leg);
    floor.hangsUp(floor.pbx.leg(order.channel()));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
  }

  @Test
  void aColleaguesExtensionRingsThatColleague() {
    floor.ready(BOB);
    LegKey leg = annDials("2002");
    floor.event(new LegAnswered(leg, floor.tick()));
    LegKey bob = floor.ringing();
    floor.event(new LegAnswered(bob, floor.tick()));
    assertThat(floor.phase(BOB)).isEqualTo(Phase.CONSULTING);
    assertThat(shown().inside()).isTrue();
  }

  @Test
  void whoHangsUpWhileTheCustomersPhoneRingsIsFreeAgain() {
    LegKey leg = annDials(CALLER);
    floor.event(new LegAnswered(leg, floor.tick()));
    floor.hangsUp(leg);
    assertThat(shown().phase()).isEqualTo(Phase.WRAP_UP);
    assertThat(floor.store.calls.values().iterator().next().outcome()).isEqualTo("CANCELLED");
  }

  @Test
  void whoHangsUpBeforeAnythingWasDoneLeavesNothingThatLives() {
    floor.ready(ANN);
    LegKey leg = floor.pbx.leg("hand-1");
    floor.hangsUp(leg);
    floor.dialsAtPhone("2001", CALLER);
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.stateOf(ANN)).isNotIn("OFFERED", "TALKING");
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).isEmpty();
  }

  @Test
  void aNumberThatMayNotBeDialledIsRefusedAtThePhoneAndTheDeskSaysWhy() {
    floor.outside =
        typed -> {
          throw new Fault.Refused("Other countries are not allowed.");
        };
    refused(annDials("+14155550123"), "Other countries");
  }

  @Test
  void whoIsNotSignedInOrIsInACallOrDialsAtTheOtherPhoneIsRefused() {
    floor.open(ANN, "c-1");
    refused(floor.dialsAtPhone("2001", CALLER), "not signed in");
    floor.command(ANN, new DeskCommand.Ready());
    floor.talking();
    assertThat(floor.notices(ANN)).hasSize(1);
    LegKey second = floor.dialsAtPhone("2001", CALLER);
    assertThat(floor.notices(ANN).getLast()).contains("You are in a call");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .contains(new SwitchCommand.HangUp(second, HangUp.REJECTED));
  }

  @Test
  void ofWhatAPhoneSendsInALoopOneIsLookedAfterAtATime() {
    List<Runnable> later = new ArrayList<>();
    floor.ready(ANN);
    floor.slow = later::add;
    floor.dialsAtPhone("2001", CALLER);
    LegKey second = floor.dialsAtPhone("2001", CALLER);
    LegKey third = floor.dialsAtPhone("2001", CALLER);
    assertThat(later).hasSize(1);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .contains(
            new SwitchCommand.HangUp(second, HangUp.REJECTED),
            new SwitchCommand.HangUp(third, HangUp.REJECTED));
    later.forEach(Runnable::run);
    floor.step();
    assertThat(floor.liveCalls()).isEqualTo(1);
  }

  @Test
  void nothingIsDialledWhileThePhoneIsExchangedForTheOtherOne() {
    floor.ready(ANN);
    floor.journeys.offers().changingPhone(ANN, true);
    refused(floor.dialsAtPhone("2001", CALLER), "being exchanged");
  }

  @Test
  void anEmergencyNumberThatComesToUsIsDialledWithoutADesk() {
    LegKey leg = floor.dialsAtPhone("2001", "999");
    assertThat(floor.pbx.commands(SwitchCommand.Answer.class)).containsExactly(new SwitchCommand.Answer(leg));
    floor.event(new LegAnswered(leg, floor.tick()));
    OutsideOrder order = floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order();
    floor.event(new LegAnswered(floor.pbx.leg(order.channel()), floor.tick()));
    floor.hangsUp(leg);
    floor.hangsUp(floor.pbx.leg(order.channel()));
    floor.pass(Duration.ofMinutes(10));
    LegKey caller = floor.arrives(Floor.PLAIN);
    floor.event(new LegAnswered(caller, floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class))
        .as("nobody is there for whom a caller could wait")
        .hasSize(1);
  }

  @Test
  void aPhoneOfNobodyIsRefused() {
    LegKey leg = floor.dialsAtPhone("2999", CALLER);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .containsExactly(new SwitchCommand.HangUp(leg, HangUp.REJECTED));
  }

  @Test
  void aRestartInTheMiddleAnswersThePhoneAgainAndTheCallGoesOn() {
    LegKey leg = annDials(CALLER);
    floor.kill();
    floor.boot();
    floor.link(DeviceState.BUSY, new LiveLeg(leg, false, null, null));
    assertThat(floor.pbx.commands(SwitchCommand.Answer.class)).hasSize(2);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    floor.event(new LegAnswered(leg, floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).hasSize(1);
  }

  @Test
  void aLegThatWaitsWhileNobodyKnowsOfItIsEnded() {
    LegKey leg = floor.pbx.leg("hand-9");
    floor.link(DeviceState.BUSY, new LiveLeg(leg, false, null, null));
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg)
        .contains(leg);
  }

  @Test
  void aTransferThatThePhoneAsksForHandsTheCustomerOn() {
    floor.ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.ready(BOB);
    floor.event(new TransferAsked(talk.agent(), floor.tick(), "2002", null));
    floor.event(new LegAnswered(floor.ringing(), floor.tick()));
    assertThat(floor.phase(BOB)).isEqualTo(Phase.TALKING);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(floor.notices(ANN)).isEmpty();
  }

  @Test
  void whoMayNotDialOutsideMayNotAtThePhoneEitherButForEmergencies() {
    floor.dialRight =
        agent -> {
          throw new Fault.Refused("lacks DIAL_OUT");
        };
    floor.ready(ANN);
    refused(floor.dialsAtPhone("2001", CALLER), "lacks DIAL_OUT");
    Floor.Talking talk = floor.talking();
    floor.event(new TransferAsked(talk.agent(), floor.tick(), CALLER, null));
    assertThat(floor.notices(ANN).getLast()).contains("phone-transfer-refused", "lacks DIAL_OUT");
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).isEmpty();
    floor.event(new TransferAsked(talk.agent(), floor.tick(), "110", null));
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).hasSize(1);
  }

  @Test
  void aTransferOutsideFromThePhoneDialsThatNumber() {
    floor.ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.event(new TransferAsked(talk.agent(), floor.tick(), "01012345678", null));
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order().number())
        .isEqualTo("01012345678");
  }

  @Test
  void aTransferThatCannotBeIsToldAtTheDeskAndTheTalkGoesOn() {
    floor.ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.event(new TransferAsked(talk.agent(), floor.tick(), "2002", null));
    assertThat(floor.notices(ANN)).singleElement().asString().contains("not signed in");
    floor.event(new TransferAsked(talk.agent(), floor.tick(), "2002", "other"));
    assertThat(floor.notices(ANN)).hasSize(2);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    floor.event(new TransferAsked(talk.customer(), floor.tick(), "2002", null));
    assertThat(floor.notices(ANN)).hasSize(2);
  }

  @Test
  void anEmergencyNumberIsNotAnnouncedAndNothingKeepsAnybodyFromIt() {
    floor.outside = typed -> new OutsideNumbers.Outside("SHORT_CODE", typed);
    floor.cards.lastLine = Floor.RECORDED;
    floor.open(ANN, "c-1");
    floor.command(ANN, new DeskCommand.Dial("110", null));
    assertThat(shown().number()).isEqualTo("110");
    floor.event(new LegAnswered(floor.ringing(), floor.tick()));
    OutsideOrder order = floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order();
    floor.event(new LegAnswered(floor.pbx.leg(order.channel()), floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class)).isEmpty();
    assertThat(floor.store.recordings).isEmpty();
    assertThat(List.of(shown().phase())).containsExactly(Phase.TALKING);
  }
}
