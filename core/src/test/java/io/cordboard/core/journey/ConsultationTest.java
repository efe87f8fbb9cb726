package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.Consultation;
import io.cordboard.core.desk.CallView.ConsultationState;
import io.cordboard.core.desk.CallView.EarlierNote;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** An agent asks another one for advice while the customer hears music, and what may come of it. */
class ConsultationTest {
  private final Floor floor = new Floor();
  private Floor.Talking talk;
  private String id = "";
  private LegKey bob;

  /** Ann talks, Bob is free. */
  private void annTalks(boolean recorded) {
    floor.link().ready(ANN);
    talk = recorded ? floor.recordedTalk() : floor.talking();
    id = talk.call().toString();
    floor.ready(BOB);
  }

  private void annConsults() {
    annTalks(false);
    floor.command(ANN, consult(BOB));
  }

  /** Ann and Bob speak to each other, and the switch has told of it. */
  private void bothSpeak() {
    annConsults();
    bobAnswers();
  }

  private void bobAnswers() {
    bob = floor.ringing();
    floor.event(new CallEvent.LegAnswered(bob, floor.tick()));
    floor.event(new CallEvent.LegLeft(talk.customer(), floor.tick(), "b-" + id));
    aside(talk.agent());
    aside(bob);
  }

  private void aside(LegKey leg) {
    floor.event(new CallEvent.LegJoined(leg, floor.tick(), "c-" + id));
  }

  @Test
  void ofAQueueWhoeverIsFreeIsAskedAndWhereNobodyIsTheCustomerStays() {
    annTalks(false);
    DeskCommand care = new DeskCommand.Consult(id, TransferTo.QUEUE, "care");
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    assertRefused(ANN, care, "Nobody of Care is free");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    floor.command(BOB, new DeskCommand.Ready());
    floor.command(ANN, care);
    bobAnswers();
    assertThat(floor.phase(BOB)).isEqualTo(Phase.CONSULTING);
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    assertThat(floor.phase(BOB)).isEqualTo(Phase.TALKING);
  }

  private DeskCommand consult(AgentId agent) {
    return new DeskCommand.Consult(id, TransferTo.AGENT, agent.toString());
  }

  private CallView seen(AgentId agent) {
    return floor.shown(agent).get(id);
  }

  private Queued queued() {
    CompletionStage<Queued> answer =
        floor.ledger.ask(turn -> turn.call(talk.call()).flatMap(c -> c.queued()).orElseThrow());
    floor.step();
    return answer.toCompletableFuture().join();
  }

  private void declines(LegKey device) {
    floor.event(
        new CallEvent.LegEnded(
            device, floor.tick(), new EndCause(EndCause.Side.FAR, 21, 603, "Decline")));
  }

  private void loses(LegKey device) {
    floor.event(
        new CallEvent.LegEnded(
            device, floor.tick(), new EndCause(EndCause.Side.SWITCH, 44, 0, "no audio came")));
  }

  private List<SwitchCommand.Join> joins() {
    return floor.pbx.commands(SwitchCommand.Join.class);
  }

  private SwitchCommand.Join talks(LegKey leg) {
    return new SwitchCommand.Join("b-" + id, leg);
  }

  private SwitchCommand.Join apart(LegKey leg) {
    return new SwitchCommand.Join("c-" + id, leg);
  }

  private void assertRefused(AgentId agent, DeskCommand command, String why) {
    assertThatThrownBy(() -> floor.command(agent, command))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining(why);
  }

  private void bothAreFreeAfterTheEnd() {
    floor.pass(Duration.ofSeconds(31));
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.stateOf(ANN)).isIn("READY", "NOT_READY");
    assertThat(floor.stateOf(BOB)).isIn("READY", "NOT_READY");
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.calls).hasSize(1);
    assertThat(floor.store.tasks).hasSize(1).allMatch(TaskChange.Served.class::isInstance);
  }

  private void allHangUp() {
    floor.hangsUp(talk.customer());
    floor.hangsUp(talk.agent());
    floor.hangsUp(bob);
  }

  // ---- asking --------------------------------------------------------------------------------

  @Test
  void theOtherAgentIsRungWithCardAndNotesWhileTheCustomerHearsMusic() {
    annTalks(false);
    floor.command(ANN, new DeskCommand.SaveNotes(id, "card is lost", 0));
    floor.pbx.forgetCommands();
    floor.command(ANN, consult(BOB));

    assertThat(floor.pbx.commands())
        .containsSubsequence(
            new SwitchCommand.Leave("b-" + id, talk.customer()),
            new SwitchCommand.MusicOn(talk.customer()));
    assertThat(joins()).containsExactly(apart(talk.agent()));
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(ANN).consultation())
        .extracting(Consultation::with, Consultation::mine, Consultation::state)
        .containsExactly("bob", true, ConsultationState.RINGING);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.RINGING);
    assertThat(seen(BOB).consultation())
        .extracting(Consultation::with, Consultation::mine)
        .containsExactly("ann", false);
    assertThat(seen(BOB).earlierNotes()).containsExactly(new EarlierNote("ann", "card is lost"));
  }

  @Test
  void bothSpeakInABridgeOfTheirOwnThatIsNeverRecorded() {
    annTalks(true);
    floor.command(ANN, consult(BOB));
    bobAnswers();
    assertThat(joins()).contains(apart(talk.agent()), apart(bob));
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class))
        .extracting(SwitchCommand.StartRecording::leg).containsExactly(talk.customer());
    assertThat(seen(BOB).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(ANN).consultation().state()).isEqualTo(ConsultationState.TALKING);
  }

  @Test
  void swappingSpeaksToTheCustomerWhileTheOtherWaitsWithMusicAndBack() {
    bothSpeak();
    floor.pbx.forgetCommands();
    floor.command(ANN, new DeskCommand.Swap(id));
    assertThat(joins()).containsExactlyInAnyOrder(talks(talk.customer()), talks(talk.agent()));
    assertThat(floor.pbx.commands())
        .containsSubsequence(
            new SwitchCommand.Leave("c-" + id, bob), new SwitchCommand.MusicOn(bob));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
    assertThat(seen(BOB).consultation().state()).isEqualTo(ConsultationState.WAITING);

    floor.pbx.forgetCommands();
    floor.command(ANN, new DeskCommand.Swap(id));
    assertThat(joins()).containsExactlyInAnyOrder(apart(talk.agent()), apart(bob));
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.MusicOn(talk.customer()));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
  }

  @Test
  void cancellingBringsBackToTheCustomerAndTheOtherIsFreeWithoutARecordToFinish() {
    bothSpeak();
    floor.pbx.forgetCommands();
    floor.command(ANN, new DeskCommand.CancelConsultation(id));
    assertThat(joins()).containsExactlyInAnyOrder(talks(talk.customer()), talks(talk.agent()));
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.Close("c-" + id));
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
    assertThat(seen(ANN).consultation()).isNull();
    allHangUp();
    bothAreFreeAfterTheEnd();
    assertThat(floor.store.calls.values())
        .extracting(CallRecord::agent).containsExactly(ANN);
  }

  @Test
  void cancellingWhileItRingsWithdrawsTheOffer() {
    annConsults();
    bob = floor.ringing();
    floor.command(ANN, new DeskCommand.CancelConsultation(id));
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
    floor.hangsUp(bob);
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void completingGivesTheCustomerToTheOtherWithAPartAndARecordingOfTheirOwn() {
    annTalks(true);
    String first = floor.pbx.commands(SwitchCommand.StartRecording.class).getLast().recording();
    floor.event(new CallEvent.RecordingStarted(talk.customer(), floor.tick(), first));
    floor.command(ANN, consult(BOB));
    bobAnswers();
    floor.pbx.forgetCommands();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    assertThat(joins()).containsExactlyInAnyOrder(talks(talk.customer()), talks(bob));
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class))
        .extracting(SwitchCommand.StopRecording::recording).containsExactly(first);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
    floor.event(new CallEvent.RecordingEnded(talk.customer(), floor.tick(), first));
    floor.joined(talk.customer());
    floor.joined(bob);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class).getLast().recording())
        .isEqualTo("r-%s-2-1".formatted(id));
    allHangUp();
    assertThat(floor.stateOf(BOB)).isEqualTo("WRAP_UP");
    floor.event(
        new CallEvent.RecordingEnded(talk.customer(), floor.tick(), "r-%s-2-1".formatted(id)));
    bothAreFreeAfterTheEnd();
    assertThat(floor.store.segments.values())
        .extracting(CallRecord.Segment::agent, CallRecord.Segment::outcome)
        .containsExactlyInAnyOrder(
            Tuple.tuple(ANN, "TRANSFERRED"), Tuple.tuple(BOB, "ENDED"));
  }

  // ---- the conference ------------------------------------------------------------------------

  private void allTalk() {
    bothSpeak();
    floor.pbx.forgetCommands();
    floor.command(ANN, new DeskCommand.Merge(id));
    floor.joined(talk.customer());
    floor.joined(talk.agent());
    floor.joined(bob);
  }

  @Test
  void mergingPutsAllThreeInOneBridge() {
    allTalk();
    assertThat(joins())
        .containsExactlyInAnyOrder(talks(talk.customer()), talks(talk.agent()), talks(bob));
    assertThat(seen(ANN).others()).containsExactly("bob");
    assertThat(seen(BOB).others()).containsExactly("ann");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void theFirstAgentLeavesAConferenceAndTheSecondGoesOn() {
    allTalk();
    floor.hangsUp(talk.agent());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
    assertThat(seen(BOB).others()).isEmpty();
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).doesNotContain(talk.customer());
    floor.hangsUp(bob);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).contains(talk.customer());
    floor.hangsUp(talk.customer());
    bothAreFreeAfterTheEnd();
  }

  @Test
  void theSecondAgentLeavesAConferenceByCommandAndTheFirstGoesOn() {
    allTalk();
    floor.command(BOB, new DeskCommand.HangUp(id));
    assertThat(floor.stateOf(BOB)).isEqualTo("WRAP_UP");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
    floor.command(ANN, new DeskCommand.HangUp(id));
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).contains(talk.customer());
    allHangUp();
    bothAreFreeAfterTheEnd();
  }

  @Test
  void aConferenceIsOneRecordingUntilWhoHadTheCustomerFirstLeaves() {
    annTalks(true);
    floor.command(ANN, consult(BOB));
    bobAnswers();
    floor.command(ANN, new DeskCommand.Merge(id));
    floor.joined(talk.customer());
    floor.joined(talk.agent());
    floor.joined(bob);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).hasSize(1);
    floor.hangsUp(talk.agent());
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class))
        .extracting(SwitchCommand.StartRecording::recording)
        .containsExactly("r-%s-1-1".formatted(id), "r-%s-2-1".formatted(id));
  }

  @Test
  void aPhoneThatIsLostInAConferenceLeavesTheOthersTalking() {
    allTalk();
    floor.device("2001", DeviceState.UNREGISTERED);
    assertThat(seen(ANN).phase()).isEqualTo(Phase.REJOINING);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
    floor.pass(Duration.ofSeconds(26));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
  }

  // ---- the other one does not come -----------------------------------------------------------

  @Test
  void whenTheOtherDeclinesTheCustomerStaysOnMusicUntilTheyAreTakenBack() {
    annConsults();
    bob = floor.ringing();
    floor.pbx.forgetCommands();
    declines(bob);
    assertBackOnHold(ConsultationState.DECLINED);
    assertThat(joins()).containsExactly(talks(talk.agent()));
    floor.command(ANN, new DeskCommand.Resume(id));
    assertThat(joins()).contains(talks(talk.customer()));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
    assertThat(seen(ANN).consultation()).isNull();
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
  }

  @Test
  void whenTheOtherDoesNotAnswerTheFirstIsTold() {
    annConsults();
    floor.ringing();
    floor.pass(Duration.ofSeconds(22));
    assertBackOnHold(ConsultationState.NO_ANSWER);
  }

  @Test
  void whenTheOthersPhoneFailsTheFirstIsTold() {
    annConsults();
    floor.event(
        new CallEvent.LegEnded(
            floor.ringing(), floor.tick(), new EndCause(EndCause.Side.SWITCH, 20, 0, "gone")));
    assertBackOnHold(ConsultationState.FAILED);
  }

  @Test
  void whenTheOtherHangsUpTheFirstIsToldAndMayAskAgain() {
    bothSpeak();
    floor.hangsUp(bob);
    assertBackOnHold(ConsultationState.LEFT);
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    floor.command(ANN, consult(BOB));
    assertThat(seen(ANN).consultation().state()).isEqualTo(ConsultationState.RINGING);
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
  }

  @Test
  void whenTheOtherHangsUpWhileTheyWaitTheTalkWithTheCustomerGoesOn() {
    bothSpeak();
    floor.command(ANN, new DeskCommand.Swap(id));
    floor.hangsUp(bob);
    assertThat(seen(ANN).phase()).isEqualTo(Phase.TALKING);
    assertThat(seen(ANN).consultation()).isNull();
  }

  private void assertBackOnHold(ConsultationState told) {
    assertThat(seen(ANN).phase()).isEqualTo(Phase.HELD);
    assertThat(seen(ANN).consultation().state()).isEqualTo(told);
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
  }

  // ---- the customer goes ---------------------------------------------------------------------

  @Test
  void whenTheCustomerHangsUpTheTwoGoOnUntilOneHangsUp() {
    bothSpeak();
    floor.pbx.forgetCommands();
    floor.hangsUp(talk.customer());
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class)).isEmpty();
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(ANN).endedAt()).isNotNull();
    floor.pass(Duration.ofMinutes(3));
    assertThat(floor.stateOf(BOB)).isEqualTo("TALKING");
    floor.hangsUp(bob);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).contains(talk.agent());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    floor.hangsUp(talk.agent());
    bothAreFreeAfterTheEnd();
  }

  @Test
  void whenTheCustomerHangsUpWhileTheOtherRingsTheOfferIsWithdrawn() {
    annConsults();
    bob = floor.ringing();
    allHangUp();
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    bothAreFreeAfterTheEnd();
  }

  @Test
  void twoWhoForgetToHangUpAreFreeAfterAnHour() {
    bothSpeak();
    floor.hangsUp(talk.customer());
    floor.pass(Duration.ofMinutes(61));
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(floor.stateOf(ANN)).isIn("WRAP_UP", "READY");
  }

  // ---- who asked goes ------------------------------------------------------------------------

  @Test
  void whoAskedHangsUpAndTheOtherHasTheCustomer() {
    bothSpeak();
    floor.pbx.forgetCommands();
    floor.hangsUp(talk.agent());
    assertThat(joins()).containsExactlyInAnyOrder(talks(talk.customer()), talks(bob));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void whereTheQueueSaysSoWhoAskedHangsUpAndTheCustomerWaitsAgainAsOldAsTheyAre() {
    floor.directory = floor.withComfort(new Comfort(0, null, 3, 15, 120, DropOut.BACK));
    bothSpeak();
    long since = queued().since();
    floor.hangsUp(talk.agent());
    assertThat(queued().since()).isEqualTo(since);
    floor.hangsUp(bob);
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
  }

  @Test
  void whoAskedLosesTheirPhoneForGoodAndTheOtherHasTheCustomer() {
    bothSpeak();
    floor.device("2001", DeviceState.UNREGISTERED);
    assertThat(seen(ANN).phase()).isEqualTo(Phase.REJOINING);
    assertThat(seen(BOB).phase()).isEqualTo(Phase.CONSULTING);
    floor.pass(Duration.ofSeconds(26));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void whoAskedLosesTheirPhoneForAMomentAndSpeaksOnWithTheOther() {
    bothSpeak();
    loses(talk.agent());
    assertThat(seen(ANN).phase()).isEqualTo(Phase.REJOINING);
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.device("2001", DeviceState.IDLE);
    LegKey again = floor.ringing();
    floor.pbx.forgetCommands();
    floor.event(new CallEvent.LegAnswered(again, floor.tick()));
    assertThat(joins()).contains(apart(again));
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(ANN).consultation().state()).isEqualTo(ConsultationState.TALKING);
  }

  @Test
  void whoIsAskedLosesTheirPhoneForGoodAndTheFirstIsTold() {
    bothSpeak();
    floor.device("2002", DeviceState.UNREGISTERED);
    assertRefused(ANN, new DeskCommand.CompleteTransfer(id), "is being connected again");
    floor.pass(Duration.ofSeconds(26));
    assertBackOnHold(ConsultationState.LEFT);
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
  }

  @Test
  void whoAskedIsGoneWhileItRingsAndTheCustomerWaitsAsOldAsTheyAre() {
    annConsults();
    long since = queued().since();
    LegKey first = floor.ringing();
    floor.hangsUp(talk.agent());
    assertThat(queued().since()).isEqualTo(since);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(seen(BOB).phase()).isEqualTo(Phase.RINGING);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).contains(first).doesNotContain(talk.customer());
    assertThat(seen(BOB).consultation()).isNull();
  }

  // ---- both at once --------------------------------------------------------------------------

  @Test
  void completedWhileTheOtherHangsUpTheCustomerComesBackToWhoAsked() {
    bothSpeak();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    floor.hangsUp(bob);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).doesNotContain(talk.customer());
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.RINGING);
  }

  @Test
  void completingTooLateIsRefusedAndTheCustomerIsNotLost() {
    bothSpeak();
    floor.pbx.emit(
        new CallEvent.LegEnded(
            bob, floor.tick(), new EndCause(EndCause.Side.FAR, 16, 0, "bye")));
    assertRefused(ANN, new DeskCommand.CompleteTransfer(id), "the other one is gone");
    assertBackOnHold(ConsultationState.LEFT);
  }

  @Test
  void completingWhileTheCustomerHangsUpIsRefusedOrEndsTheCallOnce() {
    bothSpeak();
    floor.pbx.emit(
        new CallEvent.LegEnded(
            talk.customer(), floor.tick(), new EndCause(EndCause.Side.FAR, 16, 0, "bye")));
    assertRefused(ANN, new DeskCommand.CompleteTransfer(id), "The customer has hung up");
    floor.command(ANN, new DeskCommand.HangUp(id));
    floor.hangsUp(talk.agent());
    floor.hangsUp(bob);
    bothAreFreeAfterTheEnd();
  }

  @Test
  void theCustomerHangsUpJustAfterTheTransferWasCompleted() {
    bothSpeak();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    allHangUp();
    assertThat(floor.stateOf(BOB)).isEqualTo("WRAP_UP");
    bothAreFreeAfterTheEnd();
  }

  // ---- what is refused -----------------------------------------------------------------------

  @Test
  void whatCannotBeIsRefusedWithItsReasonAndChangesNothing() {
    annTalks(false);
    int entries = floor.store.journal.size();
    assertRefused(ANN, consult(ANN), "You have this call already");
    assertThatThrownBy(
            () -> floor.command(ANN, new DeskCommand.Consult(id, TransferTo.QUEUE, "nobody")))
        .hasMessageContaining("queue does not exist");
    assertRefused(ANN, new DeskCommand.Swap(id), "You consult nobody");
    assertRefused(ANN, new DeskCommand.Merge(id), "You consult nobody");
    assertThat(floor.store.journal).hasSize(entries);
    floor.command(ANN, consult(BOB));
    assertRefused(ANN, new DeskCommand.CompleteTransfer(id), "phone rings");
    assertRefused(ANN, consult(BOB), "take the customer back first");
    assertRefused(ANN, new DeskCommand.Hold(id), "take the customer back first");
    bobAnswers();
    assertRefused(ANN, new DeskCommand.HangUp(id), "complete the transfer, join all");
    assertRefused(BOB, new DeskCommand.CompleteTransfer(id), "You consult nobody");
    assertRefused(BOB, new DeskCommand.SendKeys(id, "1"), "you are asked for advice");
    floor.command(ANN, new DeskCommand.Merge(id));
    assertRefused(
        ANN, new DeskCommand.Transfer(id, TransferTo.QUEUE, "care"), "Others talk to this customer");
  }

  // ---- a refresh, a kill, a chain ------------------------------------------------------------

  @Test
  void aRefreshInTheMiddleShowsTheSame() {
    bothSpeak();
    CallView before = seen(ANN);
    floor.desk.detach(ANN, "c-1");
    floor.told.clear();
    floor.open(ANN, "c-9");
    assertThat(seen(ANN)).isEqualTo(before);
  }

  @Test
  void aKillInTheMiddleLosesNothing() {
    bothSpeak();
    floor.kill();
    floor.boot();
    floor.link(
        DeviceState.IDLE,
        new LiveLeg(talk.customer(), true, null, null),
        new LiveLeg(talk.agent(), true, "c-" + id, null),
        new LiveLeg(bob, true, "c-" + id, null));
    floor.open(ANN, "c-1").open(BOB, "c-2");
    assertThat(seen(ANN).phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen(BOB).consultation())
        .extracting(Consultation::with, Consultation::state)
        .containsExactly("ann", ConsultationState.TALKING);
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    assertThat(seen(BOB).phase()).isEqualTo(Phase.TALKING);
    assertThat(floor.bugs).isEmpty();
  }

  @Test
  void aKillBeforeTheBridgesWereChangedIsMendedByTheNextLink() {
    bothSpeak();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    floor.kill();
    floor.boot();
    floor.pbx.forgetCommands();
    floor.link(
        DeviceState.IDLE,
        new LiveLeg(talk.customer(), true, null, null),
        new LiveLeg(talk.agent(), true, "c-" + id, null),
        new LiveLeg(bob, true, "c-" + id, null));
    assertThat(joins()).contains(talks(talk.customer()), talks(bob));
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg).containsOnly(talk.agent());
  }

  @Test
  void aChainOfFiveIsOneCallWithFiveParts() {
    annTalks(false);
    AgentId has = ANN;
    LegKey at = talk.agent();
    for (int part = 2; part <= 5; part++) {
      AgentId next = has.equals(ANN) ? BOB : ANN;
      floor.command(has, consult(next));
      LegKey leg = floor.ringing();
      floor.event(new CallEvent.LegAnswered(leg, floor.tick()));
      aside(at);
      aside(leg);
      floor.command(has, new DeskCommand.CompleteTransfer(id));
      floor.joined(talk.customer());
      floor.joined(leg);
      floor.hangsUp(at);
      floor.command(has, new DeskCommand.FinishWrapUp(id, "solved"));
      assertThat(floor.stateOf(next)).isEqualTo("TALKING");
      has = next;
      at = leg;
    }
    bob = at;
    allHangUp();
    bothAreFreeAfterTheEnd();
    assertThat(floor.store.segments.values())
        .extracting(CallRecord.Segment::agent)
        .containsExactly(ANN, BOB, ANN, BOB, ANN);
  }
}
