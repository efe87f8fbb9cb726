package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.CaptionSaid;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.SignalLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A started demo switch on a hand clock, with the steps that its tests share. */
final class Rig implements AutoCloseable {
  static final String PHONE = "2001";
  static final String CHINESE = "+8613800138000";
  static final String BRITISH = "+442079460000";

  final DemoHarness harness;
  final DemoSwitch demo;
  final HandClock clock;
  final SignalLog log = new SignalLog();
  private int made;

  Rig(Path recordings) {
    this(new DemoHarness(recordings));
  }

  Rig(DemoHarness harness) {
    this.harness = harness;
    demo = harness.demo;
    clock = harness.clock;
    demo.start(log);
    log.await(LinkUp.class);
    Await.done(demo.register(PHONE, true));
  }

  LegKey calls(String from, @Nullable String say, int seconds) {
    return Await.done(demo.placeCall(new TestCall(from, "4008001234", say, seconds)));
  }

  LegKey calls(String from) {
    return calls(from, null, 600);
  }

  LegKey dials(String address, boolean autoAnswer) {
    DialOrder order =
        new DialOrder(
            "leg-" + ++made, new CallId(new UUID(0, made)), address, null, null, 30, autoAnswer);
    return Await.done(demo.dial(order));
  }

  /** Answers the caller, lets the phone answer, and joins both. */
  Talk talk(LegKey caller) {
    LegKey agent = dials(PHONE, true);
    Await.done(demo.answer(caller));
    String bridge = "bridge-" + ++made;
    Await.done(demo.join(bridge, caller));
    Await.done(demo.join(bridge, agent));
    return new Talk(caller, agent, bridge);
  }

  record Talk(LegKey caller, LegKey agent, String bridge) {}

  void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  /** Everything that was told so far: waits until the switch told something that comes last. */
  List<CallEvent> told() {
    int mark = log.mark();
    String last = "last-" + ++made;
    Await.done(demo.register(last, true));
    log.awaitFrom(mark, DeviceChanged.class, changed -> changed.address().equals(last));
    return log.all().stream()
        .filter(Happened.class::isInstance)
        .map(signal -> ((Happened) signal).event())
        .toList();
  }

  List<CaptionSaid> captions() {
    return told().stream()
        .filter(CaptionSaid.class::isInstance)
        .map(CaptionSaid.class::cast)
        .toList();
  }

  boolean lives(LegKey leg) {
    return told().stream().noneMatch(event -> event instanceof LegEnded && event.leg().equals(leg));
  }

  EndCause endOf(LegKey leg) {
    return log.event(leg, LegEnded.class).cause();
  }

  @Override
  public void close() {
    demo.close();
  }
}
