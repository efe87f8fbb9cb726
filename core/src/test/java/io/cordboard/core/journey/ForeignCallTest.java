package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.kernel.CallEvent.AgentObserved;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that another switch routes, at the desk of the agent whom that switch names. */
class ForeignCallTest {
  private static final CustomerId OTHER = Floor.card(2, "李雷").id();
  private final Floor floor = new Floor();
  private final LegKey leg = new LegKey("cti-pbx", 0, "x-1");

  @BeforeEach
  void desks() {
    floor.cards.cards.put(OTHER, Floor.card(2, "李雷"));
    floor.link().ready(ANN).ready(BOB);
  }

  private String ringsAt(String agent) {
    begins("in", PLAIN);
    floor.event(new AgentObserved(leg, floor.tick(), agent));
    floor.event(new LegRinging(leg, floor.tick()));
    return floor.callOf(leg).toString();
  }

  private CallRecord ended() {
    floor.event(new LegAnswered(leg, floor.tick()));
    hangsUp();
    assertThat(floor.store.calls).hasSize(1);
    return floor.store.calls.values().iterator().next();
  }

  private void hangsUp() {
    floor.event(new LegEnded(leg, floor.tick(), EndCause.absent()));
  }

  private void begins(String trunk, String line) {
    floor.event(
        new LegArrived(
            leg, floor.tick(), Control.OBSERVED, NumberClaims.of(trunk, Floor.CALLER, line), null, null));
  }

  private List<String> owed() {
    return floor.store.tasks.stream()
        .filter(TaskChange.Missed.class::isInstance)
        .map(task -> ((TaskChange.Missed) task).queue())
        .toList();
  }

  private List<String> done() {
    return floor.store.tasks.stream()
        .filter(TaskChange.Served.class::isInstance)
        .map(task -> ((TaskChange.Served) task).queue())
        .toList();
  }

  @Test
  void aMissedOneIsOwedByTheQueueOfTheLineThatWasCalled() {
    begins("in", PLAIN);
    hangsUp();
    assertThat(owed()).containsExactly("care");
  }

  @Test
  void aMissedOneOnALineThatIsNotOursIsOwedByNoQueueInParticular() {
    begins("in", "+862155550000");
    hangsUp();
    assertThat(owed()).containsExactly("");
  }

  @Test
  void anAnsweredOneIsOwedNoMoreByTheQueueOfItsLine() {
    ringsAt("ann");
    ended();
    assertThat(owed()).isEmpty();
    assertThat(done()).containsExactlyInAnyOrder("care", "");
  }

  @Test
  void aCallBackFromAnExtensionIsOwedNoMoreByTheQueuesOfItsAgent() {
    begins(NumberClaims.OUTGOING, "2001");
    floor.event(new AgentObserved(leg, floor.tick(), "ann"));
    ended();
    assertThat(done()).containsExactlyInAnyOrder("care", "");
  }

  @Test
  void aCustomerWhomWeDidNotReachIsNoCallOfTheirsThatWeMissed() {
    begins(NumberClaims.OUTGOING, PLAIN);
    hangsUp();
    assertThat(floor.store.tasks).isEmpty();
  }

  @Test
  void itPopsAtTheAgentNamedByUserNameAndTheRecordHasThem() {
    String call = ringsAt("Ann");
    CallView shown = floor.shown(ANN).get(call);
    assertThat(shown.phase()).isEqualTo(Phase.RINGING);
    assertThat(shown.match().customerId()).isEqualTo(Floor.card().id().toString());
    assertThat(floor.shown(BOB)).isEmpty();
    CallRecord record = ended();
    assertThat(record.agent()).isEqualTo(ANN);
    assertThat(record.controlled()).isFalse();
    assertThat(record.customer()).isEqualTo(Floor.card().id());
  }

  @Test
  void itPopsAtTheAgentNamedByExtensionAndTheRecordHasThem() {
    String call = ringsAt("2002");
    assertThat(floor.shown(BOB)).containsKey(call);
    assertThat(ended().agent()).isEqualTo(BOB);
  }

  @Test
  void aCallThatGoesOnToAnotherAgentBelongsToTheLast() {
    String call = ringsAt("ann");
    floor.event(new AgentObserved(leg, floor.tick(), "bob"));
    assertThat(floor.shown(ANN)).doesNotContainKey(call);
    assertThat(floor.shown(BOB)).containsKey(call);
    assertThat(ended().agent()).isEqualTo(BOB);
  }

  @Test
  void aNameThatNobodyHasPopsNowhereAndTheRecordIsKept() {
    ringsAt("somebody else 😀");
    assertThat(floor.shown(ANN)).isEmpty();
    assertThat(ended().agent()).isNull();
  }

  @Test
  void theAgentIsKnownAgainAfterARestart() {
    ringsAt("ann");
    floor.kill();
    floor.boot();
    floor.link();
    assertThat(ended().agent()).isEqualTo(ANN);
  }

  @Test
  void theAgentChoosesTheCustomerVerifiesAndWritesAndNobodyElseDoes() {
    String call = ringsAt("ann");
    List<DeskCommand> commands =
        List.of(
            new DeskCommand.ChooseCustomer(call, OTHER.toString()),
            new DeskCommand.Verify(call, "address"),
            new DeskCommand.SaveNotes(call, "wants a new filter", 0));
    for (DeskCommand command : commands) {
      assertThatThrownBy(() -> floor.command(BOB, command)).hasCauseInstanceOf(Fault.NotFound.class);
      floor.command(ANN, command);
    }
    CallView shown = floor.shown(ANN).get(call);
    assertThat(shown.match().customerId()).isEqualTo(OTHER.toString());
    assertThat(shown.verified()).isNotNull();
    assertThat(shown.notes()).isEqualTo("wants a new filter");
    assertThat(ended().customer()).isEqualTo(OTHER);
  }

  @Test
  void afterATalkTheAgentSaysWhatCameOfItAndTheRecordHasIt() {
    String call = ringsAt("ann");
    ended();
    CallView shown = floor.shown(ANN).get(call);
    assertThat(shown.phase()).isEqualTo(Phase.WRAP_UP);
    assertThat(shown.wrapUpUntil().truncatedTo(ChronoUnit.MILLIS))
        .isEqualTo(floor.clock.now().plusSeconds(30));
    assertThatThrownBy(() -> floor.command(BOB, new DeskCommand.Dispose(call, "solved")))
        .hasCauseInstanceOf(Fault.NotFound.class);
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Dispose(call, "eaten")))
        .hasCauseInstanceOf(Fault.BadRequest.class);
    floor.command(ANN, new DeskCommand.SaveNotes(call, "has a new filter", 0));
    floor.command(ANN, new DeskCommand.Dispose(call, "solved"));
    assertThat(floor.shown(ANN).get(call).disposition()).isEqualTo("solved");
    floor.command(ANN, new DeskCommand.FinishWrapUp(call, null));
    CallView done = floor.shown(ANN).get(call);
    assertThat(done.phase()).isEqualTo(Phase.DONE);
    assertThat(done.notes()).isEqualTo("has a new filter");
    assertThat(floor.store.calls.values()).singleElement().satisfies(record -> {
      assertThat(record.disposition()).isEqualTo("solved");
      assertThat(record.agent()).isEqualTo(ANN);
    });
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void theWrapUpHoldsNobodyAndIsOverByItself() {
    String call = ringsAt("ann");
    ended();
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    floor.pass(Duration.ofSeconds(29));
    assertThat(floor.shown(ANN).get(call).phase()).isEqualTo(Phase.WRAP_UP);
    floor.pass(Duration.ofSeconds(2));
    assertThat(floor.shown(ANN).get(call).phase()).isEqualTo(Phase.DONE);
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void theWrapUpGoesOnAfterARestartWithWhatWasSaid() {
    String call = ringsAt("ann");
    floor.event(new LegAnswered(leg, floor.tick()));
    floor.command(ANN, new DeskCommand.Dispose(call, "solved"));
    hangsUp();
    floor.kill();
    floor.boot();
    floor.link().open(ANN, "c-again");
    CallView shown = floor.shown(ANN).get(call);
    assertThat(shown.phase()).isEqualTo(Phase.WRAP_UP);
    assertThat(shown.disposition()).isEqualTo("solved");
    floor.command(ANN, new DeskCommand.FinishWrapUp(call, "solved"));
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void aCallThatNobodyAnsweredHasNoWrapUp() {
    String call = ringsAt("ann");
    hangsUp();
    assertThat(floor.shown(ANN).get(call).phase()).isEqualTo(Phase.DONE);
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.FinishWrapUp(call, null)))
        .hasCauseInstanceOf(Fault.NotFound.class);
  }

  @Test
  void whoTellsOfACallHasItsIdFromTheFirstPostOn() {
    LiveCalls calls = new LiveCalls(floor.ledger, floor.journeys, new SwitchBoard());
    LegArrived arrival =
        new LegArrived(
            leg, floor.tick(), Control.OBSERVED, NumberClaims.of("in", Floor.CALLER, PLAIN), null, null);
    var told = calls.observe(new Happened(arrival)).toCompletableFuture();
    floor.step();
    assertThat(told).isCompletedWithValue(floor.callOf(leg));
    var over =
        calls.observe(new Happened(new LegEnded(leg, floor.tick(), EndCause.absent()))).toCompletableFuture();
    floor.step();
    var again = calls.observe(new Happened(new LegAnswered(leg, floor.tick()))).toCompletableFuture();
    floor.step();
    assertThat(over.join()).isEqualTo(told.join()).isEqualTo(again.join());
  }

  @Test
  void whatOnlyTheOtherSwitchCanDoIsRefusedWithTheReason() {
    String call = ringsAt("ann");
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.Answer(call)))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining("Another switch routes this call");
  }
}
