package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.CALLER;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.EventCodec;
import io.cordboard.core.call.LedgerFact.CallBackOver;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.service.CallBackTasks.Given;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits may hang up and keep the place; the call-back is given out when its turn comes. */
class CallBackTest {
  private final Floor floor = new Floor();

  @BeforeEach
  void nobodyIsReady() {
    floor.directory = floor.withComfort(new Comfort(15, "1"));
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
  }

  private LegKey waits() {
    return waits(floor.arrives(RECORDED));
  }

  /** Somebody else waits. */
  private LegKey anotherWaits() {
    LegKey customer = floor.pbx.arrives("other", "+8613900139000", RECORDED);
    floor.step();
    return waits(customer);
  }

  private LegKey waits(LegKey customer) {
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    heard(customer);
    return customer;
  }

  private SwitchCommand.Announce said() {
    return floor.pbx.commands(SwitchCommand.Announce.class).getLast();
  }

  private void heard(LegKey customer) {
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), said().playId(), true));
  }

  private void presses(LegKey customer, String key) {
    floor.event(new CallEvent.DigitPressed(customer, floor.tick(), key));
  }

  /** Presses the key, is thanked and goes; the place is kept. */
  private CallId keepsPlace() {
    LegKey customer = waits();
    CallId call = floor.callOf(customer);
    presses(customer, "1");
    heard(customer);
    floor.hangsUp(customer);
    return call;
  }

  private int waiting() {
    var answer = floor.ledger.ask(turn -> floor.journeys.offers().room().size("care"));
    floor.step();
    return answer.toCompletableFuture().join();
  }

  private List<String> notices() {
    return floor.told.get(ANN).stream()
        .filter(DeskMessage.Notice.class::isInstance)
        .map(message -> ((DeskMessage.Notice) message).code())
        .toList();
  }

  private DialOrder rung() {
    return floor.pbx.commands(SwitchCommand.Dial.class).getLast().order();
  }

  private List<OutsideOrder> dialled() {
    return floor.pbx.commands(SwitchCommand.DialOutside.class).stream()
        .map(SwitchCommand.DialOutside::order)
        .toList();
  }

  private LegKey agentAnswers() {
    LegKey agent = floor.ringing();
    floor.event(new CallEvent.LegAnswered(agent, floor.tick()));
    return agent;
  }

  private LegKey customer() {
    return floor.pbx.leg(dialled().getLast().channel());
  }

  /** The agent takes it, the customer's phone is so. */
  private void notReached(int q850) {
    LegKey agent = agentAnswers();
    floor.event(
        new CallEvent.LegEnded(
            customer(), floor.tick(), new EndCause(EndCause.Side.FAR, q850, 0, "no")));
    floor.hangsUp(agent);
  }

  private void finish() {
    floor.command(ANN, new DeskCommand.FinishWrapUp(theCall(ANN), null));
  }

  private String theCall(AgentId agent) {
    return List.copyOf(floor.shown(agent).keySet()).getLast();
  }

  private List<TaskChange.Tried> tried() {
    return floor.store.tasks.stream()
        .filter(TaskChange.Tried.class::isInstance)
        .map(TaskChange.Tried.class::cast)
        .toList();
  }

  private List<String> outcomes() {
    return floor.store.calls.values().stream().map(CallRecord::outcome).toList();
  }

  private Optional<String> over(CallId call) {
    return floor.store.journal.stream()
        .filter(entry -> entry.call().equals(call))
        .map(entry -> new EventCodec().decode(entry.type(), entry.body()))
        .filter(CallBackOver.class::isInstance)
        .map(over -> ((CallBackOver) over).how())
        .findFirst();
  }

  private String becomesReady() {
    floor.command(ANN, new DeskCommand.Ready());
    floor.step();
    return floor.stateOf(ANN);
  }

  @Test
  void whoPressesTheKeyIsThankedAndEndedAndKeepsThePlaceAndATask() {
    LegKey customer = waits();
    floor.pass(Duration.ofSeconds(16));
    presses(customer, "1");
    assertThat(said().announcement().text()).contains("给您回电");
    heard(customer);
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class).getLast().leg()).isEqualTo(customer);
    floor.hangsUp(customer);
    assertThat(waiting()).isEqualTo(1);
    assertThat(floor.store.tasks).hasSize(1);
    assertThat(floor.store.tasks.getFirst())
        .isInstanceOfSatisfying(
            TaskChange.Missed.class,
            task -> {
              assertThat(task.reason()).isEqualTo("call-back");
              assertThat(task.number()).isEqualTo(CALLER);
            });
    assertThat(floor.store.calls.values())
        .extracting(CallRecord::outcome)
        .containsExactly("CALL_BACK");
  }

  @Test
  void theOfferIsSpokenAfterThePlace() {
    LegKey customer = waits();
    floor.pass(Duration.ofSeconds(16));
    heard(customer);
    assertThat(said().announcement().text()).isEqualTo("如果希望我们按顺序给您回电，请按1。");
  }

  @Test
  void anotherKeyKeepsNoPlaceNorDoesTheKeyWhileAnAgentIsRung() {
    LegKey customer = waits();
    presses(customer, "2");
    floor.command(ANN, new DeskCommand.Ready());
    floor.ringing();
    presses(customer, "1");
    assertThat(floor.store.tasks).isEmpty();
    floor.hangsUp(customer);
    assertThat(waiting()).isZero();
  }

  @Test
  void atItsTurnItRingsAtTheAgentWithTheCardAndWhenItWasAskedAndNobodyIsDialled() {
    long before = floor.clock.micros();
    CallId kept = keepsPlace();
    anotherWaits();
    assertThat(becomesReady()).isEqualTo("OFFERED");
    CallView card = floor.shown(ANN).values().iterator().next();
    assertThat(card.phase()).isEqualTo(CallView.Phase.RINGING);
    assertThat(card.callBackAskedAt()).isAfterOrEqualTo(Clock.instant(before));
    assertThat(card.number()).isEqualTo(CALLER);
    assertThat(card.match().customerId()).isEqualTo(Floor.card().id().toString());
    assertThat(rung().autoAnswer()).isFalse();
    assertThat(waiting()).isEqualTo(2);
    assertThat(dialled()).isEmpty();
    assertThat(over(kept)).isEmpty();
  }

  @Test
  void whoAnswersItIsPutThroughToTheCustomerWithTheLineTheyHadCalled() {
    CallId kept = keepsPlace();
    becomesReady();
    LegKey agent = agentAnswers();
    assertThat(dialled()).hasSize(1);
    assertThat(dialled().getFirst().number()).isEqualTo(CALLER);
    assertThat(dialled().getFirst().shownNumber()).isEqualTo(RECORDED);
    assertThat(dialled().getFirst().with()).isEqualTo(agent);
    LegKey customer = customer();
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    heard(customer);
    assertThat(over(kept)).contains("CALLED");
    assertThat(waiting()).isZero();
    assertThat(floor.phase(ANN)).isEqualTo(CallView.Phase.TALKING);
    floor.hangsUp(customer);
    assertThat(floor.phase(ANN)).isEqualTo(CallView.Phase.WRAP_UP);
    assertThat(floor.store.tasks.getLast()).isInstanceOf(TaskChange.Served.class);
    floor.hangsUp(agent);
    assertThat(outcomes()).containsExactlyInAnyOrder("CALL_BACK", "ANSWERED");
  }

  @Test
  void declinedOrNotAnsweredTheNextAgentIsAskedAndThePlaceIsKept() {
    CallId kept = keepsPlace();
    becomesReady();
    floor.command(ANN, new DeskCommand.Decline(theCall(ANN)));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(waiting()).isEqualTo(1);
    assertThat(tried()).extracting(TaskChange.Tried::outcome).containsExactly((String) null);
    floor.ready(BOB);
    floor.step();
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
    LegKey bob = floor.ringing();
    floor.event(
        new CallEvent.LegEnded(bob, floor.tick(), new EndCause(EndCause.Side.SWITCH, 19, 0, "rang out")));
    assertThat(floor.stateOf(BOB)).isEqualTo("NOT_READY");
    assertThat(over(kept)).isEmpty();
    assertThat(dialled()).isEmpty();
    assertThat(becomesReady()).isEqualTo("OFFERED");
  }

  @Test
  void whoDoesNotAnswerIsCalledAgainAfterAWhileAndAtLastOnlyTheTaskIsLeft() {
    CallId kept = keepsPlace();
    becomesReady();
    notReached(17);
    assertThat(tried().getLast().outcome()).isEqualTo("BUSY");
    assertThat(tried().getLast().dueAt() - tried().getLast().at()).isBetween(899_000_000L, 900_000_000L);
    finish();
    assertThat(becomesReady()).isEqualTo("READY");
    floor.pass(Duration.ofMinutes(16));
    assertThat(becomesReady()).isEqualTo("OFFERED");
    notReached(19);
    assertThat(tried().getLast().outcome()).isEqualTo("NO_ANSWER");
    finish();
    assertThat(over(kept)).isEmpty();
    floor.pass(Duration.ofMinutes(16));
    assertThat(becomesReady()).isEqualTo("OFFERED");
    notReached(19);
    assertThat(over(kept)).contains("NOT_REACHED");
    assertThat(waiting()).isZero();
    assertThat(outcomes()).containsExactlyInAnyOrder("CALL_BACK", "BUSY", "NO_ANSWER", "NO_ANSWER");
  }

  @Test
  void aNumberThatDoesNotExistIsNotDialledAgain() {
    CallId kept = keepsPlace();
    becomesReady();
    notReached(1);
    assertThat(tried().getLast().outcome()).isEqualTo("WRONG_NUMBER");
    assertThat(over(kept)).contains("NOT_REACHED");
  }

  @Test
  void whoCallsWhileItRingsAtAnAgentIsServedThereAndNotCalledToo() {
    CallId kept = keepsPlace();
    becomesReady();
    String back = theCall(ANN);
    LegKey own = floor.ringing();
    LegKey again = waits();
    assertThat(over(kept)).contains("CALLED_AGAIN");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg)
        .contains(own);
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(theCall(ANN)).isEqualTo(floor.callOf(again).toString()).isNotEqualTo(back);
    assertThat(dialled()).isEmpty();
  }

  @Test
  void whoCallsWhileTheyAreDialledIsNotDialledAnyMore() {
    keepsPlace();
    becomesReady();
    agentAnswers();
    LegKey dialled = customer();
    waits();
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg)
        .contains(dialled);
    assertThat(floor.phase(ANN)).isEqualTo(CallView.Phase.WRAP_UP);
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void aRestartWhileItRingsLosesAndDoublesNothing() {
    CallId kept = keepsPlace();
    becomesReady();
    String back = theCall(ANN);
    floor.kill();
    floor.boot();
    floor.open(ANN, "c-1");
    floor.link();
    assertThat(floor.stateOf(ANN)).isIn("OFFERED", "NOT_READY");
    if (floor.stateOf(ANN).equals("NOT_READY")) {
      assertThat(becomesReady()).isEqualTo("OFFERED");
    } else {
      assertThat(theCall(ANN)).isEqualTo(back);
    }
    assertThat(over(kept)).isEmpty();
    agentAnswers();
    assertThat(dialled()).hasSize(1);
  }

  @Test
  void thePlaceOutlivesARestart() {
    keepsPlace();
    anotherWaits();
    floor.kill();
    floor.boot();
    floor.open(ANN, "c-1");
    floor.link();
    assertThat(waiting()).isEqualTo(1);
    assertThat(becomesReady()).isEqualTo("OFFERED");
    assertThat(floor.shown(ANN).get(theCall(ANN)).callBackAskedAt()).isNotNull();
  }

  @Test
  void aNumberThatNobodyMayDialIsGivenAsATask() {
    floor.outside =
        typed -> {
          throw new Fault.Refused("That country is not dialled.");
        };
    keepsPlace();
    anotherWaits();
    assertThat(becomesReady()).isEqualTo("NOT_READY");
    assertThat(notices()).containsExactly("call-back-given");
    assertThat(waiting()).isEqualTo(1);
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
    assertThat(becomesReady()).isEqualTo("OFFERED");
  }

  @Test
  void aQueueThatAnswersByItselfTellsThePageSo() {
    floor.directory = floor.withAutoAnswer();
    keepsPlace();
    becomesReady();
    assertThat(floor.shown(ANN).get(theCall(ANN)).autoAnswer()).isTrue();
  }

  @Test
  void aCallBackThatSomebodyTookHoldsNobody() {
    floor.callBacks = call -> Given.TAKEN;
    keepsPlace();
    anotherWaits();
    assertThat(becomesReady()).isEqualTo("OFFERED");
    assertThat(floor.shown(ANN).get(theCall(ANN)).callBackAskedAt()).isNull();
  }

  @Test
  void whatCannotBeGivenNowIsTriedAgainAndTheOthersAreServedMeanwhile() {
    floor.callBacks = call -> Given.NONE;
    keepsPlace();
    assertThat(becomesReady()).isEqualTo("READY");
    floor.callBacks = call -> Given.GIVEN;
    floor.pass(Duration.ofSeconds(11));
    assertThat(becomesReady()).isEqualTo("OFFERED");
  }

  @Test
  void whoCallsAgainGoesOnFromTheKeptPlaceAndMayKeepItOnceMore() {
    keepsPlace();
    floor.pass(Duration.ofSeconds(40));
    LegKey again = waits();
    assertThat(waiting()).isEqualTo(1);
    var since =
        floor.ledger.ask(turn -> turn.callOf(again).orElseThrow().queued().orElseThrow().since());
    floor.step();
    assertThat(floor.clock.micros() - since.toCompletableFuture().join())
        .isGreaterThan(40_000_000L);
    presses(again, "1");
    heard(again);
    floor.hangsUp(again);
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void afterFourHoursThePlaceLapses() {
    keepsPlace();
    floor.pass(Duration.ofHours(4).minusMinutes(1));
    assertThat(waiting()).isEqualTo(1);
    floor.pass(Duration.ofMinutes(2));
    assertThat(waiting()).isZero();
    assertThat(floor.liveCalls()).isZero();
  }
}
