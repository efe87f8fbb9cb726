package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.ConsultationState;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A customer is handed on to a number outside, or somebody outside is asked first. */
class OutsiderTest {
  private static final String NUMBER = "+861065550000";
  private final Floor floor = new Floor();
  private Floor.Talking talk;
  private String id = "";

  private void annTalks(boolean recorded) {
    floor.link().ready(ANN);
    talk = recorded ? floor.recordedTalk() : floor.talking();
    id = talk.call().toString();
    floor.pbx.forgetCommands();
  }

  private void handsOn() {
    floor.command(ANN, new DeskCommand.Transfer(id, TransferTo.NUMBER, NUMBER));
  }

  private void asks() {
    floor.command(ANN, new DeskCommand.Consult(id, TransferTo.NUMBER, NUMBER));
  }

  private OutsideOrder order() {
    return floor.pbx.commands(SwitchCommand.DialOutside.class).getLast().order();
  }

  private LegKey outside() {
    return floor.pbx.leg("y-%s-1".formatted(id));
  }

  private void answers(String bridge) {
    floor.event(new LegRinging(outside(), floor.tick()));
    floor.event(new LegAnswered(outside(), floor.tick()));
    floor.event(new LegJoined(outside(), floor.tick(), bridge + id));
  }

  private void fails(int q850) {
    floor.event(
        new LegEnded(outside(), floor.tick(), new EndCause(Side.FAR, q850, 0, "not reached")));
  }

  private void spoken() {
    annTalks(false);
    asks();
    answers("c-");
  }

  private CallView seen() {
    return floor.shown(ANN).get(id);
  }

  private CallRecord record() {
    return floor.store.calls.get(talk.call());
  }

  private List<SwitchCommand.Join> joins() {
    return floor.pbx.commands(SwitchCommand.Join.class);
  }

  private String phase() {
    CompletionStage<String> answer =
        floor.ledger.ask(turn -> turn.call(talk.call()).orElseThrow().phase().name());
    floor.step();
    return answer.toCompletableFuture().join();
  }

  private void isRefused(DeskCommand command, String why) {
    assertThatThrownBy(() -> floor.command(ANN, command))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining(why);
  }

  // ---- handed on -----------------------------------------------------------------------------

  @Test
  void theCustomerHearsMusicTheNumberIsDialledAndTheAgentFinishesTheirRecord() {
    annTalks(true);
    handsOn();
    assertThat(order().number()).isEqualTo(NUMBER);
    assertThat(order().shownNumber()).isEqualTo(Floor.RECORDED);
    assertThat(order().with()).isEqualTo(talk.customer());
    assertThat(floor.pbx.commands())
        .contains(
            new SwitchCommand.MusicOn(talk.customer()),
            new SwitchCommand.HangUp(
                talk.agent(), HangUp.NORMAL));
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class)).hasSize(1);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(seen().handover().to()).isEqualTo(TransferTo.NUMBER);
    assertThat(phase()).isEqualTo("OUTSIDE");
  }

  @Test
  void theyAreTogetherAfterTheAnswerAndTheCallIsFollowedUntilTheCustomerIsGone() {
    annTalks(true);
    handsOn();
    answers("b-");
    assertThat(joins())
        .contains(
            new SwitchCommand.Join("b-" + id, outside()),
            new SwitchCommand.Join("b-" + id, talk.customer()));
    floor.command(ANN, new DeskCommand.FinishWrapUp(id, "solved"));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    floor.pass(Duration.ofMinutes(20));
    assertThat(phase()).isEqualTo("OUTSIDE");
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
    floor.hangsUp(talk.customer());
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(order -> order.leg().equals(outside()));
    floor.hangsUp(outside());
    floor.pass(Duration.ofSeconds(20));
    assertThat(floor.liveCalls()).isZero();
    CallRecord.Outside out = record().outside().getFirst();
    assertThat(out.number()).isEqualTo(NUMBER);
    assertThat(out.outcome()).isEqualTo("ANSWERED");
    assertThat(out.endedAt() - out.answeredAt()).isGreaterThan(1_200_000_000L);
    assertThat(record().outcome()).isEqualTo("ANSWERED");
  }

  @Test
  void whoHasTheCustomerHangsUpAndTheCustomerIsReleased() {
    annTalks(false);
    handsOn();
    answers("b-");
    floor.hangsUp(outside());
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class).getLast().leg())
        .isEqualTo(talk.customer());
  }

  @Test
  void aBusyNumberBringsTheCustomerBackToWhoHandedOn() {
    annTalks(false);
    handsOn();
    fails(17);
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    LegKey ann = floor.ringing();
    floor.event(new LegAnswered(ann, floor.tick()));
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void whereWhoHandedOnIsAwayTheCustomerWaitsInTheirQueueAsOldAsTheyAre() {
    annTalks(false);
    handsOn();
    floor.command(ANN, new DeskCommand.FinishWrapUp(id, "solved"));
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    fails(19);
    assertThat(phase()).isEqualTo("WAITING");
    floor.ready(BOB);
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
  }

  @Test
  void aSwitchThatForgetsToTellTheEndOfTheRingingIsNotWaitedForForEver() {
    annTalks(false);
    handsOn();
    floor.pass(Duration.ofSeconds(56));
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(order -> order.leg().equals(outside()));
    assertThat(floor.stateOf(ANN)).isIn("OFFERED", "READY");
    assertThat(phase()).isIn("RINGING", "WAITING");
  }

  @Test
  void aSwitchThatRefusesTheNumberLosesNobody() {
    annTalks(false);
    floor.pbx.next(SwitchCommand.DialOutside.class).fails(new Fault.Refused("other country"));
    handsOn();
    floor.step();
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void theCustomersOwnNumberIsRefusedAndNothingIsChanged() {
    annTalks(false);
    isRefused(new DeskCommand.Transfer(id, TransferTo.NUMBER, Floor.CALLER), "own number");
    isRefused(new DeskCommand.Consult(id, TransferTo.NUMBER, Floor.CALLER), "own number");
    assertThat(floor.pbx.commands()).isEmpty();
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void aRestartWhileItRingsGoesOnWithTheCall() {
    annTalks(false);
    handsOn();
    floor.event(new LegRinging(outside(), floor.tick()));
    floor.kill();
    floor.boot();
    floor.link(
        new LiveLeg(talk.customer(), true, null, null), new LiveLeg(outside(), true, null, null));
    assertThat(phase()).isEqualTo("OUTSIDE");
    assertThat(joins()).contains(new SwitchCommand.Join("b-" + id, outside()));
  }

  @Test
  void aRestartAfterTheNumberWasGoneBringsTheCustomerBack() {
    annTalks(false);
    handsOn();
    floor.event(new LegRinging(outside(), floor.tick()));
    floor.kill();
    floor.clock.advance(Duration.ofSeconds(30));
    floor.boot();
    floor.link(new LiveLeg(talk.customer(), true, null, null));
    assertThat(phase()).isEqualTo("WAITING");
  }

  // ---- asked first ---------------------------------------------------------------------------

  @Test
  void theAgentHearsItRingInABridgeOfTheirOwnWhileTheCustomerHearsMusic() {
    annTalks(true);
    asks();
    assertThat(order().bridge()).isEqualTo("c-" + id);
    assertThat(order().with()).isEqualTo(talk.agent());
    assertThat(joins()).contains(new SwitchCommand.Join("c-" + id, talk.agent()));
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.MusicOn(talk.customer()));
    assertThat(seen().phase()).isEqualTo(Phase.CONSULTING);
    assertThat(seen().consultation().with()).isEqualTo(NUMBER);
    assertThat(seen().consultation().outside()).isTrue();
    assertThat(seen().consultation().state()).isEqualTo(ConsultationState.RINGING);
    isRefused(new DeskCommand.CompleteTransfer(id), "is being called");
    answers("c-");
    assertThat(seen().consultation().state()).isEqualTo(ConsultationState.TALKING);
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class)).isEmpty();
  }

  @Test
  void swappedTheyWaitWithMusicWhileTheAgentSpeaksToTheCustomer() {
    spoken();
    floor.command(ANN, new DeskCommand.Swap(id));
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
    assertThat(seen().consultation().state()).isEqualTo(ConsultationState.WAITING);
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.MusicOn(outside()));
    floor.command(ANN, new DeskCommand.Swap(id));
    assertThat(seen().consultation().state()).isEqualTo(ConsultationState.TALKING);
  }

  @Test
  void completedTheCustomerIsTheirsAndTheAgentFinishesTheirRecord() {
    spoken();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(joins()).contains(new SwitchCommand.Join("b-" + id, outside()));
    assertThat(phase()).isEqualTo("OUTSIDE");
    floor.event(new LegJoined(outside(), floor.tick(), "b-" + id));
    floor.hangsUp(outside());
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class).getLast().leg())
        .isEqualTo(talk.customer());
  }

  @Test
  void completedWhileTheyHungUpTheCustomerComesBack() {
    spoken();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id));
    floor.hangsUp(outside());
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(phase()).isEqualTo("RINGING");
  }

  @Test
  void cancelledTheAgentIsWithTheCustomerAgain() {
    spoken();
    floor.command(ANN, new DeskCommand.CancelConsultation(id));
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
    assertThat(seen().consultation()).isNull();
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class).getLast().leg()).isEqualTo(outside());
    floor.hangsUp(outside());
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
  }

  @Test
  void joinedAllHearEachOtherAndTheOtherTwoGoOnWhenTheAgentLeaves() {
    annTalks(true);
    asks();
    answers("c-");
    floor.command(ANN, new DeskCommand.Merge(id));
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
    assertThat(seen().others()).containsExactly(NUMBER);
    isRefused(new DeskCommand.Park(id), "leave the conference");
    floor.event(new LegJoined(outside(), floor.tick(), "b-" + id));
    floor.command(ANN, new DeskCommand.HangUp(id));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(phase()).isEqualTo("OUTSIDE");
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class)).hasSize(1);
  }

  @Test
  void aNumberThatIsBusyIsToldAndTheCustomerIsTakenBack() {
    annTalks(false);
    asks();
    fails(17);
    assertThat(seen().phase()).isEqualTo(Phase.HELD);
    assertThat(seen().consultation().state()).isEqualTo(ConsultationState.BUSY);
    floor.command(ANN, new DeskCommand.Resume(id));
    assertThat(seen().phase()).isEqualTo(Phase.TALKING);
    assertThat(seen().consultation()).isNull();
  }

  @Test
  void theCustomerHangsUpAndTheTwoSpeakOnUntilOneOfThemHangsUp() {
    spoken();
    floor.hangsUp(talk.customer());
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    isRefused(new DeskCommand.CompleteTransfer(id), "hung up");
    floor.hangsUp(outside());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    floor.hangsUp(talk.agent());
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void theCustomerHangsUpWhileItRingsAndNobodyIsCalledAnyMore() {
    annTalks(false);
    asks();
    floor.hangsUp(talk.customer());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(order -> order.leg().equals(outside()));
    assertThat(record().outside().getFirst().outcome()).isEqualTo("CANCELLED");
  }

  @Test
  void theAgentDropsOutAndWhoAnsweredHasTheCustomer() {
    spoken();
    floor.hangsUp(talk.agent());
    assertThat(phase()).isEqualTo("OUTSIDE");
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
  }

  @Test
  void whereTheQueueSaysSoTheAgentWhoDropsOutHandsNobodyOver() {
    floor.directory = floor.withComfort(new Comfort(0, null, 3, 15, 120, DropOut.BACK));
    spoken();
    floor.hangsUp(talk.agent());
    assertThat(phase()).isEqualTo("WAITING");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(order -> order.leg().equals(outside()));
  }

  @Test
  void theAgentDropsOutWhileItRingsAndTheCustomerWaitsAgain() {
    annTalks(false);
    asks();
    floor.hangsUp(talk.agent());
    assertThat(phase()).isEqualTo("WAITING");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(order -> order.leg().equals(outside()));
  }

  @Test
  void nobodyElseIsAskedMeanwhile() {
    spoken();
    floor.ready(BOB);
    isRefused(new DeskCommand.Consult(id, TransferTo.AGENT, BOB.toString()), "take the customer back");
    floor.command(ANN, new DeskCommand.Swap(id));
    isRefused(new DeskCommand.Consult(id, TransferTo.AGENT, BOB.toString()), "consulted in this call");
    isRefused(new DeskCommand.Transfer(id, TransferTo.NUMBER, NUMBER), "You consult somebody");
    isRefused(new DeskCommand.HangUp(id), "You consult somebody");
  }
}
