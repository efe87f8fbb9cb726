package io.cordboard.testkit;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.PhoneSwitch;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What an adapter's contract test supplies: a switch, and the hands of the people at its other
 * ends. A method whose {@link Able} is not told is never called.
 *
 * <p>Methods return when the deed is done at the far end, not when the adapter has told of it: the
 * suite waits for the events.
 */
public interface SwitchHarness extends AutoCloseable {
  /** What this harness can do beside the switch's own capabilities. */
  enum Able {
    /** {@link #call} and {@link #callerHangsUp}. */
    CALLS,
    /** Callers may show any text as their number: emoji, hundred digits, nothing. */
    ODD_NUMBERS,
    /** {@link #press}. */
    DIGITS,
    /** {@link #heardKeys}. */
    HEARS_KEYS,
    /** {@link #register}, {@link #lift} and {@link #putDown}. */
    DEVICES,
    /** {@link #hold}. */
    HOLD,
    /** {@link #breakLink} and {@link #mendLink}. */
    LINK,
    /** {@link #restart}. */
    RESTART,
    /** {@link #dialEmergency} and {@link #endEmergency}. */
    EMERGENCIES,
    /** {@link #loseSound}. */
    LOSS_OF_SOUND,
    /** {@link #outside}. */
    OUTSIDE,
    /** {@link #dial} and {@link #refer}. */
    HANDSETS,
    /**
     * {@link #leaveAlone}, {@link #callAlone}, {@link #rungAlone}, {@link #liftAlone}, {@link
     * #hangUpAlone} and {@link #endsAlone}.
     */
    ALONE
  }

  /** What becomes of a number outside that is dialled. */
  enum Fate {
    /** It rings and is answered within three seconds. */
    ANSWERS,
    /** It rings for ever. */
    RINGS,
    BUSY,
    UNKNOWN,
    REJECTS,
    CONGESTED
  }

  /** The switch under test, not started: the suite starts and closes it. */
  PhoneSwitch phone();

  /** The clock that the adapter was given. */
  Clock clock();

  Set<Able> able();

  /** One of our lines, as a caller dials it. */
  default String line() {
    return "4008001234";
  }

  /** Two devices that exist on the switch and can be registered. */
  default List<String> devices() {
    return List.of("2001", "2002");
  }

  /** An address that is no device. */
  default String nobody() {
    return "2999";
  }

  /** A caller dials one of our lines. */
  default void call(String from, String to) {
    throw unable();
  }

  /** The caller of this leg hangs up, or gives up while it rings. */
  default void callerHangsUp(LegKey leg) {
    throw unable();
  }

  /** The caller of this leg presses keys. */
  default void press(LegKey leg, String digits) {
    throw unable();
  }

  /** The keys that the caller of this leg has heard so far, in their order. */
  default String heardKeys(LegKey leg) {
    throw unable();
  }

  /** Makes a device registered at the switch, or not. */
  default void register(String address, boolean registered) {
    throw unable();
  }

  /** The device, which rings for this leg, is answered. */
  default void lift(LegKey leg, String address) {
    throw unable();
  }

  /** The device declines while it rings for this leg, else it hangs up. */
  default void putDown(LegKey leg, String address) {
    throw unable();
  }

  /** The device of this leg puts the other side on hold, or takes it back. */
  default void hold(LegKey leg, String address, boolean held) {
    throw unable();
  }

  /** Cuts the adapter from the switch; the switch and its calls live on. */
  default void breakLink() {
    throw unable();
  }

  /** Lets the adapter reach the switch again. */
  default void mendLink() {
    throw unable();
  }

  /** Restarts the switch: all of its calls are gone. */
  default void restart() {
    throw unable();
  }

  /** A registered device dials an emergency number and is answered there. */
  default void dialEmergency(String address) {
    throw unable();
  }

  /** The device hangs up its emergency call. */
  default void endEmergency(String address) {
    throw unable();
  }

  /** A registered device dials a number by hand. */
  default void dial(String address, String number) {
    throw unable();
  }

  /** The device of this leg asks for a transfer by its own key. */
  default void refer(LegKey leg, String address, String target) {
    throw unable();
  }

  /** The switch goes on hearing the device of this leg, and loses its sound in the recording that runs. */
  default void loseSound(LegKey leg, String address) {
    throw unable();
  }

  /** A number outside with this fate; another one each time. */
  default String outside(Fate fate) {
    throw unable();
  }

  /** Cuts the adapter from the switch, which looks for an agent by itself soon, until {@link #mendLink}. */
  default void leaveAlone() {
    throw unable();
  }

  /** A caller dials while the switch is alone; the next four are about the one that called last. */
  default void callAlone(String from, String to) {
    throw unable();
  }

  /** Waits until a device rings for the caller; its address. */
  default String rungAlone() {
    throw unable();
  }

  /** The device that rings is answered. */
  default void liftAlone() {
    throw unable();
  }

  /** The caller hangs up, or gives up. */
  default void hangUpAlone() {
    throw unable();
  }

  /** Waits until the switch has ended the caller's call. */
  default void endsAlone() {
    throw unable();
  }

  /** Lets this much of the switch's time go by: moves a hand clock, or really waits. */
  void pass(Duration time);

  /**
   * Something falls due within this time and the suite is about to wait for it: a hand clock is
   * moved, a real switch needs nothing.
   */
  default void due(Duration within) {}

  /** Ends whatever the harness started; the suite closed the switch before. */
  @Override
  void close();

  private static UnsupportedOperationException unable() {
    return new UnsupportedOperationException("The harness does not declare this ability.");
  }
}
