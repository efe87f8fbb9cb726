package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.testkit.SwitchCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What an agent does with an offer and in a talk. */
class CallControlTest {
  private final Floor floor = new Floor();

  private AgentId offered() {
    return floor.stateOf(ANN).equals("OFFERED") ? ANN : BOB;
  }

  private static AgentId other(AgentId agent) {
    return agent.equals(ANN) ? BOB : ANN;
  }

  private long since(CallId call) {
    CompletionStage<Long> answer =
        floor.ledger.ask(turn -> turn.call(call).flatMap(c -> c.queued()).map(Queued::since).orElse(0L));
    floor.step();
    return answer.toCompletableFuture().join();
  }

  @Test
  void aDeclinedCallKeepsItsAgeAndRingsAtTheNextAgentWhileTheFirstIsNotReady() {
    floor.link().ready(ANN).ready(BOB);
    LegKey customer = floor.arrives(PLAIN);
    LegKey ringing = floor.ringing();
    AgentId first = offered();
    CallId call = floor.callOf(customer);
    long since = since(call);
    floor.pass(Duration.ofSeconds(4));

    floor.command(first, new DeskCommand.Decline(call.toString()));

    assertThat(floor.stateOf(first)).isEqualTo("NOT_READY");
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class)).anyMatch(it -> it.leg().equals(ringing));
    assertThat(floor.stateOf(other(first))).isEqualTo("OFFERED");
    assertThat(since(call)).isEqualTo(since);
    assertThat(floor.shown(first)).isEmpty();
  }

  @Test
  void aDeclinedCallGoesBeforeOneThatCameLater() {
    floor.link().ready(ANN);
    LegKey first = floor.arrives(PLAIN);
    floor.pass(Duration.ofSeconds(1));
    floor.arrives(PLAIN);
    floor.command(ANN, new DeskCommand.Decline(floor.callOf(first).toString()));
    floor.ready(BOB);
    assertThat(floor.shown(BOB)).containsOnlyKeys(floor.callOf(first).toString());
  }

  @Test
  void anAnswerThatCrossesTheDeclineMakesNoTalk() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(PLAIN);
    LegKey ringing = floor.ringing();
    floor.command(ANN, new DeskCommand.Decline(floor.callOf(customer).toString()));
    floor.pbx.forgetCommands();
    floor.event(new CallEvent.LegAnswered(ringing, floor.tick()));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.pbx.commands(SwitchCommand.Join.class)).isEmpty();
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class)).anyMatch(it -> it.leg().equals(ringing));
  }

  @Test
  void aDeviceThatDeclinesIsADeclinedOffer() {
    floor.link().ready(ANN).ready(BOB);
    floor.arrives(PLAIN);
    LegKey ringing = floor.ringing();
    AgentId first = offered();
    floor.event(
        new CallEvent.LegEnded(
            ringing, floor.tick(), new EndCause(EndCause.Side.FAR, 21, 603, "Decline")));
    assertThat(floor.stateOf(first)).isEqualTo("NOT_READY");
    assertThat(floor.stateOf(other(first))).isEqualTo("OFFERED");
  }

  // ---- keys ----------------------------------------------------------------------------------

  @Test
  void keysGoToTheCustomersLegAndStandNowhere() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    int entries = floor.store.journal.size();
    floor.command(ANN, new DeskCommand.SendKeys(talk.call().toString(), "4711#"));
    assertThat(floor.pbx.commands(SwitchCommand.SendKeys.class))
        .containsExactly(new SwitchCommand.SendKeys(talk.customer(), "4711#"));
    assertThat(floor.store.journal).hasSize(entries);
    assertThat(floor.store.journal)
        .noneMatch(it -> new String(it.body(), StandardCharsets.UTF_8).contains("4711"));
    assertThat(new Effect.SendKeys(talk.customer(), "4711#").toString()).doesNotContain("4711");
    assertThat(new DeskCommand.SendKeys("c", "4711#").toString()).doesNotContain("4711");
  }

  @Test
  void keysAreNotSentToACustomerOnHoldNorWhatIsNoKey() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    String call = talk.call().toString();
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.SendKeys(call, "12a")))
        .hasCauseInstanceOf(Fault.BadRequest.class);
    floor.command(ANN, new DeskCommand.Hold(call));
    assertThatThrownBy(() -> floor.command(ANN, new DeskCommand.SendKeys(call, "1")))
        .hasCauseInstanceOf(Fault.Refused.class);
    assertThat(floor.pbx.commands(SwitchCommand.SendKeys.class)).isEmpty();
  }
}
