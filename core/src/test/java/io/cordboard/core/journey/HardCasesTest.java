package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static io.cordboard.core.journey.Floor.PLAIN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes wrong in a call centre on an ordinary day. */
class HardCasesTest {
  private final Floor floor = new Floor();

  @Test
  void aCustomerWhoHangsUpDuringTheAnnouncementHasGivenUp() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    floor.hangsUp(customer);
    assertOneRecord("ABANDONED", "abandoned");
  }

  @Test
  void aCustomerWhoHangsUpWhileWaitingHasGivenUp() {
    floor.link().ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.hangsUp(floor.arrives(PLAIN));
    assertOneRecord("ABANDONED", "abandoned");
  }

  @Test
  void aCustomerWhoHangsUpOnHoldWasServed() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.command(ANN, new DeskCommand.Hold(talk.call().toString()));
    floor.hangsUp(talk.customer());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertServed();
  }

  @Test
  void aHoldByThePhonesOwnKeyIsShownAndLeftToThePhone() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.pbx.forgetCommands();
    floor.event(new CallEvent.LegHeld(talk.agent(), floor.tick()));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.HELD);
    assertThatThrownBy(
            () -> floor.command(ANN, new DeskCommand.Resume(talk.call().toString())))
        .hasMessageContaining("resume it there");
    floor.event(new CallEvent.LegResumed(talk.agent(), floor.tick()));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.TALKING);
    assertThat(floor.pbx.commands()).as("the switch needs no order for it").isEmpty();
    floor.hangsUp(talk.customer());
    assertServed();
  }

  @Test
  void aCustomerWhoHangsUpWhileThePhoneIsLostWasServed() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.device("2001", DeviceState.UNREGISTERED);
    floor.hangsUp(talk.customer());
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    assertServed();
  }

  private void assertOneRecord(String outcome, String task) {
    assertThat(floor.store.calls.values()).extracting(CallRecord::outcome).containsExactly(outcome);
    assertThat(floor.store.tasks)
        .singleElement()
        .isInstanceOfSatisfying(
            TaskChange.Missed.class, missed -> assertThat(missed.reason()).isEqualTo(task));
  }

  private void assertServed() {
    assertThat(floor.store.calls.values())
        .extracting(CallRecord::outcome)
        .containsExactly("ANSWERED");
    assertThat(floor.store.tasks).singleElement().isInstanceOf(TaskChange.Served.class);
  }

  @Test
  void anAgentWhoHangsUpEndsTheCall() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.hangsUp(talk.agent());
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .anyMatch(hangUp -> hangUp.leg().equals(talk.customer()));
  }

  @Test
  void anAgentWhoseAudioStopsIsLostAndTheCustomerHearsMusic() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.event(
        new CallEvent.LegEnded(
            talk.agent(), floor.tick(), new EndCause(EndCause.Side.SWITCH, 44, 0, "no audio")));
    assertThat(floor.phase(ANN)).isEqualTo(Phase.REJOINING);
    assertThat(floor.pbx.commands().subList(floor.pbx.commands().size() - 2, floor.pbx.commands().size()))
        .hasOnlyElementsOfTypes(SwitchCommand.Leave.class, SwitchCommand.MusicOn.class);
  }

  @Test
  void theReasonOfABreakAskedForInACallIsKeptUntilTheBreak() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    floor.command(ANN, new DeskCommand.NotReady("training"));
    floor.hangsUp(talk.customer());
    floor.pass(Duration.ofSeconds(31));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
    assertThat(floor.store.agents.get(ANN).reason()).isEqualTo("training");
  }

  @Test
  void whoGoesNotReadyWhileACallRingsRefusesIt() {
    floor.link().ready(ANN).ready(BOB);
    floor.arrives(PLAIN);
    floor.ringing();
    boolean ann = floor.stateOf(ANN).equals("OFFERED");
    floor.command(ann ? ANN : BOB, new DeskCommand.NotReady("lunch"));
    assertThat(floor.store.agents.get(ann ? ANN : BOB).reason()).isEqualTo("lunch");
    assertThat(floor.stateOf(ann ? BOB : ANN)).isEqualTo("OFFERED");
  }

  @Test
  void lateNewsOfAnEarlierOfferDoesNotTouchTheOneThatRings() {
    floor.link().ready(ANN);
    floor.arrives(PLAIN);
    LegKey first = floor.ringing();
    floor.pass(Duration.ofSeconds(22));
    floor.command(ANN, new DeskCommand.Ready());
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    floor.event(
        new CallEvent.LegEnded(
            first, floor.tick(), new EndCause(EndCause.Side.US, 19, 0, "cancelled")));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void aCallThatNobodyCanTakeDoesNotKeepTheNextOneWaiting() {
    floor.link().ready(ANN);
    LegKey elsewhere = new LegKey("other", 1, "x");
    floor.event(
        new LegArrived(
            elsewhere, floor.tick(), Control.CONTROLLED, NumberClaims.of("t", Floor.CALLER, PLAIN),
            null, null));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    floor.arrives(PLAIN);
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void anEventOfAnUnknownLegIsHarmlessAndADeviceThatRingsForNobodyIsStopped() {
    floor.link().ready(ANN);
    LegKey stranger = floor.pbx.leg("stranger");
    floor.event(new CallEvent.LegJoined(stranger, floor.tick(), "b"));
    floor.event(new CallEvent.LegRinging(stranger, floor.tick()));
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg)
        .containsExactly(stranger);
  }

  @Test
  void deadlinesPassInTimeAlthoughTheWallClockIsSetBack() {
    floor.link().ready(ANN);
    floor.arrives(PLAIN);
    floor.ringing();
    floor.clock.jumpWall(Duration.ofHours(-1));
    floor.pass(Duration.ofSeconds(26));
    assertThat(floor.stateOf(ANN)).isEqualTo("NOT_READY");
  }

  @Test
  void deadlinesDoNotAllPassWhenTheWallClockIsSetForward() {
    floor.link().ready(ANN);
    floor.arrives(PLAIN);
    floor.ringing();
    floor.clock.jumpWall(Duration.ofHours(1));
    floor.pass(Duration.ofSeconds(5));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
  }

  @Test
  void waitingIsCountedFromTheEntryIntoTheQueue() {
    floor.link().ready(ANN);
    LegKey customer = floor.arrives(RECORDED);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    floor.pass(Duration.ofSeconds(30));
    SwitchCommand.Announce hello = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), hello.playId(), true));
    floor.pass(Duration.ofSeconds(4));
    Floor.Talking talk = floor.talking(customer);
    floor.hangsUp(customer);
    assertThat(floor.store.calls.get(talk.call()).waitMillis()).isBetween(4_000L, 4_100L);
  }

  @Test
  void aHeldCustomerIsTakenOutOfTheBridgeBeforeTheMusicAfterARestart() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.command(ANN, new DeskCommand.Hold(talk.call().toString()));
    floor.kill();
    floor.boot();
    floor.pbx.forgetCommands();
    String bridge = "b-" + talk.call();
    floor.link(
        new LiveLeg(talk.customer(), true, bridge, null),
        new LiveLeg(talk.agent(), true, bridge, null));
    assertThat(floor.pbx.commands())
        .containsSubsequence(
            new SwitchCommand.Leave(bridge, talk.customer()),
            new SwitchCommand.MusicOn(talk.customer()));
  }

  @Test
  void anAgentWhoHungUpJustBeforeACrashDoesNotKeepTheCustomer() {
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    floor.hangsUp(talk.agent());
    floor.kill();
    floor.boot();
    floor.pbx.forgetCommands();
    floor.link(new LiveLeg(talk.customer(), true, "b-" + talk.call(), null));
    assertThat(floor.pbx.commands(SwitchCommand.HangUp.class))
        .extracting(SwitchCommand.HangUp::leg)
        .containsExactly(talk.customer());
  }

  @Test
  void aForeignCallThatIsToldAgainAfterARestartIsNoSecondCall() {
    floor.link();
    LegKey leg = new LegKey("cti-pbx", 0, "x-1");
    LegArrived arrival =
        new LegArrived(
            leg, floor.tick(), Control.OBSERVED, NumberClaims.of("in", Floor.CALLER, PLAIN), null, null);
    floor.event(arrival).event(new CallEvent.LegEnded(leg, floor.tick(), EndCause.absent()));
    assertThat(floor.store.calls).hasSize(1);
    floor.kill();
    floor.boot();
    floor.event(
        new LegArrived(leg, floor.tick(), Control.OBSERVED, arrival.claims(), null, null));
    floor.event(new CallEvent.LegEnded(leg, floor.tick(), EndCause.absent()));
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.calls).hasSize(1);
    assertThat(floor.journeys.callOf(leg)).isPresent();
  }

  @Test
  void aForeignCallWhoseEndIsNeverToldIsOverSomeDay() {
    floor.link();
    LegKey leg = new LegKey("cti-pbx", 0, "x-2");
    floor.event(
        new LegArrived(
            leg, floor.tick(), Control.OBSERVED, NumberClaims.of("in", Floor.CALLER, PLAIN), null,
            null));
    floor.pass(Duration.ofHours(5));
    assertThat(floor.liveCalls()).isZero();
    assertThat(floor.store.calls.values())
        .singleElement()
        .satisfies(record -> assertThat(record.cause().text()).isEqualTo("absent"));
  }
}
