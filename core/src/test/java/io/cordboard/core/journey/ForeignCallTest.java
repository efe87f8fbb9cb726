package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
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
    floor.event(
        new LegArrived(
            leg, floor.tick(), Control.OBSERVED, NumberClaims.of("in", Floor.CALLER, PLAIN), null, null));
    floor.event(new AgentObserved(leg, floor.tick(), agent));
    floor.event(new LegRinging(leg, floor.tick()));
    return floor.callOf(leg).toString();
  }

  private CallRecord ended() {
    floor.event(new LegAnswered(leg, floor.tick()));
    floor.event(new LegEnded(leg, floor.tick(), EndCause.absent()));
    assertThat(floor.store.calls).hasSize(1);
    return floor.store.calls.values().iterator().next();
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
