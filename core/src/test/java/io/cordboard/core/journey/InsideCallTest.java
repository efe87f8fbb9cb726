package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.ConsultationState;
import io.cordboard.core.desk.CallView.Outgoing;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An agent calls a colleague by their extension. */
class InsideCallTest {
  private static final String BOBS = "2002";
  private final Floor floor = new Floor().link();
  private LegKey ann;
  private LegKey bob;

  private void annCallsBob() {
    floor.ready(ANN).ready(BOB);
    floor.command(ANN, new DeskCommand.Dial(BOBS, null));
  }

  private void bobRings() {
    annCallsBob();
    ann = floor.ringing();
    floor.event(new LegAnswered(ann, floor.tick()));
    bob = floor.ringing();
    floor.event(new LegRinging(bob, floor.tick()));
  }

  private void bothSpeak() {
    bobRings();
    floor.event(new LegAnswered(bob, floor.tick()));
  }

  private CallView seen(AgentId agent) {
    return floor.shown(agent).values().stream().filter(CallView::inside).findFirst().orElseThrow();
  }

  private CallRecord record() {
    return floor.store.calls.values().iterator().next();
  }

  private DialOrder lastDialled() {
    return floor.pbx.commands(SwitchCommand.Dial.class).getLast().order();
  }

  private void bothAreFree() {
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    floor.hangsUp(ann);
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.tasks).isEmpty();
  }

  // ---- the way to the colleague --------------------------------------------------------------

  @Test
  void onesOwnPhoneIsRungFirstAndNobodyElse() {
    annCallsBob();
    assertThat(lastDialled().address()).isEqualTo("2001");
    assertThat(lastDialled().autoAnswer()).isTrue();
    CallView view = seen(ANN);
    assertThat(view.phase()).isEqualTo(Phase.DIALLING);
    assertThat(view.outgoing()).isEqualTo(Outgoing.OWN_PHONE);
    assertThat(view.number()).isEqualTo(BOBS);
    assertThat(view.queue()).isNull();
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class)).isEmpty();
  }

  @Test
  void theColleagueSeesWhoCallsAndTheirPhoneDoesNotAnswerByItself() {
    bobRings();
    assertThat(lastDialled().address()).isEqualTo(BOBS);
    assertThat(lastDialled().autoAnswer()).isFalse();
    assertThat(lastDialled().callerNumber()).isEqualTo("2001");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.RINGING);
    assertThat(seen(BOB).callerName()).isNotBlank().isNotEqualTo(seen(ANN).callerName());
    assertThat(seen(BOB).number()).isEqualTo("2001");
    assertThat(seen(BOB).outgoing()).isNull();
    assertThat(seen(ANN).outgoing()).isEqualTo(Outgoing.RINGS);
    assertThat(seen(ANN).consultation().state()).isEqualTo(ConsultationState.RINGING);
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.Ring(ann));
  }

  @Test
  void theTwoSpeakInABridgeOfTheirOwnWhichIsNotRecorded() {
    bothSpeak();
    String bridge = "c-" + seen(ANN).callId();
    assertThat(floor.pbx.commands(SwitchCommand.Join.class))
        .contains(new SwitchCommand.Join(bridge, ann), new SwitchCommand.Join(bridge, bob));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(ANN).answeredAt()).isNotNull();
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    assertThat(floor.stateOf(BOB)).isEqualTo("TALKING");
    assertThat(floor.store.recordings).isEmpty();
  }

  // ---- its end -------------------------------------------------------------------------------

  @Test
  void whoeverHangsUpEndsItForBothAndNothingIsToBeWrittenUp() {
    bothSpeak();
    floor.clock.advance(Duration.ofSeconds(20));
    floor.command(BOB, new DeskCommand.HangUp(seen(BOB).callId()));
    CallRecord record = record();
    assertThat(record.direction()).isEqualTo("inside");
    assertThat(record.outcome()).isEqualTo("ANSWERED");
    assertThat(record.talkMillis()).isBetween(20_000L, 20_200L);
    assertThat(record.queue()).isNull();
    assertThat(record.number()).isNull();
    assertThat(record.agent()).isEqualTo(ANN);
    floor.hangsUp(bob);
    bothAreFree();
  }

  @Test
  void aPhoneThatIsHungUpEndsItToo() {
    bothSpeak();
    floor.hangsUp(ann);
    floor.hangsUp(bob);
    bothAreFree();
  }

  @Test
  void aColleagueWhoDeclinesOrDoesNotAnswerIsTold() {
    bobRings();
    floor.command(BOB, new DeskCommand.Decline(seen(BOB).callId()));
    assertThat(seen(ANN).outgoing()).isEqualTo(Outgoing.REJECTED);
    assertThat(record().outcome()).isEqualTo("REJECTED");
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
  }

  @Test
  void aColleagueWhoDoesNotAnswerInTimeIsGivenUp() {
    bobRings();
    floor.pass(Duration.ofSeconds(26));
    assertThat(record().outcome()).isEqualTo("NO_ANSWER");
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void whoDialledGivesUpBeforeTheAnswer() {
    bobRings();
    floor.command(ANN, new DeskCommand.HangUp(seen(ANN).callId()));
    assertThat(record().outcome()).isEqualTo("CANCELLED");
    floor.hangsUp(bob);
    bothAreFree();
  }

  @Test
  void fromABreakOneComesBackToTheBreak() {
    floor.ready(ANN).ready(BOB).command(ANN, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, new DeskCommand.Dial(BOBS, null));
    ann = floor.ringing();
    floor.event(new LegAnswered(ann, floor.tick()));
    bob = floor.ringing();
    floor.event(new LegAnswered(bob, floor.tick()));
    floor.hangsUp(bob);
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
  }

  @Test
  void anEmergencyNumberIsDialledOutsideWhoeversExtensionItIs() {
    Map<AgentId, Directory.Agent> agents = new HashMap<>(floor.directory.agents());
    agents.put(
        BOB,
        new Directory.Agent(
            BOB, "bob", "Bob", List.of(new Device("pbx", "110", Directory.Phone.BROWSER))));
    floor.directory = new Directory(
            floor.directory.lines(), floor.directory.queues(), agents, floor.directory.dispositions());
    floor.device("110", DeviceState.IDLE).ready(ANN).ready(BOB);
    floor.command(ANN, new DeskCommand.Dial("110", null));
    ann = floor.ringing();
    floor.event(new LegAnswered(ann, floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order().number())
        .isEqualTo("110");
  }

  @Test
  void aPhoneThatIsThereTwiceRingsForWhoeverIsOnTheSameSwitch() {
    Map<AgentId, Directory.Agent> agents = new HashMap<>(floor.directory.agents());
    AgentId other = new AgentId(new UUID(7, 7));
    agents.put(
        other,
        new Directory.Agent(
            other, "aaron", "Aaron", List.of(new Device("elsewhere", BOBS, Directory.Phone.SIP))));
    floor.directory =
        new Directory(
            floor.directory.lines(), floor.directory.queues(), agents, floor.directory.dispositions());
    bobRings();
    assertThat(seen(BOB).phase()).isEqualTo(Phase.RINGING);
  }

  // ---- what goes wrong -----------------------------------------------------------------------

  @Test
  void aColleagueWhoIsBusyOrAwayIsSaidBeforeAnythingRings() {
    floor.ready(ANN);
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial(BOBS, null)))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining("is not signed in");
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dial("2001", null)))
        .hasMessageContaining("your own extension");
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void whoWasGivenACallMeanwhileIsBusy() {
    annCallsBob();
    ann = floor.ringing();
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.event(new LegAnswered(ann, floor.tick()));
    assertThat(record().outcome()).isEqualTo("BUSY");
    assertThat(seen(ANN).outgoing()).isEqualTo(Outgoing.BUSY);
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void thereIsNoCustomerToHoldToHandOnOrToParkAndSoItIsSaid() {
    bothSpeak();
    String id = seen(ANN).callId();
    for (AgentId agent : List.of(ANN, BOB)) {
      for (DeskCommand order :
          List.of(
              new DeskCommand.Hold(id), new DeskCommand.Park(id), new DeskCommand.Swap(id),
              new DeskCommand.Merge(id), new DeskCommand.CompleteTransfer(id),
              new DeskCommand.CancelConsultation(id), new DeskCommand.SendKeys(id, "1"),
              new DeskCommand.PauseRecording(id), new DeskCommand.Dispose(id, "solved"),
              new DeskCommand.Verify(id, "address"),
              new DeskCommand.ChooseCustomer(id, Floor.card().id().toString()),
              new DeskCommand.Transfer(id, DeskCommand.TransferTo.QUEUE, "care"))) {
        assertThatThrownBy(() -> floor.command(agent, order))
            .as(order.toString())
            .hasCauseInstanceOf(Fault.Refused.class)
            .hasMessageContaining("no customer");
      }
    }
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
  }

  @Test
  void aPageThatIsLoadedAnewIsPutTogetherAgain() {
    bothSpeak();
    floor.device("2001", DeviceState.UNREGISTERED);
    assertThat(seen(ANN).phase()).isEqualTo(Phase.REJOINING);
    floor.device("2001", DeviceState.IDLE);
    LegKey again = floor.ringing();
    assertThat(again).isNotEqualTo(ann);
    floor.event(new LegAnswered(again, floor.tick()));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(floor.pbx.commands(SwitchCommand.Join.class))
        .contains(new SwitchCommand.Join("c-" + seen(ANN).callId(), again));
  }

  @Test
  void aPageThatIsLoadedAnewWhileOnesOwnPhoneRingsGoesOnToTheColleague() {
    annCallsBob();
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.device("2001", DeviceState.IDLE);
    ann = floor.ringing();
    floor.event(new LegAnswered(ann, floor.tick()));
    assertThat(lastDialled().address()).isEqualTo(BOBS);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.RINGING);
  }

  @Test
  void aPageThatIsLoadedAnewWhileTheColleaguesPhoneRingsRingsAgain() {
    bobRings();
    floor.device(BOBS, DeviceState.UNREGISTERED);
    floor.device(BOBS, DeviceState.IDLE);
    LegKey again = floor.ringing();
    assertThat(again).isNotEqualTo(bob);
    floor.event(new LegAnswered(again, floor.tick()));
    assertThat(seen(BOB).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(ANN).outgoing()).isEqualTo(Outgoing.ANSWERED);
  }

  @Test
  void anAnswerThatIsToldTwiceWithAnotherTimeChangesNothing() {
    bobRings();
    floor.event(new LegAnswered(ann, floor.tick()));
    assertThat(seen(BOB).phase()).isEqualTo(Phase.RINGING);
    floor.event(new LegAnswered(bob, floor.tick()));
    floor.event(new LegAnswered(ann, floor.tick()));
    floor.event(new LegAnswered(bob, floor.tick()));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(floor.store.calls.values()).allMatch(call -> call.endedAt() == 0);
  }

  @Test
  void aKillWhileTheColleaguesPhoneRingsLosesNothing() {
    bobRings();
    String bridge = "c-" + seen(ANN).callId();
    floor.kill();
    floor.boot();
    floor.link(
        DeviceState.IDLE,
        new LiveLeg(ann, true, bridge, null),
        new LiveLeg(bob, false, null, null));
    floor.open(ANN, "c-1").open(BOB, "c-2");
    floor.event(new LegAnswered(bob, floor.tick()));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.CONSULTING);
  }

  @Test
  void aSupervisorReleasesEitherOfTheTwo() {
    bothSpeak();
    floor.desk.release(BOB, "boss");
    floor.step();
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
    assertThat(record().outcome()).isEqualTo("ANSWERED");
  }

  @Test
  void bothHangUpAtOnce() {
    bothSpeak();
    floor.hangsUp(bob);
    floor.hangsUp(ann);
    bothAreFree();
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void aPhoneThatDoesNotComeBackEndsItForBoth() {
    bothSpeak();
    floor.event(
        new LegEnded(ann, floor.tick(), new EndCause(EndCause.Side.SWITCH, 44, 0, "no audio came")));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.REJOINING);
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.pass(Duration.ofSeconds(61));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(record().endedAt()).isPositive();
  }
}
