package io.cordboard.core.journey;

import static io.cordboard.core.journey.RealFloor.ANN;
import static io.cordboard.core.journey.RealFloor.BOB;
import static io.cordboard.core.journey.RealFloor.CARE;
import static io.cordboard.core.journey.RealFloor.PARK_SECONDS;
import static io.cordboard.core.journey.RealFloor.RING_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Call.Phase;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LegState;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.ConsultationState;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.testkit.SwitchHarness;
import io.cordboard.testkit.SwitchHarness.Able;
import io.cordboard.testkit.SwitchHarness.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a customer who is handed on, on a switch that really connects: every edge of it, the
 * same on every switch. A switch's test supplies the harness of its contract suite.
 */
public abstract class HandingOnContract {
  private RealFloor floor;

  /** A switch that is not started, with two devices, callers and numbers outside. */
  protected abstract SwitchHarness harness(Path directory) throws Exception;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    floor = new RealFloor(harness(directory));
  }

  @AfterEach
  void close() {
    floor.close();
  }

  // ---- the steps -----------------------------------------------------------------------------

  /** Ann talks with a customer, Bob is free. */
  private Call annTalks() {
    Call call = floor.talks(ANN);
    floor.ready(BOB);
    return call;
  }

  private static DeskCommand transfer(Call call, AgentId to) {
    return new DeskCommand.Transfer(call.id().toString(), TransferTo.AGENT, to.toString());
  }

  private static DeskCommand transfer(Call call, String number) {
    return new DeskCommand.Transfer(call.id().toString(), TransferTo.NUMBER, number);
  }

  private static DeskCommand consult(Call call, String number) {
    return new DeskCommand.Consult(call.id().toString(), TransferTo.NUMBER, number);
  }

  /** Ann asks Bob, and the two speak while the customer hears music. */
  private Call bothSpeak() {
    Call call = annTalks();
    floor.command(ANN, new DeskCommand.Consult(id(call), TransferTo.AGENT, BOB.toString()));
    floor.lifts(BOB, call);
    floor.together(call, ann(call), bob(call));
    floor.alone(call);
    return call;
  }

  /** Ann asks somebody outside, who answers. */
  private Call outsideSpeaks() {
    Call call = annTalks();
    floor.command(ANN, consult(call, floor.harness.outside(Fate.ANSWERS)));
    LegKey outside = floor.outside(call);
    floor.until("they have answered", () -> call.leg(outside).orElseThrow().up());
    floor.together(call, ann(call), outside);
    floor.alone(call);
    return call;
  }

  private static String id(Call call) {
    return call.id().toString();
  }

  private LegKey ann(Call call) {
    return floor.leg(ANN, call);
  }

  private LegKey bob(Call call) {
    return floor.leg(BOB, call);
  }

  private CallRecord customerHangsUp(Call call) {
    floor.harness.callerHangsUp(floor.customer(call));
    return floor.over(call);
  }

  private void annIsAway(Call call) {
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(call), "solved"));
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
  }

  private static long since(Call call) {
    return call.queued().orElseThrow().since();
  }

  // ---- handed on without asking --------------------------------------------------------------

  @Test
  void theNextAgentAnswersAndHasTheCustomer() {
    Call call = annTalks();
    floor.command(ANN, transfer(call, BOB));
    floor.rings(BOB, call);
    floor.alone(call);
    assertThat(floor.is(ANN, "WRAP_UP")).isTrue();
    floor.lifts(BOB, call);
    floor.together(call, floor.customer(call), bob(call));
    assertThat(customerHangsUp(call).outcome()).isEqualTo("ANSWERED");
    assertThat(floor.parts(call)).containsExactly("ann TRANSFERRED", "bob ENDED");
  }

  @Test
  void theNextAgentDoesNotAnswerAndTheCustomerIsBackAtWhoHandedOn() {
    Call call = annTalks();
    floor.command(ANN, transfer(call, BOB));
    floor.rings(BOB, call);
    floor.pass(Duration.ofSeconds(RING_SECONDS));
    floor.lifts(ANN, call);
    floor.together(call, floor.customer(call), ann(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann TRANSFERRED", "bob NO_ANSWER", "ann ENDED");
  }

  @Test
  void theNextAgentDeclinesAndTheCustomerIsBackAtOnce() {
    Call call = annTalks();
    floor.command(ANN, transfer(call, BOB));
    floor.rings(BOB, call);
    floor.putsDown(BOB, call);
    floor.lifts(ANN, call);
    floor.together(call, floor.customer(call), ann(call));
    customerHangsUp(call);
  }

  @Test
  void whereWhoHandedOnIsAwayTheCustomerWaitsInTheQueueAsOldAsTheyAre() {
    Call call = annTalks();
    long since = since(call);
    floor.command(ANN, transfer(call, BOB));
    floor.rings(BOB, call);
    annIsAway(call);
    floor.command(BOB, new DeskCommand.Decline(id(call)));
    floor.phase(call, Phase.WAITING);
    floor.alone(call);
    assertThat(since(call)).isEqualTo(since);
    floor.command(ANN, new DeskCommand.Ready());
    floor.lifts(ANN, call);
    customerHangsUp(call);
  }

  @Test
  void aQueueGetsTheCallAtItsOldAge() {
    Call call = annTalks();
    long since = since(call);
    floor.command(ANN, new DeskCommand.Transfer(id(call), TransferTo.QUEUE, CARE));
    floor.lifts(BOB, call);
    assertThat(since(call)).isEqualTo(since);
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann TRANSFERRED", "bob ENDED");
  }

  @Test
  void nobodyHandsOnToThemselves() {
    Call call = annTalks();
    assertThatThrownBy(() -> floor.command(ANN, transfer(call, ANN)))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining("You have this call already");
    floor.together(call, floor.customer(call), ann(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann ENDED");
  }

  @Test
  void aChainOfFiveIsOneCallWithFiveParts() {
    Call call = annTalks();
    AgentId has = ANN;
    for (int handed = 0; handed < 4; handed++) {
      AgentId next = has == ANN ? BOB : ANN;
      floor.command(has, transfer(call, next));
      floor.rings(next, call);
      floor.command(has, new DeskCommand.FinishWrapUp(id(call), "solved"));
      floor.lifts(next, call);
      floor.together(call, floor.customer(call), floor.leg(next, call));
      AgentId before = has;
      floor.until("the phone is free", () -> floor.isIdle(before));
      has = next;
    }
    customerHangsUp(call);
    assertThat(floor.parts(call))
        .containsExactly(
            "ann TRANSFERRED", "bob TRANSFERRED", "ann TRANSFERRED", "bob TRANSFERRED", "ann ENDED");
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void theCustomerHangsUpWhileTheNextPhoneRingsAndBothAgentsAreFree() {
    Call call = annTalks();
    floor.command(ANN, transfer(call, BOB));
    floor.rings(BOB, call);
    customerHangsUp(call);
    assertThat(floor.is(BOB, "READY")).isTrue();
  }

  @Test
  void handedOnAndHungUpAtOnceTheCallEndsOnceOrIsHandedOn() {
    Call call = annTalks();
    CompletionStage<Void> ordered = floor.order(ANN, transfer(call, BOB));
    floor.putsDown(ANN, call);
    floor.until("it is carried out", ordered.toCompletableFuture()::isDone);
    if (call.endedAt() == 0) {
      floor.harness.callerHangsUp(floor.customer(call));
    }
    floor.over(call);
    assertThat(floor.store.calls).hasSize(1);
  }

  // ---- outside -------------------------------------------------------------------------------

  @Test
  void somebodyOutsideAnswersAndTheCallIsFollowedUntilTheCustomersLegEnds() {
    Call call = annTalks();
    String number = floor.harness.outside(Fate.ANSWERS);
    floor.command(ANN, transfer(call, number));
    LegKey outside = floor.outside(call);
    floor.together(call, floor.customer(call), outside);
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(call), "solved"));
    assertThat(call.phase()).isEqualTo(Phase.OUTSIDE);
    CallRecord record = customerHangsUp(call);
    assertThat(record.outside()).singleElement().extracting(o -> o.number() + " " + o.outcome())
        .isEqualTo(number + " ANSWERED");
  }

  @Test
  void aBusyNumberOutsideBringsTheCustomerBack() {
    Call call = annTalks();
    floor.command(ANN, transfer(call, floor.harness.outside(Fate.BUSY)));
    floor.lifts(ANN, call);
    floor.together(call, floor.customer(call), ann(call));
    assertThat(customerHangsUp(call).outside()).singleElement().extracting(o -> o.outcome())
        .isEqualTo("BUSY");
  }

  @Test
  void whereWhoHandedOnOutsideIsAwayTheCustomerWaitsInTheQueueAsOldAsTheyAre() {
    Call call = annTalks();
    long since = since(call);
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, transfer(call, floor.harness.outside(Fate.RINGS)));
    LegKey outside = floor.outside(call);
    floor.until("it rings", () -> call.leg(outside).orElseThrow().state() == LegState.RINGING);
    annIsAway(call);
    floor.gone(call, outside);
    floor.phase(call, Phase.WAITING);
    assertThat(since(call)).isEqualTo(since);
    floor.command(BOB, new DeskCommand.Ready());
    floor.lifts(BOB, call);
    customerHangsUp(call);
  }

  // ---- asked first ---------------------------------------------------------------------------

  @Test
  void askedSwappedAndHandedOver() {
    Call call = bothSpeak();
    floor.command(ANN, new DeskCommand.Swap(id(call)));
    floor.together(call, floor.customer(call), ann(call));
    floor.command(ANN, new DeskCommand.Swap(id(call)));
    floor.together(call, ann(call), bob(call));
    floor.alone(call);
    floor.command(ANN, new DeskCommand.CompleteTransfer(id(call)));
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann TRANSFERRED", "bob ENDED");
  }

  @Test
  void ofAQueueWhoeverIsFreeIsAsked() {
    Call call = annTalks();
    floor.command(ANN, new DeskCommand.Consult(id(call), TransferTo.QUEUE, CARE));
    floor.lifts(BOB, call);
    floor.together(call, ann(call), bob(call));
    floor.command(ANN, new DeskCommand.CompleteTransfer(id(call)));
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
  }

  @Test
  void takenBackTheCustomerIsWithWhoAskedAndTheOtherIsFree() {
    Call call = bothSpeak();
    floor.command(ANN, new DeskCommand.CancelConsultation(id(call)));
    floor.together(call, floor.customer(call), ann(call));
    floor.until("Bob is free", () -> floor.is(BOB, "READY"));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann ENDED", "bob CONSULTED");
  }

  @Test
  void inAConferenceAllHearEachOtherAndItGoesOnWhenOneLeaves() {
    Call call = bothSpeak();
    floor.command(ANN, new DeskCommand.Merge(id(call)));
    floor.together(call, floor.customer(call), ann(call), bob(call));
    LegKey left = bob(call);
    floor.putsDown(ANN, call);
    floor.together(call, floor.customer(call), left);
    customerHangsUp(call);
  }

  @Test
  void theOneWhoIsAskedDoesNotAnswerOrDeclinesAndTheCustomerIsTakenBack() {
    Call call = annTalks();
    DeskCommand ask = new DeskCommand.Consult(id(call), TransferTo.AGENT, BOB.toString());
    floor.command(ANN, ask);
    floor.rings(BOB, call);
    floor.alone(call);
    floor.putsDown(BOB, call);
    consultationIs(call, ConsultationState.DECLINED);
    floor.command(ANN, new DeskCommand.Resume(id(call)));
    floor.together(call, floor.customer(call), ann(call));
    floor.ready(BOB);
    floor.until("the phone is free", () -> floor.isIdle(BOB));
    floor.command(ANN, ask);
    floor.rings(BOB, call);
    floor.pass(Duration.ofSeconds(RING_SECONDS));
    consultationIs(call, ConsultationState.NO_ANSWER);
    floor.command(ANN, new DeskCommand.Resume(id(call)));
    floor.together(call, floor.customer(call), ann(call));
    customerHangsUp(call);
  }

  private void consultationIs(Call call, ConsultationState wished) {
    floor.until(
        "the consultation is " + wished,
        () -> {
          CallView seen = floor.seen(ANN, call);
          return seen.consultation() != null && seen.consultation().state() == wished;
        });
  }

  @Test
  void theCustomerHangsUpInTheConsultationAndTheTwoAgentsStayInAnInternalCall() {
    Call call = bothSpeak();
    floor.harness.callerHangsUp(floor.customer(call));
    floor.until("the customer is gone", () -> call.endedAt() != 0);
    floor.together(call, ann(call), bob(call));
    assertThat(floor.is(ANN, "TALKING") && floor.is(BOB, "TALKING")).isTrue();
    floor.putsDown(BOB, call);
    floor.over(call);
  }

  @Test
  void whoAskedDropsOutAndTheOtherHasTheCustomer() {
    Call call = bothSpeak();
    floor.putsDown(ANN, call);
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann TRANSFERRED", "bob ENDED");
  }

  @Test
  void whereTheQueueSaysSoWhoDropsOutHandsNobodyOver() {
    floor.droppingOutGivesBack();
    Call call = bothSpeak();
    long since = since(call);
    LegKey advice = bob(call);
    floor.putsDown(ANN, call);
    floor.until("Bob is let go", () -> call.leg(advice).stream().noneMatch(leg -> leg.alive()));
    assertThat(since(call)).isEqualTo(since);
    floor.lifts(BOB, call);
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
  }

  @Test
  void completedWhileTheOtherHangsUpNobodyIsLost() {
    Call call = bothSpeak();
    LegKey advice = bob(call);
    CompletionStage<Void> completed =
        floor.order(ANN, new DeskCommand.CompleteTransfer(id(call)));
    floor.putsDown(BOB, call);
    floor.until("it is carried out", completed.toCompletableFuture()::isDone);
    floor.until("Bob is gone", () -> !call.leg(advice).orElseThrow().alive());
    // back, at another agent, or music until Bob's phone is there again, where it seemed to be lost
    floor.phase(call, Phase.RINGING, Phase.HELD, Phase.REJOINING, Phase.ENDED);
    if (call.phase() == Phase.ENDED) {
      assertThat(floor.part(BOB, call).orElseThrow().met())
          .as("Bob had spoken to the customer: then he ends the call as anybody may")
          .isTrue();
    } else {
      floor.harness.callerHangsUp(floor.customer(call));
    }
    floor.over(call);
    assertThat(floor.store.calls).hasSize(1);
  }

  @Test
  void somebodyOutsideIsAskedSwappedJoinedAndLeftWithTheCustomer() {
    Call call = outsideSpeaks();
    LegKey outside = floor.outside(call);
    floor.command(ANN, new DeskCommand.Swap(id(call)));
    floor.together(call, floor.customer(call), ann(call));
    floor.command(ANN, new DeskCommand.Merge(id(call)));
    floor.together(call, floor.customer(call), ann(call), outside);
    floor.command(ANN, new DeskCommand.HangUp(id(call)));
    floor.together(call, floor.customer(call), outside);
    customerHangsUp(call);
  }

  @Test
  void somebodyOutsideIsAskedAndTheCustomerHandedOverOrTakenBack() {
    Call handed = outsideSpeaks();
    floor.command(ANN, new DeskCommand.CompleteTransfer(id(handed)));
    floor.together(handed, floor.customer(handed), floor.outside(handed));
    customerHangsUp(handed);
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    Call back = outsideSpeaks();
    LegKey outside = floor.outside(back);
    floor.command(ANN, new DeskCommand.CancelConsultation(id(back)));
    floor.together(back, floor.customer(back), ann(back));
    floor.until("they are let go", () -> !back.leg(outside).orElseThrow().alive());
    customerHangsUp(back);
  }

  // ---- by hand at the phone ------------------------------------------------------------------

  @Test
  void aNumberThatIsDialledByHandReachesThatNumber() {
    needsHandsets();
    floor.ready(ANN);
    Call call =
        floor.comes(() -> floor.harness.dial(floor.address(ANN), floor.harness.outside(Fate.ANSWERS)));
    floor.until("they have answered", () -> call.customerLeg().up());
    floor.together(call, floor.customer(call), ann(call));
    floor.putsDown(ANN, call);
    assertThat(floor.over(call)).extracting(CallRecord::direction, CallRecord::outcome)
        .containsExactly("out", "ANSWERED");
  }

  @Test
  void aColleaguesExtensionThatIsDialledByHandRingsThere() {
    needsHandsets();
    floor.ready(ANN);
    floor.ready(BOB);
    Call call = floor.comes(() -> floor.harness.dial(floor.address(ANN), floor.address(BOB)));
    floor.lifts(BOB, call);
    floor.together(call, ann(call), bob(call));
    floor.putsDown(BOB, call);
    floor.over(call);
  }

  @Test
  void whatMayNotBeDialledByHandIsRefusedAndThePhoneIsFreeAgain() {
    needsHandsets();
    floor.harness.dial(floor.address(ANN), floor.harness.outside(Fate.ANSWERS));
    floor.until(
        "the desk says why",
        () -> floor.notices(ANN).stream().anyMatch(text -> text.contains("not signed in")));
    floor.until("the phone is free", () -> floor.isIdle(ANN));
    assertThat(floor.store.calls).isEmpty();
  }

  @Test
  void aTransferByThePhonesOwnKeyHandsTheCustomerOn() {
    needsHandsets();
    Call call = annTalks();
    floor.harness.refer(ann(call), floor.address(ANN), floor.address(BOB));
    floor.lifts(BOB, call);
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann TRANSFERRED", "bob ENDED");
  }

  private void needsHandsets() {
    assumeTrue(floor.harness.able().contains(Able.HANDSETS), "the harness has no handsets");
  }

  // ---- parked --------------------------------------------------------------------------------

  @Test
  void aParkedCallIsPickedUpByOneOfTwoWhoPressAtOnce() {
    Call call = annTalks();
    floor.command(ANN, new DeskCommand.Park(id(call)));
    floor.alone(call);
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(call), "solved"));
    floor.until("the phone is free", () -> floor.isIdle(ANN));
    CompletionStage<Void> bobs = floor.order(BOB, new DeskCommand.PickUp(id(call)));
    CompletionStage<Void> anns = floor.order(ANN, new DeskCommand.PickUp(id(call)));
    floor.done(bobs);
    assertThatThrownBy(() -> floor.done(anns)).hasMessageContaining("Somebody else picks this call up");
    floor.answers(BOB, call);
    floor.together(call, floor.customer(call), bob(call));
    customerHangsUp(call);
    assertThat(floor.parts(call)).containsExactly("ann PARKED", "bob ENDED");
  }

  @Test
  void aCallThatNobodyPicksUpRingsAtWhoParkedIt() {
    Call call = annTalks();
    floor.command(ANN, new DeskCommand.Park(id(call)));
    floor.alone(call);
    floor.command(ANN, new DeskCommand.FinishWrapUp(id(call), "solved"));
    floor.pass(Duration.ofSeconds(PARK_SECONDS));
    floor.lifts(ANN, call);
    floor.together(call, floor.customer(call), ann(call));
    customerHangsUp(call);
  }
}
