package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.testkit.SwitchHarness.Able;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One leg from outside: it arrives, is answered, ends. */
interface LegCases {
  /** A clock that is this far off the leg's events is wrong, not skewed. */
  long PLAUSIBLE_MICROS = 60_000_000;

  SwitchRig rig();

  @Test
  default void anArrivingLegWaitsForOurCommand() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();

    rig().end(leg);

    assertThat(rig().log().events(leg, LegAnswered.class)).isEmpty();
    rig().assertOrder(leg, LegArrived.class, LegEnded.class);
  }

  @Test
  default void aLegIsNamedAfterItsSwitchAndRun() {
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();
    assertThat(leg.switchId()).isEqualTo(rig().phone().id());
    assertThat(leg.epoch()).isEqualTo(rig().link().epoch());
    assertThat(leg.channel()).isNotBlank();
  }

  @Test
  default void ringAnswerAndHangUpMayBeRepeated() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegControl control = rig().control();
    LegKey leg = rig().arrives();

    Await.done(control.ring(leg));
    Await.done(control.ring(leg));
    Await.done(control.answer(leg));
    Await.done(control.answer(leg));
    Await.done(control.hangUp(leg, HangUp.NORMAL));
    Await.done(control.hangUp(leg, HangUp.NORMAL));

    LegEnded ended = rig().log().event(leg, LegEnded.class);
    assertThat(ended.cause().side()).isEqualTo(Side.US);
    rig().assertOnce(leg, LegArrived.class, LegAnswered.class, LegEnded.class);
  }

  @Test
  default void everyReasonToHangUpEndsTheLeg() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    for (HangUp reason : HangUp.values()) {
      LegKey leg = rig().arrives();
      Await.done(rig().control().hangUp(leg, reason));
      assertThat(rig().log().event(leg, LegEnded.class).cause().side()).isEqualTo(Side.US);
    }
  }

  @Test
  default void aCallerMayGiveUpBeforeTheAnswer() {
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();
    rig().harness().callerHangsUp(leg);
    assertThat(rig().log().event(leg, LegEnded.class).cause().side()).isIn(Side.FAR, Side.UNKNOWN);
  }

  @Test
  default void aCallerMayHangUpInTheTalk() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().talks();
    rig().harness().callerHangsUp(leg);
    assertThat(rig().log().event(leg, LegEnded.class).cause().side()).isIn(Side.FAR, Side.UNKNOWN);
    rig().assertOrder(leg, LegArrived.class, LegAnswered.class, LegEnded.class);
  }

  @Test
  default void musicMayBeTurnedOnAndOffRepeatedly() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().talks();
    Await.done(rig().control().musicOn(leg));
    Await.done(rig().control().musicOn(leg));
    Await.done(rig().control().musicOff(leg));
    Await.done(rig().control().musicOff(leg));
    Await.done(rig().control().musicOn(leg));
    rig().end(leg);
  }

  @Test
  default void aLegThatHasEndedIsGoneForEveryCommandButHangUp() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().talks();
    rig().end(leg);
    assertGone(leg);
  }

  @Test
  default void aChannelThatNeverWasIsGoneForEveryCommandButHangUp() {
    rig().needs(Capability.LEG_CONTROL);
    assertGone(new LegKey(rig().phone().id(), rig().link().epoch(), rig().fresh("none")));
  }

  @Test
  default void theSameChannelOfAnEarlierRunIsAnotherLeg() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();
    LegKey earlier = new LegKey(leg.switchId(), leg.epoch() - 1, leg.channel());
    assertGone(earlier);

    Await.done(rig().control().answer(leg));
    rig().log().event(leg, LegAnswered.class);
  }

  @Test
  default void commandsOfOneLegAreCarriedOutInOrder() {
    rig().needs(Capability.LEG_CONTROL, Capability.MIXING);
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();
    String bridge = rig().fresh("bridge");

    List<CompletionStage<Void>> stages = new ArrayList<>();
    stages.add(rig().control().ring(leg));
    stages.add(rig().control().answer(leg));
    stages.add(rig().control().musicOn(leg));
    stages.add(rig().control().musicOff(leg));
    stages.add(rig().mixing().join(bridge, leg));
    stages.add(rig().mixing().leave(bridge, leg));
    stages.add(rig().control().hangUp(leg, HangUp.NORMAL));
    stages.forEach(Await::done);

    rig().log().event(leg, LegEnded.class);
    rig()
        .assertOrder(
            leg,
            LegArrived.class,
            LegAnswered.class,
            LegJoined.class,
            CallEvent.LegLeft.class,
            LegEnded.class);
  }

  @Test
  default void timesArePlausibleAndDoNotRunBack() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    long from = rig().harness().clock().micros() - PLAUSIBLE_MICROS;
    LegKey leg = rig().talks();
    rig().end(leg);
    long until = rig().harness().clock().micros() + PLAUSIBLE_MICROS;

    long skew = rig().link().skewMicros();
    List<Long> times = rig().log().events(leg).stream().map(CallEvent::at).toList();
    assertThat(times).isSorted();
    assertThat(times).allMatch(at -> at - skew >= from && at - skew <= until);
  }

  @Test
  default void aSlowListenerDelaysEventsAndNothingElse() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    rig().brake(() -> hold(held, release));

    Await.done(rig().control().answer(leg));
    Await.until("the listener is slow", () -> held.getCount() == 0);
    Await.done(rig().control().musicOn(leg));
    Await.done(rig().control().hangUp(leg, HangUp.NORMAL));
    assertThat(rig().log().events(leg, LegEnded.class)).isEmpty();
    release.countDown();

    rig().log().event(leg, LegEnded.class);
    rig().assertOrder(leg, LegArrived.class, LegAnswered.class, LegEnded.class);
  }

  @Test
  default void theKeysThatACallerPressesAreToldInOrder() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS, Able.DIGITS);
    LegKey leg = rig().talks();
    rig().harness().press(leg, "19*0#");
    rig()
        .log()
        .event(
            CallEvent.DigitPressed.class, key -> key.leg().equals(leg) && key.digit().equals("#"));
    assertThat(rig().log().events(leg, CallEvent.DigitPressed.class))
        .extracting(CallEvent.DigitPressed::digit)
        .containsExactly("1", "9", "*", "0", "#");
  }

  @Test
  default void theCallerHearsTheKeysThatWeSendInTheirOrder() {
    rig().needs(Capability.LEG_CONTROL, Capability.MIXING);
    rig().needs(Able.CALLS, Able.HEARS_KEYS);
    LegKey leg = rig().talks();
    Await.done(rig().control().sendKeys(leg, "42"));
    Await.done(rig().mixing().join(rig().fresh("bridge"), leg));
    rig().log().event(leg, LegJoined.class);
    Await.done(rig().control().sendKeys(leg, "*0"));
    Await.done(rig().control().sendKeys(leg, "#"));
    Await.until("the keys are heard", () -> rig().harness().heardKeys(leg), "42*0#"::equals);
    rig().end(leg);
  }

  @Test
  default void keysOfALegThatIsNotAnsweredAndKeysThatAreNoneAreRefused() {
    rig().needs(Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
    LegKey leg = rig().arrives();
    Await.failed(rig().control().sendKeys(leg, "1"), Fault.Refused.class);
    Await.done(rig().control().answer(leg));
    rig().log().event(leg, LegAnswered.class);
    for (String none : new String[] {"", "12x", "1 2", "1\r\n", "１", "1".repeat(33)}) {
      Await.failed(rig().control().sendKeys(leg, none), Fault.BadRequest.class);
    }
    rig().end(leg);
  }

  private void assertGone(LegKey leg) {
    Await.done(rig().control().hangUp(leg, HangUp.NORMAL));
    for (CompletionStage<Void> stage : everythingBut(leg)) {
      assertThat(Await.failed(stage, Fault.NotFound.class).getMessage()).isNotBlank();
    }
    Await.done(rig().control().hangUp(leg, HangUp.NORMAL));
  }

  private List<CompletionStage<Void>> everythingBut(LegKey leg) {
    List<CompletionStage<Void>> stages = new ArrayList<>();
    stages.add(rig().control().ring(leg));
    stages.add(rig().control().answer(leg));
    stages.add(rig().control().musicOn(leg));
    stages.add(rig().control().musicOff(leg));
    stages.add(rig().control().sendKeys(leg, "1"));
    if (rig().can(Capability.MIXING)) {
      stages.add(rig().mixing().join(rig().fresh("bridge"), leg));
    }
    if (rig().can(Capability.ANNOUNCING)) {
      Announcement words = new Announcement("Hello.", "en-US");
      stages.add(rig().announcing().announce(leg, rig().fresh("play"), words));
    }
    if (rig().can(Capability.RECORDER)) {
      stages.add(rig().recorder().startRecording(leg, rig().fresh("rec")));
    }
    return stages;
  }

  private static void hold(CountDownLatch held, CountDownLatch release) {
    held.countDown();
    try {
      assertThat(release.await(Await.limit().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
