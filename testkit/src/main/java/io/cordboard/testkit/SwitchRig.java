package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Announcing.Announcement;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.Standby;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.SwitchRecords;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.SwitchHarness.Able;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A started switch with its harness and its log: what the cases of {@link SwitchContract} use. */
public final class SwitchRig implements AutoCloseable {
  private static final int RING_SECONDS = 30;

  private final SwitchHarness harness;
  private final SignalLog log = new SignalLog();
  private final AtomicInteger inListener = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final LinkUp link;
  private volatile boolean overlapped;
  private volatile Runnable brake = () -> {};

  SwitchRig(SwitchHarness harness) {
    this.harness = harness;
    phone().start(this::hear);
    link = log.await(LinkUp.class);
  }

  private void hear(SwitchSignal signal) {
    overlapped |= inListener.incrementAndGet() != 1;
    try {
      brake.run();
      log.on(signal);
    } finally {
      inListener.decrementAndGet();
    }
  }

  public PhoneSwitch phone() {
    return harness.phone();
  }

  public SwitchHarness harness() {
    return harness;
  }

  public SignalLog log() {
    return log;
  }

  /** The first {@link LinkUp}. */
  public LinkUp link() {
    return link;
  }

  /** Runs before each signal is taken: lets a test be a slow listener. */
  void brake(Runnable brake) {
    this.brake = brake;
  }

  /** Whether two threads ever told at the same time. */
  boolean overlapped() {
    return overlapped;
  }

  // ---- what a case needs, else it is skipped

  public void needs(Capability... capabilities) {
    for (Capability capability : capabilities) {
      assumeTrue(can(capability), () -> "not declared: " + capability);
    }
  }

  public void needs(Able... abilities) {
    for (Able ability : abilities) {
      assumeTrue(harness.able().contains(ability), () -> "the harness cannot: " + ability);
    }
  }

  public boolean can(Capability capability) {
    return phone().capabilities().contains(capability);
  }

  public LegControl control() {
    return phone().as(LegControl.class);
  }

  public Dialling dialling() {
    return phone().as(Dialling.class);
  }

  public OutsideDialling outside() {
    return phone().as(OutsideDialling.class);
  }

  public Mixing mixing() {
    return phone().as(Mixing.class);
  }

  public Announcing announcing() {
    return phone().as(Announcing.class);
  }

  public Recorder recorder() {
    return phone().as(Recorder.class);
  }

  public Standby standby() {
    return phone().as(Standby.class);
  }

  public SwitchRecords records() {
    return phone().as(SwitchRecords.class);
  }

  // ---- steps

  /** Our line, served by these devices. */
  public StandbyPlan plan(String... devices) {
    return planOf(harness.line(), devices);
  }

  /** A line of this number, served by these devices. */
  public StandbyPlan planOf(String did, String... devices) {
    Announcement words = new Announcement("One moment, please.", "en-US");
    StandbyPlan.Line line =
        new StandbyPlan.Line(did, "care", null, false, words, words, words, 60, null);
    return new StandbyPlan(
        List.of(line), List.of(new StandbyPlan.Queue("care", RING_SECONDS, List.of(devices))));
  }

  /** A name of ours that was never used on this switch. */
  public String fresh(String prefix) {
    return prefix + "-" + run + "-" + made.incrementAndGet();
  }

  /** A number that no other case of this run calls from. */
  public String freshNumber() {
    return "+8613800%06d".formatted(made.incrementAndGet());
  }

  /** A call from a fresh number arrives. */
  public LegKey arrives() {
    String from = freshNumber();
    harness.call(from, harness.line());
    return arrivalOf(from).leg();
  }

  /** Waits for the call from this number. */
  public LegArrived arrivalOf(String from) {
    return log.event(
        LegArrived.class,
        event ->
            digits(Objects.requireNonNullElse(event.claims().from(), "")).endsWith(digits(from)));
  }

  /** A call from a fresh number arrives and is answered by us. */
  public LegKey talks() {
    LegKey leg = arrives();
    Await.done(control().answer(leg));
    log.event(leg, LegAnswered.class);
    return leg;
  }

  /** An order to ring a device for a fresh channel. */
  public DialOrder order(String address, int ringSeconds) {
    return new DialOrder(
        fresh("leg"),
        new CallId(UUID.randomUUID()),
        address,
        "+8613800138000",
        "A caller",
        ringSeconds,
        false);
  }

  /** An order to dial a number outside on a fresh channel. */
  public OutsideOrder outsideOrder(String number, int ringSeconds) {
    return new OutsideOrder(
        fresh("out"), new CallId(UUID.randomUUID()), number, harness.line(), ringSeconds, null);
  }

  /** The first or second device, registered. */
  public String device(int which) {
    String address = harness.devices().get(which);
    harness.register(address, true);
    awaitDevice(address, DeviceState.IDLE);
    return address;
  }

  /** Waits until the switch told this as the device's last state. */
  public void awaitDevice(String address, DeviceState wished) {
    Await.until(address + " is " + wished, () -> lastState(address), wished::equals);
  }

  private DeviceState lastState(String address) {
    DeviceState last = DeviceState.UNREGISTERED;
    for (SwitchSignal signal : log.all()) {
      switch (signal) {
        case LinkUp up -> last = up.snapshot().devices().getOrDefault(address, last);
        case DeviceChanged changed when changed.address().equals(address) -> last = changed.state();
        default -> {}
      }
    }
    return last;
  }

  /** Rings a registered device. */
  public LegKey rings(String address) {
    LegKey leg = Await.done(dialling().dial(order(address, RING_SECONDS)));
    log.event(leg, LegRinging.class);
    return leg;
  }

  /** Rings a registered device, which answers. */
  public LegKey lifts(String address) {
    LegKey leg = rings(address);
    harness.lift(leg, address);
    log.event(leg, LegAnswered.class);
    return leg;
  }

  /** Hangs up and waits for the end: all earlier events of the leg are told by then. */
  public LegEnded end(LegKey leg) {
    Await.done(control().hangUp(leg, HangUp.NORMAL));
    return log.event(leg, LegEnded.class);
  }

  /** Asserts that each of these happened to the leg once (told once, or again unchanged). */
  public void assertOnce(LegKey leg, Class<?>... types) {
    Set<CallEvent> told = new HashSet<>(log.events(leg));
    for (Class<?> type : types) {
      assertThat(told)
          .as("%s of %s", type.getSimpleName(), leg)
          .filteredOn(type::isInstance)
          .hasSize(1);
    }
  }

  /** Asserts that the leg's first events of these types were told in this order. */
  public void assertOrder(LegKey leg, Class<?>... types) {
    Set<Class<?>> wished = Set.of(types);
    assertThat(log.events(leg).stream().<Class<?>>map(Object::getClass).distinct())
        .filteredOn(wished::contains)
        .containsExactly(types);
  }

  @Override
  public void close() {
    phone().close();
    harness.close();
  }

  private static String digits(String number) {
    return number.replaceAll("[^0-9]", "");
  }
}
