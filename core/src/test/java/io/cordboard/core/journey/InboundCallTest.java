package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static io.cordboard.core.routing.Directory.Phone.BROWSER;
import static io.cordboard.core.routing.Directory.Phone.SIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.CallView.Recording;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboundCallTest {
  private final Floor floor = new Floor();

  @Test
  void aCallIsOfferedToAReadyAgentWithTheCardBeforeTheRing() {
    floor.link().ready(ANN);
    floor.arrives(PLAIN);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
    DeskMessage.CallChanged pop =
        (DeskMessage.CallChanged)
            floor.told.get(ANN).stream()
                .filter(m -> m instanceof DeskMessage.CallChanged)
                .findFirst()
                .orElseThrow();
    assertThat(pop.card()).isNotNull();
    assertThat(pop.card().name()).isEqualTo("王小明");
    assertThat(pop.card().sensitive().getFirst().value()).isNull();
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).hasSize(1);
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void aTalkEndsInWrapUpAndOneCompleteRecord() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    floor.pass(Duration.ofSeconds(40));
    floor.hangsUp(talk.customer());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    floor.hangsUp(talk.agent());
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.store.calls).hasSize(1);
    CallRecord record = floor.store.calls.get(talk.call());
    assertThat(record.outcome()).isEqualTo("ANSWERED");
    assertThat(record.disposition()).isEqualTo("solved");
    assertThat(record.talkMillis()).isBetween(40_000L, 40_100L);
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void repeatedAndReorderedEventsChangeNothing() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    int entries = floor.store.journal.size();
    CallEvent late = new CallEvent.LegRinging(talk.agent(), floor.clock.micros() - 100_000);
    floor.event(late).event(late);
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    assertThat(floor.store.journal).hasSize(entries + 1);
    floor.hangsUp(talk.customer());
    floor.hangsUp(talk.agent());
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), null));
    floor.event(new CallEvent.LegAnswered(talk.customer(), floor.tick()));
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void anEndThatComesBeforeTheArrivalStillMakesOneClosedRecord() {
    floor.link().ready(ANN);
    LegKey leg = floor.pbx.leg("early");
    floor.event(new CallEvent.LegEnded(leg, floor.tick(), EndCause.absent()));
    floor.pbx.arrives("early", Floor.CALLER, PLAIN);
    floor.step();
    assertThat(floor.store.calls).hasSize(1);
    floor.pass(Duration.ofSeconds(20));
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void anAgentWhoDoesNotAnswerIsNotReadyAndTheCallGoesToTheNextFromItsOldPlace() {
    floor.link().ready(ANN).ready(BOB);
    LegKey customer = floor.arrives(PLAIN);
    LegKey first = floor.ringing();
    String firstAgent = floor.stateOf(ANN).equals("OFFERED") ? "ann" : "bob";
    floor.pass(Duration.ofSeconds(22));
    assertThat(floor.stateOf(firstAgent.equals("ann") ? ANN : BOB)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(firstAgent.equals("ann") ? BOB : ANN)).isEqualTo("OFFERED");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(hangUp -> hangUp.leg().equals(first));
    Floor.Talking talk = floor.talking(customer);
    assertThat(talk.call()).isEqualTo(floor.callOf(customer));
  }

  @Test
  void nobodySignedInMeansAnAnnouncementAndOneTask() {
    floor.link();
    LegKey customer = floor.arrives(PLAIN);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    SwitchCommand.Announce sorry = floor.pbx.commands(SwitchCommand.Announce.class).getFirst();
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), sorry.playId(), true));
    floor.hangsUp(customer);
    assertThat(floor.store.calls.values()).extracting(CallRecord::outcome).containsExactly("MISSED");
    assertThat(floor.store.tasks).hasSize(1).allMatch(t -> t instanceof TaskChange.Missed);
  }

  @Test
  void aCallerWhoGivesUpWithdrawsTheOfferAndTheAgentStaysReady() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(PLAIN);
    LegKey device = floor.ringing();
    floor.hangsUp(customer);
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.phase(ANN)).isNull();
    floor.event(
        new CallEvent.LegEnded(
            device, floor.tick(), new EndCause(EndCause.Side.US, 16, 0, "cancelled")));
    assertThat(floor.store.calls.values())
        .extracting(CallRecord::outcome)
        .containsExactly("ABANDONED");
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void recordingStartsOnlyAfterTheAnnouncementWasHeardToItsEnd() {
    floor.link().ready(ANN);
    Floor.Talking talk = recordedTalk(true);
    List<SwitchCommand.StartRecording> starts =
        floor.pbx.commands(SwitchCommand.StartRecording.class);
    assertThat(starts).hasSize(1);
    String name = starts.getFirst().recording();
    floor.event(new CallEvent.RecordingStarted(talk.customer(), floor.tick(), name));
    assertThat(floor.shown(ANN).get(talk.call().toString()).recording())
        .isEqualTo(Recording.RECORDED);
    floor.command(ANN, new DeskCommand.PauseRecording(talk.call().toString()));
    assertThat(floor.shown(ANN).get(talk.call().toString()).recording())
        .as("until the switch has paused, it records")
        .isEqualTo(Recording.RECORDED);
    floor.event(new CallEvent.RecordingPaused(talk.customer(), floor.tick(), name));
    assertThat(floor.shown(ANN).get(talk.call().toString()).recording())
        .isEqualTo(Recording.PAUSED);
    floor.hangsUp(talk.customer());
    floor.event(new CallEvent.RecordingEnded(talk.customer(), floor.tick(), name));
    assertThat(floor.store.recordings.get(name).state()).isEqualTo("ON_SWITCH");
  }

  @Test
  void aCallerWhoRefusesIsNeverRecorded() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    floor.event(new CallEvent.DigitPressed(customer, floor.tick(), "9"));
    hearsAnnouncement(customer, true);
    floor.talking(customer);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
  }

  @Test
  void keyNineIsHeardUntilAnAgentAnswersToo() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    hearsAnnouncement(customer, true);
    floor.event(new CallEvent.DigitPressed(customer, floor.tick(), "9"));
    Floor.Talking talk = floor.talking(customer);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
    assertThat(floor.shown(ANN).get(talk.call().toString()).recording())
        .isEqualTo(Recording.NOT_RECORDED);
  }

  @Test
  void anAnnouncementThatBrokeOffMeansNoRecording() {
    floor.link().ready(ANN);
    recordedTalk(false);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
  }

  private Floor.Talking recordedTalk(boolean whole) {
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    hearsAnnouncement(customer, whole);
    return floor.talking(customer);
  }

  private void hearsAnnouncement(LegKey customer, boolean whole) {
    SwitchCommand.Announce hello = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), hello.playId(), whole));
  }

  @Test
  void aLostPhoneGivesTheCustomerMusicAndIsRungAgainWhenItIsBack() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.device("2001", DeviceState.UNREGISTERED);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.REJOINING);
    assertThat(floor.pbx.commands(SwitchCommand.MusicOn.class))
        .anyMatch(music -> music.leg().equals(talk.customer()));
    floor.device("2001", DeviceState.IDLE);
    SwitchCommand.Dial again = floor.pbx.commands(SwitchCommand.Dial.class).getLast();
    assertThat(again.order().autoAnswer()).isTrue();
    LegKey back = floor.pbx.leg(again.order().channel());
    floor.event(new CallEvent.LegAnswered(back, floor.tick()));
    floor.joined(back);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    floor.hangsUp(talk.customer());
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void anAgentWhoDoesNotComeBackLosesTheCallToTheFrontOfItsQueue() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.ready(BOB);
    floor.pass(Duration.ofSeconds(26));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
    assertThat(floor.phase(BOB)).isEqualTo(Phase.RINGING);
    LegKey second = floor.ringing();
    floor.event(new CallEvent.LegAnswered(second, floor.tick()));
    assertThat(floor.phase(BOB)).isEqualTo(Phase.TALKING);
    floor.hangsUp(talk.customer());
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void whoeverLostTheirAgentComesBeforeSomebodyWhoHasWaitedForLonger() {
    floor.link().ready(BOB);
    LegKey older = floor.arrives(PLAIN);
    floor.ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.pass(Duration.ofSeconds(23));
    assertThat(floor.stateOf(BOB)).as("did not answer the older one").isEqualTo("NOT_READY");
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.pass(Duration.ofSeconds(26));
    floor.command(BOB, new DeskCommand.Ready());
    assertThat(floor.shown(BOB)).containsOnlyKeys(talk.call().toString());
    assertThat(floor.phase(BOB)).isEqualTo(Phase.RINGING);
    floor.hangsUp(talk.customer());
    assertThat(floor.shown(BOB)).containsOnlyKeys(floor.callOf(older).toString());
    assertThat(floor.phase(BOB)).isEqualTo(Phase.RINGING);
  }

  @Test
  void aBreakAskedForInACallBeginsAfterIt() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING_BREAK_NEXT");
    floor.hangsUp(talk.customer());
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
  }

  @Test
  void aSupervisorReleasesAStuckAgentAndTheCustomerGoesToTheNext() {
    floor.link().ready(ANN);
    floor.talking();
    floor.ready(BOB);
    floor.desk.release(ANN, "boss");
    floor.step();
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
  }

  @Test
  void anUnregisteredOrBusyDeviceNeverGetsAnOffer() {
    floor.link().ready(ANN);
    floor.device("2001", DeviceState.BUSY);
    floor.arrives(PLAIN);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    floor.device("2001", DeviceState.UNREGISTERED);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    floor.device("2001", DeviceState.IDLE);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).hasSize(1);
  }

  @Test
  void anAgentWhoTalksAtAnotherDeviceIsBusy() {
    floor.link().ready(ANN);
    floor.directory =
        floor.withDevices(ANN, new Device("pbx", "2001", BROWSER), new Device("desk", "1001", SIP));
    floor.pbx.emit(new LinkUp("desk", 1, nothing(), 0));
    floor.pbx.emit(new DeviceChanged("desk", "1001", DeviceState.BUSY, floor.clock.micros()));
    floor.arrives(PLAIN);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    floor.pbx.emit(new DeviceChanged("desk", "1001", DeviceState.IDLE, floor.clock.micros()));
    floor.step();
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).hasSize(1);
  }

  private static SwitchSnapshot nothing() {
    return new SwitchSnapshot(0, List.of(), Map.of(), List.of());
  }

  @Test
  void aSwitchThatIsTakenAwayEndsItsCallsAndLeavesCallBackTasks() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.ledger.switchGone("pbx");
    floor.step();
    assertThat(floor.store.calls.get(talk.call()).cause().text()).isEqualTo("switch-restart");
    assertThat(floor.store.tasks).hasSize(1).allMatch(t -> t instanceof TaskChange.Missed);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
  }

  @Test
  void twoCallsOfOneCustomerTellBothAgents() {
    floor.link().ready(ANN).ready(BOB);
    Floor.Talking first = floor.talking();
    Floor.Talking second = floor.talking();
    assertThat(floor.store.journal).isNotEmpty();
    assertThat(first.call()).isNotEqualTo(second.call());
    assertThat(floor.shown(ANN).values().iterator().next().alsoTalking()).hasSize(1);
    assertThat(floor.shown(BOB).values().iterator().next().alsoTalking()).hasSize(1);
  }

  @Test
  void whoeverGivesUpDuringTheAnnouncementIsOwedACallOfTheLinesQueue() {
    floor.link().ready(ANN);
    LegKey leg = floor.arrives(Floor.RECORDED);
    floor.hangsUp(leg);
    assertThat(floor.store.tasks)
        .singleElement()
        .isInstanceOfSatisfying(
            io.cordboard.core.call.LedgerStore.TaskChange.Missed.class,
            missed -> assertThat(missed.queue()).isEqualTo("care"));
  }
}
