package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideDialling.Outcome;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.testkit.SwitchHarness.Able;
import io.cordboard.testkit.SwitchHarness.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A leg towards a number outside. */
interface OutsideCases {
  SwitchRig rig();

  @Test
  default void aNumberOutsideRingsOnOurChannelAndIsAnswered() {
    needsOutside();
    OutsideOrder order = rig().outsideOrder(rig().harness().outside(Fate.ANSWERS), 30);
    LegKey leg = Await.done(rig().outside().dialOutside(order));

    assertThat(leg)
        .isEqualTo(new LegKey(rig().phone().id(), rig().link().epoch(), order.channel()));
    rig().log().event(leg, LegRinging.class);
    rig().harness().due(Duration.ofSeconds(3));
    rig().log().event(leg, LegAnswered.class);
    assertThat(rig().end(leg).cause().side()).isEqualTo(Side.US);
    rig().assertOnce(leg, LegRinging.class, LegAnswered.class, LegEnded.class);
    rig().assertOrder(leg, LegRinging.class, LegAnswered.class, LegEnded.class);
  }

  @Test
  default void theSameNumberOrderedTwiceIsDialledOnce() {
    needsOutside();
    OutsideOrder order = rig().outsideOrder(rig().harness().outside(Fate.ANSWERS), 30);
    LegKey leg = Await.done(rig().outside().dialOutside(order));
    assertThat(Await.done(rig().outside().dialOutside(order))).isEqualTo(leg);
    rig().harness().due(Duration.ofSeconds(3));
    rig().log().event(leg, LegAnswered.class);
    assertThat(Await.done(rig().outside().dialOutside(order))).isEqualTo(leg);
    rig().end(leg);
    rig().assertOnce(leg, LegRinging.class, LegAnswered.class, LegEnded.class);
  }

  @Test
  default void busyWrongRefusedAndCongestedNumbersAreToldApart() {
    needsOutside();
    assertThat(outcome(Fate.BUSY, 30)).isEqualTo(Outcome.BUSY);
    assertThat(outcome(Fate.UNKNOWN, 30)).isEqualTo(Outcome.WRONG_NUMBER);
    assertThat(outcome(Fate.REJECTS, 30)).isEqualTo(Outcome.REJECTED);
    assertThat(outcome(Fate.CONGESTED, 30)).isEqualTo(Outcome.CONGESTION);
  }

  @Test
  default void aNumberThatNobodyAnswersRingsOut() {
    needsOutside();
    assertThat(outcome(Fate.RINGS, 1)).isEqualTo(Outcome.NO_ANSWER);
  }

  @Test
  default void aNumberThatRingsMayBeGivenUp() {
    needsOutside();
    LegKey leg = dial(Fate.RINGS, 30);
    rig().log().event(leg, LegRinging.class);
    Await.done(rig().control().hangUp(leg, HangUp.NORMAL));
    LegEnded end = rig().log().event(leg, LegEnded.class);
    assertThat(Outcome.of(end.cause())).isEqualTo(Outcome.CANCELLED);
    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
  }

  @Test
  default void anOutsideLegMayBeInABridgeBeforeItIsDialled() {
    needsOutside();
    rig().needs(Capability.MIXING, Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String bridge = rig().fresh("bridge");
    LegKey agent = rig().lifts(rig().device(0));
    Await.done(rig().mixing().join(bridge, agent));
    OutsideOrder plain = rig().outsideOrder(rig().harness().outside(Fate.ANSWERS), 30);
    OutsideOrder order =
        new OutsideOrder(
            plain.channel(), plain.callId(), plain.number(), plain.shownNumber(), 30, agent, bridge);
    LegKey leg = Await.done(rig().outside().dialOutside(order));
    assertThat(rig().log().event(leg, LegJoined.class).bridge()).isEqualTo(bridge);
    rig().log().event(leg, LegRinging.class);
    rig().harness().due(Duration.ofSeconds(3));
    rig().log().event(leg, LegAnswered.class);
    assertThat(rig().log().events(leg, LegLeft.class)).as("the answer leaves it there").isEmpty();
    Await.done(rig().mixing().join(bridge, leg));
    rig().end(leg);
    rig().end(agent);
    rig().assertOnce(leg, LegJoined.class, LegAnswered.class, LegEnded.class);
  }

  @Test
  default void anOutsideLegMayBeJoinedOnceItIsAnswered() {
    needsOutside();
    rig().needs(Capability.MIXING);
    String bridge = rig().fresh("bridge");
    LegKey leg = dial(Fate.ANSWERS, 30);
    rig().harness().due(Duration.ofSeconds(3));
    rig().log().event(leg, LegAnswered.class);
    Await.done(rig().mixing().join(bridge, leg));
    rig().log().event(leg, LegJoined.class);
    Await.done(rig().mixing().leave(bridge, leg));
    rig().log().event(leg, LegLeft.class);
    Await.done(rig().control().musicOn(leg));
    Await.done(rig().mixing().join(bridge, leg));
    rig().end(leg);
    assertThat(rig().log().events(leg, LegJoined.class)).hasSize(2);
  }

  @Test
  default void anOutsideLegMovesFromTheBridgeInWhichItRangIntoTheCustomersOne() {
    needsOutside();
    rig().needs(Capability.MIXING, Capability.DIALLING);
    rig().needs(Able.DEVICES);
    String apart = rig().fresh("apart");
    String talk = rig().fresh("talk");
    LegKey agent = rig().lifts(rig().device(0));
    Await.done(rig().mixing().join(apart, agent));
    OutsideOrder plain = rig().outsideOrder(rig().harness().outside(Fate.ANSWERS), 30);
    LegKey leg =
        Await.done(
            rig()
                .outside()
                .dialOutside(
                    new OutsideOrder(
                        plain.channel(), plain.callId(), plain.number(), plain.shownNumber(), 30,
                        agent, apart)));
    rig().log().event(leg, LegJoined.class);
    rig().harness().due(Duration.ofSeconds(3));
    rig().log().event(leg, LegAnswered.class);
    Await.done(rig().mixing().join(talk, leg));
    assertThat(rig().log().event(leg, LegLeft.class).bridge()).isEqualTo(apart);
    rig().end(agent);
    rig().end(leg);
    assertThat(rig().log().events(leg, LegJoined.class))
        .extracting(LegJoined::bridge)
        .containsExactly(apart, talk);
  }

  @Test
  default void whatIsNoNumberIsNotDialled() {
    needsOutside();
    for (String no :
        new String[] {"", "+", "1", "../112", "sip:112@evil", "+8613800138000@evil", "abc",
          "+86 138", "112\r\nX: y", "9".repeat(16), "😀", "*43"}) {
      assertThatThrownBy(() -> Await.done(rig().outside().dialOutside(rig().outsideOrder(no, 5))))
          .as(no)
          .isInstanceOf(Fault.BadRequest.class)
          .hasMessageContaining("no number to dial");
    }
  }

  private LegKey dial(Fate fate, int ringSeconds) {
    OutsideOrder order = rig().outsideOrder(rig().harness().outside(fate), ringSeconds);
    return Await.done(rig().outside().dialOutside(order));
  }

  private Outcome outcome(Fate fate, int ringSeconds) {
    LegKey leg = dial(fate, ringSeconds);
    rig().harness().due(Duration.ofSeconds(ringSeconds > 5 ? 3 : ringSeconds + 1));
    LegEnded end = rig().log().event(leg, LegEnded.class);
    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
    assertThat(end.cause().side()).as("%s", end).isNotEqualTo(Side.US);
    return Outcome.of(end.cause());
  }

  private void needsOutside() {
    rig().needs(Capability.OUTSIDE_DIALLING, Capability.LEG_CONTROL);
    rig().needs(Able.OUTSIDE);
  }
}
