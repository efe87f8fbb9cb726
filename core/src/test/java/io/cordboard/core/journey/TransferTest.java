package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.EarlierNote;
import io.cordboard.core.desk.CallView.Handover;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.Transfer;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.desk.DeskDoor.TransferTargets;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** An agent hands the customer on without speaking to the next one first. */
class TransferTest {
  private final Floor floor = new Floor();

  /** Ann talks, Bob is free. */
  private Floor.Talking annTalks() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.ready(BOB);
    return talk;
  }

  private static Transfer to(Floor.Talking talk, AgentId agent) {
    return new Transfer(talk.call().toString(), TransferTo.AGENT, agent.toString());
  }

  private static Transfer toQueue(Floor.Talking talk) {
    return new Transfer(talk.call().toString(), TransferTo.QUEUE, "care");
  }

  private Queued queued(CallId call) {
    CompletionStage<Queued> answer =
        floor.ledger.ask(turn -> turn.call(call).flatMap(c -> c.queued()).orElseThrow());
    floor.step();
    return answer.toCompletableFuture().join();
  }

  private CallView seen(AgentId agent, Floor.Talking talk) {
    return floor.shown(agent).get(talk.call().toString());
  }

  private void declines(LegKey device) {
    floor.event(
        new CallEvent.LegEnded(
            device, floor.tick(), new EndCause(EndCause.Side.FAR, 21, 603, "Decline")));
  }

  private LegKey bobAnswers(Floor.Talking talk) {
    LegKey bob = floor.ringing();
    floor.event(new CallEvent.LegAnswered(bob, floor.tick()));
    floor.joined(talk.customer());
    floor.joined(bob);
    return bob;
  }

  // ---- to an agent ---------------------------------------------------------------------------

  @Test
  void theNextAgentIsRungWithCardAndNotesWhileTheCustomerHearsMusicAndTheFirstWrapsUp() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, new DeskCommand.SaveNotes(talk.call().toString(), "card is lost", 0));
    floor.pbx.forgetCommands();

    floor.command(ANN, to(talk, BOB));

    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
    assertThat(floor.pbx.commands())
        .containsSubsequence(
            new SwitchCommand.Leave("b-" + talk.call(), talk.customer()),
            new SwitchCommand.MusicOn(talk.customer()));
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg)
        .containsExactly(talk.agent());
    CallView pop = seen(BOB, talk);
    assertThat(pop.phase()).isEqualTo(Phase.RINGING);
    assertThat(pop.earlierNotes()).containsExactly(new EarlierNote("ann", "card is lost"));
    assertThat(pop.handover()).extracting(Handover::by, Handover::mine).containsExactly("ann", false);
    assertThat(floor.told.get(BOB))
        .filteredOn(DeskMessage.CallChanged.class::isInstance)
        .anyMatch(told -> ((DeskMessage.CallChanged) told).card() != null);
    assertThat(seen(ANN, talk).phase()).isEqualTo(Phase.WRAP_UP);
    assertThat(seen(ANN, talk).handover())
        .extracting(Handover::target, Handover::mine)
        .containsExactly("bob", true);
  }

  @Test
  void theNextAgentsAnswerMakesATalkOfItsOwnAndOneRecordWithTwoParts() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, to(talk, BOB));
    LegKey bob = bobAnswers(talk);
    assertThat(floor.stateOf(BOB)).isEqualTo("TALKING");
    assertThat(floor.phase(BOB)).isEqualTo(Phase.TALKING);
    floor.hangsUp(talk.agent());
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    floor.pass(Duration.ofSeconds(9));
    floor.hangsUp(talk.customer());
    floor.hangsUp(bob);
    floor.command(BOB, new DeskCommand.FinishWrapUp(talk.call().toString(), null));

    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.calls).hasSize(1);
    assertThat(floor.store.segments.values())
        .extracting(CallRecord.Segment::agent, CallRecord.Segment::outcome)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(ANN, "TRANSFERRED"),
            org.assertj.core.groups.Tuple.tuple(BOB, "ENDED"));
    assertThat(floor.store.tasks).hasSize(1).allMatch(TaskChange.Served.class::isInstance);
  }

  @Test
  void whatTheFirstAgentStillTypesIsSeenByTheNextAtOnce() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, to(talk, BOB));
    bobAnswers(talk);
    floor.command(ANN, new DeskCommand.SaveNotes(talk.call().toString(), "wants it by Friday", 0));
    assertThat(seen(BOB, talk).earlierNotes())
        .containsExactly(new EarlierNote("ann", "wants it by Friday"));
    assertThat(seen(ANN, talk).earlierNotes()).isEmpty();
  }

  @Test
  void theFirstAgentsWrapUpEndsByItsTimeWhileTheNextOneTalks() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, to(talk, BOB));
    bobAnswers(talk);
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.stateOf(BOB)).isEqualTo("TALKING");
  }

  @Test
  void aCustomerOnHoldIsInTheTalkWhenTheNextAgentAnswers() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, new DeskCommand.Hold(talk.call().toString()));
    floor.command(ANN, to(talk, BOB));
    LegKey bob = floor.ringing();
    floor.pbx.forgetCommands();
    floor.event(new CallEvent.LegAnswered(bob, floor.tick()));
    assertThat(floor.pbx.commands(SwitchCommand.Join.class))
        .extracting(SwitchCommand.Join::leg)
        .containsExactlyInAnyOrder(talk.customer(), bob);
    assertThat(floor.phase(BOB)).isEqualTo(Phase.TALKING);
  }

  @Test
  void eachAgentHasARecordingOfTheirOwnPart() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.recordedTalk();
    String first = floor.pbx.commands(SwitchCommand.StartRecording.class).getLast().recording();
    floor.event(new CallEvent.RecordingStarted(talk.customer(), floor.tick(), first));
    floor.ready(BOB);
    floor.command(ANN, to(talk, BOB));
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class))
        .extracting(SwitchCommand.StopRecording::recording)
        .contains(first);
    floor.event(new CallEvent.RecordingEnded(talk.customer(), floor.tick(), first));
    floor.event(new CallEvent.LegLeft(talk.customer(), floor.tick(), "b-" + talk.call()));
    bobAnswers(talk);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class).getLast().recording())
        .isEqualTo("r-%s-2-1".formatted(talk.call()));
  }

  // ---- nobody takes it -----------------------------------------------------------------------

  @Test
  void aTransferThatIsDeclinedComesBackToWhoMadeItOutOfTheirWrapUp() {
    Floor.Talking talk = annTalks();
    long since = queued(talk.call()).since();
    floor.command(ANN, to(talk, BOB));
    declines(floor.ringing());
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
    Floor.Talking again = floor.talking(talk.customer());
    assertThat(again.call()).isEqualTo(talk.call());
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    assertThat(queued(talk.call()).since()).isEqualTo(since);
  }

  @Test
  void aTransferThatNobodyAnswersComesBackToAnAgentWhoIsReadyAgain() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, to(talk, BOB));
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
    floor.ringing();
    floor.pass(Duration.ofSeconds(22));
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void whereTheFirstAgentIsNotThereEitherItWaitsAsOldAsItIsAndGoesBeforeLaterCallers() {
    Floor.Talking talk = annTalks();
    long since = queued(talk.call()).since();
    floor.command(ANN, to(talk, BOB));
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), null));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    floor.arrives(PLAIN);
    LegKey ringing =
        floor.pbx.leg("o-%s-2".formatted(talk.call()));
    declines(ringing);
    assertThat(queued(talk.call()).since()).isEqualTo(since);
    assertThat(queued(talk.call()).queue()).isEqualTo("care");
    floor.command(BOB, new DeskCommand.Ready());
    assertThat(floor.shown(BOB)).containsOnlyKeys(talk.call().toString());
  }

  @Test
  void aCallOfManyMinutesDoesNotWaitInVainWhenItsTransferIsNotTaken() {
    Floor.Talking talk = annTalks();
    for (int i = 0; i < 20; i++) {
      floor.pass(Duration.ofSeconds(30));
    }
    floor.command(ANN, to(talk, BOB));
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    declines(floor.ringing());
    floor.pass(Duration.ofSeconds(2));
    assertThat(floor.pbx.commands(SwitchCommand.Announce.class)).isEmpty();
    floor.command(BOB, new DeskCommand.Ready());
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
  }

  @Test
  void aCustomerWhoHangsUpWhileItRingsIsServedAndBothAgentsAreFree() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, to(talk, BOB));
    LegKey bob = floor.ringing();
    floor.hangsUp(talk.customer());
    floor.hangsUp(talk.agent());
    floor.hangsUp(bob);
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.tasks).hasSize(1).allMatch(TaskChange.Served.class::isInstance);
  }

  // ---- to a queue ----------------------------------------------------------------------------

  @Test
  void aQueueGetsTheCallAtItsOldAgeAndDoesNotOfferItToWhoHandedItOn() {
    Floor.Talking talk = annTalks();
    long since = queued(talk.call()).since();
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, toQueue(talk));
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    assertThat(queued(talk.call()).since()).isEqualTo(since);
    floor.command(BOB, new DeskCommand.Ready());
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
    assertThat(seen(BOB, talk).handover().to()).isEqualTo(TransferTo.QUEUE);
    assertThat(seen(BOB, talk).handover().target()).isEqualTo("Care");
  }

  @Test
  void whoHandedItOnStillGetsTheOthersOfTheQueue() {
    Floor.Talking talk = annTalks();
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, toQueue(talk));
    LegKey next = floor.arrives(PLAIN);
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
    assertThat(floor.shown(ANN)).containsKey(floor.callOf(next).toString());
  }

  // ---- what is refused -----------------------------------------------------------------------

  @Test
  void aTransferThatCannotBeIsRefusedWithItsReasonAndChangesNothing() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    int entries = floor.store.journal.size();
    assertRefused(to(talk, ANN), "You have this call already");
    assertRefused(to(talk, BOB), "is not signed in");
    assertRefused(toQueue(talk), "Nobody but you of Care is there");
    floor.ready(BOB);
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    assertRefused(to(talk, BOB), "takes no calls now");
    floor.command(BOB, new DeskCommand.Ready());
    floor.device("2002", DeviceState.UNREGISTERED);
    assertRefused(to(talk, BOB), "the phone is away");
    AgentId nobody = AgentId.parse("00000000-0000-0000-0000-000000000099");
    assertThatThrownBy(() -> floor.command(ANN, to(talk, nobody)))
        .hasCauseInstanceOf(Fault.NotFound.class);
    assertThat(floor.store.journal).hasSize(entries);
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
  }

  private void assertRefused(Transfer transfer, String why) {
    assertThatThrownBy(() -> floor.command(ANN, transfer))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining(why);
  }

  @Test
  void aTransferAndAHangUpAtOnceEndTheCallOnce() {
    Floor.Talking talk = annTalks();
    floor.pbx.emit(
        new CallEvent.LegEnded(
            talk.customer(), floor.tick(), new EndCause(EndCause.Side.FAR, 16, 0, "bye")));
    CompletableFuture<Void> done =
        floor.desk.command(ANN, "c-1", to(talk, BOB)).toCompletableFuture();
    floor.step();
    assertThatThrownBy(done::join).hasCauseInstanceOf(Fault.Refused.class);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
  }

  @Test
  void whoMayBeChosenIsToldWithTheirState() {
    floor.link().ready(ANN);
    floor.talking();
    assertThat(targets().agents()).hasSize(1).allMatch(agent -> !agent.free());
    assertThat(targets().queues()).hasSize(1).allMatch(queue -> !queue.open());
    floor.ready(BOB);
    assertThat(targets().agents()).allMatch(agent -> agent.free() && agent.name().equals("bob"));
    assertThat(targets().queues()).allMatch(queue -> queue.open());
  }

  private TransferTargets targets() {
    CompletableFuture<TransferTargets> answer =
        CompletableFuture.supplyAsync(() -> floor.desk.targets(ANN));
    while (!answer.isDone()) {
      floor.step();
    }
    return answer.join();
  }

  // ---- a chain, and a kill in the middle -----------------------------------------------------

  @Test
  void aChainOfFiveIsOneCallWithFiveParts() {
    Floor.Talking talk = annTalks();
    AgentId has = ANN;
    for (int part = 2; part <= 5; part++) {
      AgentId next = has.equals(ANN) ? BOB : ANN;
      floor.command(has, to(talk, next));
      floor.command(has, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
      bobAnswers(talk);
      assertThat(floor.stateOf(next)).isEqualTo("TALKING");
      has = next;
    }
    floor.hangsUp(talk.customer());
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.store.calls).hasSize(1);
    assertThat(floor.store.segments.values())
        .extracting(CallRecord.Segment::agent)
        .containsExactly(ANN, BOB, ANN, BOB, ANN);
  }

  @Test
  void aKillInTheMiddleOfATransferLosesNothing() {
    Floor.Talking talk = annTalks();
    floor.command(ANN, new DeskCommand.SaveNotes(talk.call().toString(), "card is lost", 0));
    floor.command(ANN, to(talk, BOB));
    LegKey bob = floor.ringing();
    floor.kill();
    floor.boot();
    floor.link(
        DeviceState.IDLE,
        new LiveLeg(talk.customer(), true, null, null),
        new LiveLeg(bob, false, null, null));
    floor.open(ANN, "c-1").open(BOB, "c-2");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.WRAP_UP);
    assertThat(floor.phase(BOB)).isEqualTo(Phase.RINGING);
    assertThat(seen(BOB, talk).earlierNotes()).containsExactly(new EarlierNote("ann", "card is lost"));
    declines(bob);
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(List.copyOf(floor.bugs)).isEmpty();
  }
}
