package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

/** An agent acts on their own part of a call, and of others' calls learns nothing. */
class OwnCallsTest {
  private static final String CUSTOMER = new UUID(3, 3).toString();
  private static final Map<String, Function<String, DeskCommand>> ASKED =
      Map.ofEntries(
          Map.entry("answer", DeskCommand.Answer::new),
          Map.entry("decline", DeskCommand.Decline::new),
          Map.entry("hold", DeskCommand.Hold::new),
          Map.entry("resume", DeskCommand.Resume::new),
          Map.entry("keys", call -> new DeskCommand.SendKeys(call, "1")),
          Map.entry("transfer", call -> new DeskCommand.Transfer(call, TransferTo.QUEUE, "care")),
          Map.entry("hand outside", call -> new DeskCommand.Transfer(call, TransferTo.NUMBER, "13800138001")),
          Map.entry("consult", call -> new DeskCommand.Consult(call, TransferTo.AGENT, ANN.toString())),
          Map.entry("consult outside", call -> new DeskCommand.Consult(call, TransferTo.NUMBER, "13800138001")),
          Map.entry("swap", DeskCommand.Swap::new),
          Map.entry("complete", DeskCommand.CompleteTransfer::new),
          Map.entry("cancel", DeskCommand.CancelConsultation::new),
          Map.entry("merge", DeskCommand.Merge::new),
          Map.entry("park", DeskCommand.Park::new),
          Map.entry("pick up", DeskCommand.PickUp::new),
          Map.entry("hang up", DeskCommand.HangUp::new),
          Map.entry("pause", DeskCommand.PauseRecording::new),
          Map.entry("record again", DeskCommand.ResumeRecording::new),
          Map.entry("notes", call -> new DeskCommand.SaveNotes(call, "x", 0)),
          Map.entry("customer", call -> new DeskCommand.ChooseCustomer(call, CUSTOMER)),
          Map.entry("verify", call -> new DeskCommand.Verify(call, "birth-date")),
          Map.entry("outcome", call -> new DeskCommand.Dispose(call, "solved")),
          Map.entry("longer", DeskCommand.ExtendWrapUp::new),
          Map.entry("finish", call -> new DeskCommand.FinishWrapUp(call, null)));

  private final Floor floor = new Floor();

  static List<String> asked() {
    return ASKED.keySet().stream().sorted().toList();
  }

  private Fault answered(AgentId agent, DeskCommand command) {
    return (Fault) catchThrowable(() -> floor.command(agent, command)).getCause();
  }

  @ParameterizedTest
  @MethodSource("asked")
  void whoeverAsksForAColleaguesCallIsToldTheSameAsOfNoCall(String what) {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.ready(BOB);
    floor.pbx.forgetCommands();
    Function<String, DeskCommand> command = ASKED.get(what);
    Fault theirs = answered(BOB, command.apply(talk.call().toString()));
    Fault nobodys = answered(BOB, command.apply(new UUID(7, 7).toString()));
    assertThat(theirs).isInstanceOf(Fault.NotFound.class).hasMessage(nobodys.getMessage());
    assertThat(nobodys).isInstanceOf(Fault.NotFound.class);
    assertThat(floor.pbx.commands()).isEmpty();
  }

  private DeskDoor.Look look(AgentId agent) {
    CompletionStage<DeskDoor.Look> look = floor.desk.look(agent);
    floor.step();
    return look.toCompletableFuture().join();
  }

  @Test
  void anAgentsOwnDeskIsLookedAtWithoutOpeningOne() {
    floor.link().ready(ANN);
    floor.arrives(PLAIN);
    assertThat(look(ANN).me().user()).isEqualTo("ann");
    assertThat(look(ANN).me().state()).isEqualTo("OFFERED");
    assertThat(look(ANN).calls()).extracting(CallView::phase).containsExactly(CallView.Phase.RINGING);
    assertThat(look(ANN).queues()).extracting(QueueLoad::queue).containsExactly("care");
    assertThat(look(BOB).calls()).isEmpty();
    assertThat(look(BOB).me().state()).isEqualTo("OFFLINE");
  }
}
