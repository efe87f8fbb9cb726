package io.cordboard.adapters.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.Seeded;
import io.cordboard.testkit.SignalLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSwitchTest {
  @TempDir Path recordings;

  @Test
  void manyThreadsAndTheClockTogetherLoseNothingAndTellNothingTwice() throws Exception {
    try (Rig rig = new Rig(recordings);
        var threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<LegKey>>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String phone = "300" + i;
        long seed = i;
        work.add(threads.submit(() -> talks(rig, phone, new Seeded(seed))));
      }
      for (Future<List<LegKey>> calls : work) {
        for (LegKey leg : calls.get(60, TimeUnit.SECONDS)) {
          rig.log.event(leg, LegEnded.class);
        }
      }
      assertEveryLegIsWhole(rig);
      rig.demo.drill().breakLink();
      rig.demo.drill().mendLink();
      assertThat(secondLinkUp(rig.log).snapshot().legs()).isEmpty();
      assertThat(rig.clock.waiting()).isZero();
    }
  }

  private static List<LegKey> talks(Rig rig, String phone, Seeded random) {
    List<LegKey> legs = new ArrayList<>();
    Await.done(rig.demo.register(phone, true));
    for (int i = 0; i < 50; i++) {
      LegKey caller = rig.calls(random.pick(Rig.CHINESE, Rig.BRITISH));
      legs.add(caller);
      rig.demo.answer(caller);
      rig.demo.join("bridge-" + caller.channel(), caller);
      rig.clock.advance(Duration.ofMillis(random.between(0, 4000)));
      rig.demo.leave("bridge-" + caller.channel(), caller);
      if (random.chance(0.3)) {
        rig.clock.advance(Duration.ofMinutes(3));
      }
      Await.done(rig.demo.hangUp(caller, HangUp.NORMAL));
    }
    return legs;
  }

  private static void assertEveryLegIsWhole(Rig rig) {
    List<CallEvent> told = rig.told();
    List<LegArrived> arrivals =
        told.stream().filter(LegArrived.class::isInstance).map(LegArrived.class::cast).toList();
    assertThat(arrivals).hasSize(200);
    for (LegArrived arrival : arrivals) {
      List<CallEvent> events = rig.log.events(arrival.leg());
      assertThat(events.getFirst()).isEqualTo(arrival);
      assertThat(events.getLast()).isInstanceOf(LegEnded.class);
      assertThat(rig.log.events(arrival.leg(), LegEnded.class)).hasSize(1);
      assertThat(rig.log.events(arrival.leg(), LegAnswered.class)).hasSizeLessThanOrEqualTo(1);
      assertThat(events).extracting(CallEvent::at).isSorted();
    }
  }

  private static LinkUp secondLinkUp(SignalLog log) {
    int first = log.all().indexOf(log.await(LinkUp.class));
    return log.awaitFrom(first + 1, LinkUp.class, any -> true);
  }

  @Test
  void aListenerThatFailsHearsTheNextSignal() {
    SignalLog log = new SignalLog();
    AtomicInteger heard = new AtomicInteger();
    DemoHarness harness = new DemoHarness(recordings);
    try (DemoSwitch demo = harness.demo) {
      demo.start(signal -> failOnce(signal, heard, log));
      Await.done(demo.register("2001", true));
      log.await(SwitchSignal.DeviceChanged.class);
    }
    assertThat(heard).hasValue(2);
  }

  private static void failOnce(SwitchSignal signal, AtomicInteger heard, SignalLog log) {
    if (heard.incrementAndGet() == 1) {
      throw new IllegalStateException("The first signal is not liked.");
    }
    log.on(signal);
  }

  @Test
  void commandsBeforeTheStartAndAfterTheEndAreUnreachable() {
    DemoHarness harness = new DemoHarness(recordings);
    Await.failed(harness.demo.register("2001", true), Fault.Unreachable.class);
    harness.demo.start(new SignalLog());
    harness.demo.close();
    Await.failed(harness.demo.register("2001", true), Fault.Unreachable.class);
    Await.failed(harness.demo.fetch("r1", recordings), Fault.Unreachable.class);
  }

  @Test
  void closingFromTheListenersThreadDoesNotHang() throws Exception {
    DemoHarness harness = new DemoHarness(recordings);
    CountDownLatch closed = new CountDownLatch(1);
    harness.demo.start(
        signal -> {
          harness.demo.close();
          closed.countDown();
        });
    assertThat(closed.await(Await.limit().toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsToldWithItsName() throws Exception {
    Path file = Files.writeString(recordings.resolve("file"), "x");
    assertThatThrownBy(() -> new DemoHarness(file.resolve("below")))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining(file.resolve("below").toString());
  }

  @Test
  void settingsAreCheckedByName() {
    assertThatThrownBy(() -> new DemoConfig("Demo!", recordings, Duration.ZERO, Duration.ZERO, 1))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("'id'");
    DemoConfig standard = DemoConfig.standard(recordings);
    assertThat(standard.id()).isEqualTo("demo");
    assertThat(standard.patience()).isEqualTo(Duration.ofMinutes(2));
    assertThat(standard.phoneLost()).isEqualTo(Duration.ofSeconds(8));
    assertThat(standard.calls()).isEqualTo(2000);
  }

  @Test
  void theTimerOfARunningServerRunsAndCancels() throws Exception {
    CountDownLatch ran = new CountDownLatch(2);
    List<String> order = new ArrayList<>();
    try (DemoTimer timer = DemoTimer.onOneThread()) {
      timer.after(Duration.ofMillis(5), () -> note(order, "cancelled", ran)).run();
      timer.after(Duration.ofMillis(30), () -> note(order, "second", ran));
      timer.after(Duration.ZERO, () -> note(order, "first", ran));
      assertThat(ran.await(Await.limit().toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(order).containsExactly("first", "second");
  }

  private static void note(List<String> order, String what, CountDownLatch ran) {
    order.add(what);
    ran.countDown();
  }
}
