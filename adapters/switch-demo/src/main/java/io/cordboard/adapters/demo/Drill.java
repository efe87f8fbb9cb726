package io.cordboard.adapters.demo;

import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a switch without anybody's command: people press keys, links break, machines are
 * restarted. For tests and for trying things out. Thread-safe; works while the link is down.
 */
public final class Drill {
  private final Guard guard;
  private final Callers callers;
  private final Phones phones;
  private final Exchange exchange;
  private final Runnable breakLink;
  private final Runnable mendLink;
  private final Runnable restart;

  Drill(Guard guard, Callers callers, Phones phones, DemoSwitch demo, Exchange exchange) {
    this.guard = guard;
    this.callers = callers;
    this.phones = phones;
    this.exchange = exchange;
    this.breakLink = demo::breakLink;
    this.mendLink = demo::mendLink;
    this.restart = demo::restart;
  }

  /** A caller dials one of our lines, as {@link DemoSwitch#placeCall} does by command. */
  public LegKey call(TestCall call) {
    return guard.call(() -> callers.place(call));
  }

  /** The caller hangs up, or gives up while it rings. */
  public void callerHangsUp(LegKey caller) {
    guard.run(() -> callers.hangUp(caller));
  }

  /** The caller presses keys: {@code 0-9 * # A-D}. */
  public void press(LegKey caller, String digits) {
    guard.run(() -> callers.press(caller, digits));
  }

  /** The keys that the far end of this leg has heard so far. */
  public String heardKeys(LegKey leg) {
    return guard.call(() -> exchange.live(leg).heardKeys());
  }

  /** The phone puts the others on hold, or takes them back. */
  public void hold(LegKey phone, boolean held) {
    guard.run(() -> phones.hold(phone, held));
  }

  /** The phone asks for a transfer; nothing moves. */
  public void askTransfer(LegKey phone, String target, @Nullable String replaces) {
    guard.run(() -> phones.askTransfer(phone, target, replaces));
  }

  /** The link is lost: nothing is told, commands fail, calls go on. */
  public void breakLink() {
    guard.run(breakLink);
  }

  /** The link is back. */
  public void mendLink() {
    guard.run(mendLink);
  }

  /** The switch is restarted: its calls are gone, its recordings end. */
  public void restart() {
    guard.run(restart);
  }
}
