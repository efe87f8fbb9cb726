package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.ParkedCall;
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
import org.junit.jupiter.api.Test;

/** A customer is left in a place that the team sees, and picked up there. */
class ParkingTest {
  private final Floor floor = new Floor();
  private Floor.Talking talk;
  private String id = "";

  private void annParks() {
    floor.link().ready(ANN);
    talk = floor.talking();
    id = talk.call().toString();
    floor.ready(BOB);
    floor.pbx.forgetCommands();
    floor.command(ANN, new DeskCommand.Park(id));
  }

  private List<ParkedCall> seen(AgentId agent) {
    floor.desk.tick();
    floor.step();
    List<ParkedCall> parked = List.of();
    for (DeskMessage message : floor.told.get(agent)) {
      if (message instanceof DeskMessage.Snapshot snapshot) {
        parked = snapshot.queues().stream().flatMap(q -> q.parked().stream()).toList();
      } else if (message instanceof DeskMessage.QueuesChanged changed) {
        parked = changed.queues().getFirst().parked();
      }
    }
    return parked;
  }

  private void assertRefused(AgentId agent, DeskCommand command, String why) {
    assertThatThrownBy(() -> floor.command(agent, command))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining(why);
  }

  @Test
  void theCustomerHearsMusicInAPlaceThatTheTeamSeesAndWhoParkedWrapsUp() {
    annParks();
    assertThat(floor.pbx.commands())
        .containsSubsequence(
            new SwitchCommand.Leave("b-" + id, talk.customer()),
            new SwitchCommand.MusicOn(talk.customer()));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertThat(floor.stateOf(BOB)).isEqualTo("READY");
    assertThat(seen(BOB))
        .extracting(ParkedCall::callId, ParkedCall::place, ParkedCall::by)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(id, 1, "ann"));
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class)).isEmpty();
  }

  @Test
  void anotherAgentPicksItUpAndTheirPhoneAnswersByItself() {
    annParks();
    floor.command(BOB, new DeskCommand.PickUp(id));
    assertThat(floor.pbx.commands(SwitchCommand.Dial.class))
        .hasSize(1).allMatch(dial -> dial.order().autoAnswer());
    assertRefused(ANN, new DeskCommand.PickUp(id), "Somebody else picks this call up");
    LegKey bob = floor.ringing();
    floor.event(new CallEvent.LegAnswered(bob, floor.tick()));
    floor.joined(talk.customer());
    floor.joined(bob);
    assertThat(floor.shown(BOB).get(id).phase()).isEqualTo(Phase.TALKING);
    assertThat(seen(BOB)).isEmpty();
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.PickUp(id)))
        .hasCauseInstanceOf(Fault.NotFound.class);
    floor.hangsUp(talk.customer());
    floor.hangsUp(bob);
    floor.hangsUp(talk.agent());
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.store.calls).hasSize(1);
    assertThat(floor.store.segments.values())
        .extracting(CallRecord.Segment::agent, CallRecord.Segment::outcome)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(ANN, "PARKED"),
            org.assertj.core.groups.Tuple.tuple(BOB, "ENDED"));
  }

  @Test
  void whoParkedItPicksItUpOutOfTheirWrapUp() {
    annParks();
    floor.hangsUp(talk.agent());
    floor.device("2001", DeviceState.IDLE);
    floor.command(ANN, new DeskCommand.PickUp(id));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void afterItsTimeItRingsAtWhoParkedIt() {
    annParks();
    floor.command(ANN, new DeskCommand.FinishWrapUp(id, "solved"));
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.pass(Duration.ofSeconds(119));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    floor.pass(Duration.ofSeconds(2));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(floor.shown(ANN).get(id).phase()).isEqualTo(Phase.RINGING);
  }

  @Test
  void theQueueSaysHowLongItStaysParked() {
    floor.directory = floor.withComfort(new Comfort(0, null, 3, 15, 30, DropOut.COMPLETE));
    annParks();
    floor.command(ANN, new DeskCommand.FinishWrapUp(id, "solved"));
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    floor.pass(Duration.ofSeconds(29));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    floor.pass(Duration.ofSeconds(2));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void whereWhoParkedItIsNotThereItGoesToTheQueueAsOldAsItIs() {
    annParks();
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, new DeskCommand.FinishWrapUp(id, "solved"));
    floor.pass(Duration.ofSeconds(121));
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
  }

  @Test
  void aPickUpThatIsNotAnsweredLeavesItParked() {
    annParks();
    floor.command(BOB, new DeskCommand.PickUp(id));
    floor.event(
        new CallEvent.LegEnded(
            floor.ringing(), floor.tick(), new EndCause(EndCause.Side.FAR, 21, 603, "Decline")));
    assertThat(seen(BOB)).hasSize(1);
  }

  @Test
  void twoParkedCallsHaveTwoPlacesAndACallerWhoHangsUpLeavesTheirs() {
    annParks();
    floor.command(ANN, new DeskCommand.FinishWrapUp(id, "solved"));
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    Floor.Talking other = floor.talking(floor.arrives(Floor.PLAIN));
    floor.command(ANN, new DeskCommand.Park(other.call().toString()));
    assertThat(seen(BOB)).extracting(ParkedCall::place).containsExactly(1, 2);
    floor.hangsUp(talk.customer());
    assertThat(seen(BOB)).extracting(ParkedCall::place).containsExactly(2);
  }

  @Test
  void aKillWhileItIsParkedLosesNothing() {
    annParks();
    floor.kill();
    floor.boot();
    floor.pbx.forgetCommands();
    floor.link(DeviceState.IDLE, new LiveLeg(talk.customer(), true, null, null));
    assertThat(floor.pbx.commands()).contains(new SwitchCommand.MusicOn(talk.customer()));
    floor.open(ANN, "c-1").open(BOB, "c-2");
    assertThat(seen(BOB)).extracting(ParkedCall::place).containsExactly(1);
    floor.command(BOB, new DeskCommand.PickUp(id));
    assertThat(floor.stateOf(BOB)).isEqualTo("OFFERED");
  }

  @Test
  void whatCannotBeIsRefusedWithItsReason() {
    annParks();
    assertRefused(ANN, new DeskCommand.Park(id), "not connected");
    floor.command(BOB, new DeskCommand.NotReady("lunch"));
    assertRefused(BOB, new DeskCommand.PickUp(id), "You are not ready");
  }
}
