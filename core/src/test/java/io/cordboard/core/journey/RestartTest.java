package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartTest {
  private final Floor floor = new Floor();

  @Test
  void aTalkThatGoesOnOverAKillIsOnTheDeskAgain() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.kill();
    floor.clock.advance(Duration.ofSeconds(8));
    floor.boot();
    String bridge = "b-" + talk.call();
    floor.link(
        new LiveLeg(talk.customer(), true, bridge, null),
        new LiveLeg(talk.agent(), true, bridge, null));
    floor.open(ANN, "c-1");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    assertThat(floor.stateOf(ANN)).isEqualTo("TALKING");
    floor.hangsUp(talk.customer());
    floor.hangsUp(talk.agent());
    floor.command(ANN, new DeskCommand.FinishWrapUp(talk.call().toString(), "solved"));
    assertThat(floor.store.calls).hasSize(1);
    assertThat(floor.store.calls.get(talk.call()).approximateTo()).isZero();
  }

  @Test
  void aBrowserPhoneThatIsAwayBecauseWeWereKeepsItsTalk() {
    Floor.Talking talk = talkOverAKill();
    floor.pass(Duration.ofSeconds(4));
    floor.device("2001", DeviceState.BUSY).open(ANN, "c-1");
    floor.pass(Duration.ofSeconds(60));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    floor.hangsUp(talk.customer());
    assertThat(floor.store.calls.get(talk.call()).outcome()).isEqualTo("ANSWERED");
  }

  @Test
  void aBrowserPhoneThatDoesNotComeBackAfterUsIsLost() {
    talkOverAKill();
    floor.open(ANN, "c-1");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    floor.pass(Duration.ofSeconds(65));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.REJOINING);
  }

  /** Both talk, we are killed and started again; no phone can reach the switch without us. */
  private Floor.Talking talkOverAKill() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.kill();
    floor.boot();
    String bridge = "b-" + talk.call();
    floor.link(
        DeviceState.UNREGISTERED,
        new LiveLeg(talk.customer(), true, bridge, null),
        new LiveLeg(talk.agent(), true, bridge, null));
    return talk;
  }

  @Test
  void notesTypedBeforeAKillAreThereAgainAndTheirRevisionGoesOn() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    String call = talk.call().toString();
    floor.command(ANN, new DeskCommand.SaveNotes(call, "wants a ref", 0));
    floor.command(ANN, new DeskCommand.SaveNotes(call, "wants a refund", 1));
    floor.kill();
    floor.boot();
    String bridge = "b-" + talk.call();
    floor.link(
        new LiveLeg(talk.customer(), true, bridge, null),
        new LiveLeg(talk.agent(), true, bridge, null));
    floor.open(ANN, "c-1");
    assertThat(floor.told.get(ANN).getFirst())
        .isInstanceOfSatisfying(
            DeskMessage.Snapshot.class,
            first -> assertThat(first.calls().getFirst().notes()).isEqualTo("wants a refund"));
    assertThat(floor.shown(ANN).get(call).notesRevision()).isEqualTo(2);
    floor.command(ANN, new DeskCommand.SaveNotes(call, "wants a refund by card", 2));
    assertThat(floor.shown(ANN).get(call).notes()).isEqualTo("wants a refund by card");
    assertThat(floor.shown(ANN).get(call).notesRevision()).isEqualTo(3);
  }

  @Test
  void notesAreThereAgainWhileTheAgentWrapsUpToo() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    String call = talk.call().toString();
    floor.command(ANN, new DeskCommand.SaveNotes(call, "call back", 0));
    floor.hangsUp(talk.customer());
    floor.kill();
    floor.boot();
    floor.link().open(ANN, "c-1");
    assertThat(floor.phase(ANN)).isEqualTo(Phase.WRAP_UP);
    assertThat(floor.shown(ANN).get(call).notes()).isEqualTo("call back");
  }

  @Test
  void aHangUpInTheGapIsMarkedWithItsInterval() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    long lastSeen = floor.clock.micros();
    floor.kill();
    floor.clock.advance(Duration.ofSeconds(8));
    floor.boot();
    floor.link();
    CallRecord record = floor.store.calls.get(talk.call());
    assertThat(record.approximateFrom()).isBetween(lastSeen - 1_000_000, lastSeen);
    assertThat(record.approximateTo()).isGreaterThanOrEqualTo(lastSeen + 8_000_000);
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    floor.pass(Duration.ofSeconds(40));
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void aLostLinkIsMendedLikeARestart() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.pbx.linkDown();
    floor.step();
    floor.clock.advance(Duration.ofSeconds(3));
    floor.link();
    assertThat(floor.store.calls.get(talk.call()).approximateTo()).isPositive();
  }

  @Test
  void aRestartOfTheSwitchClosesItsCallsAndMakesTasks() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.pbx.linkDown();
    floor.pbx.restart();
    floor.link();
    CallRecord record = floor.store.calls.get(talk.call());
    assertThat(record.outcome()).isEqualTo("SWITCH_RESTART");
    assertThat(floor.store.tasks)
        .anyMatch(t -> t instanceof TaskChange.Missed m && m.reason().equals("switch-restart"));
    floor.pass(Duration.ofSeconds(40));
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void aCallThatCameWhileNobodyListenedIsAdopted() {
    floor.link().ready(ANN);
    var leg = floor.pbx.leg("unseen");
    var arrival =
        new io.cordboard.kernel.CallEvent.LegArrived(
            leg, floor.clock.micros(), io.cordboard.kernel.CallEvent.Control.CONTROLLED,
            io.cordboard.kernel.NumberClaims.of("fake", Floor.CALLER, Floor.PLAIN), null, null);
    floor.link(new LiveLeg(leg, false, null, arrival));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.RINGING);
  }

  @Test
  void aDatabaseThatIsAwayForAMomentLosesAndDoublesNothing() {
    floor.link().ready(ANN);
    floor.store.flushesToFail = 3;
    Floor.Talking talk = floor.talking();
    floor.hangsUp(talk.customer());
    assertThat(floor.store.calls).hasSize(1);
  }
}
