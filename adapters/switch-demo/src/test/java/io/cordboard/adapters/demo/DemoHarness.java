package io.cordboard.adapters.demo;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.SwitchHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** The demo switch on a clock that is moved by hand. */
final class DemoHarness implements SwitchHarness {
  final HandClock clock;
  final DemoSwitch demo;

  /** What the demo switch cannot; only what is around it may. */
  final AloneSwitch alone;

  private PhoneSwitch phone;
  private int dialled;

  DemoHarness(Path recordings) {
    this(recordings, new HandClock());
  }

  DemoHarness(Path recordings, HandClock clock) {
    this.clock = clock;
    Random random = new Random(7);
    demo =
        new DemoSwitch(
            DemoConfig.standard(recordings), clock, new Ids(clock, random), random, clock::after);
    alone = new AloneSwitch(clock);
    phone = demo;
  }

  /** The same harness, seen through something around the switch. */
  SwitchHarness with(PhoneSwitch around) {
    phone = around;
    return this;
  }

  @Override
  public PhoneSwitch phone() {
    return phone;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Set<Able> able() {
    return EnumSet.complementOf(EnumSet.of(Able.EMERGENCIES, Able.LOSS_OF_SOUND, Able.HANDSETS));
  }

  @Override
  public void call(String from, String to) {
    demo.drill().call(new TestCall(from, to, null, 60));
  }

  @Override
  public void callerHangsUp(LegKey leg) {
    demo.drill().callerHangsUp(leg);
  }

  @Override
  public void press(LegKey leg, String digits) {
    demo.drill().press(leg, digits);
  }

  @Override
  public String heardKeys(LegKey leg) {
    return demo.drill().heardKeys(leg);
  }

  @Override
  public void register(String address, boolean registered) {
    Await.done(demo.register(address, registered));
  }

  @Override
  public void lift(LegKey leg, String address) {
    Await.done(demo.lift(leg));
  }

  @Override
  public void putDown(LegKey leg, String address) {
    Await.done(demo.putDown(leg));
  }

  @Override
  public void hold(LegKey leg, String address, boolean held) {
    demo.drill().hold(leg, held);
  }

  @Override
  public void breakLink() {
    demo.drill().breakLink();
  }

  @Override
  public void mendLink() {
    demo.drill().mendLink();
  }

  @Override
  public void leaveAlone() {
    breakLink();
  }

  @Override
  public void callAlone(String from, String to) {
    alone.call(from, to);
  }

  @Override
  public String rungAlone() {
    return alone.rung();
  }

  @Override
  public void liftAlone() {
    alone.lift();
  }

  @Override
  public void hangUpAlone() {
    alone.hangUp();
  }

  @Override
  public void endsAlone() {}

  @Override
  public void restart() {
    demo.drill().restart();
  }

  @Override
  public String outside(Fate fate) {
    String end =
        switch (fate) {
          case ANSWERS -> "1234";
          case RINGS -> Outside.RINGS;
          case BUSY -> Outside.BUSY;
          case UNKNOWN -> Outside.UNKNOWN;
          case REJECTS -> Outside.REJECTS;
          case CONGESTED -> Outside.CONGESTED;
        };
    return "+86139%04d%s".formatted(++dialled, end);
  }

  @Override
  public void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public void due(Duration within) {
    clock.advance(within);
  }

  @Override
  public void close() {}
}
