package io.cordboard.adapters.demo;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal.LinkDown;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.TestCaller;
import io.cordboard.spi.telephony.VirtualPhones;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A switch in this process, with every capability that has commands. Commands are carried out at once in the calling
 * thread; events are told on one thread of the switch's own. After a restart of the process it is a
 * later run: its calls are gone, finished recordings are still there.
 */
public final class DemoSwitch
    implements PhoneSwitch,
        LegControl,
        Dialling,
        Mixing,
        Announcing,
        Recorder,
        VirtualPhones,
        TestCaller,
        OutsideDialling {
  private final DemoConfig config;
  private final Clock clock;
  private final DemoTimer timer;
  private final Guard guard;
  private final Teller teller;
  private final TapeStore store;
  private final Tapes tapes;
  private final Sounds sounds;
  private final Exchange exchange;
  private final Phones phones;
  private final Callers callers;
  private final Outside outside;
  private final Drill drill;
  private boolean closed;

  /**
   * Makes the switch; it does nothing before {@link #start}.
   *
   * @param random chooses what callers say; used by one thread at a time
   * @param timer closed together with the switch
   * @throws Fault.Refused when the recordings' directory cannot be made
   */
  public DemoSwitch(
      DemoConfig config, Clock clock, Ids ids, RandomGenerator random, DemoTimer timer) {
    this.config = config;
    this.clock = clock;
    this.timer = timer;
    guard = new Guard(timer);
    teller = new Teller(config.id());
    store = new TapeStore(config.recordings());
    tapes = new Tapes(clock, guard, teller, store);
    sounds = new Sounds(clock, tapes);
    exchange = new Exchange(config, clock, guard, teller, tapes, sounds);
    phones = new Phones(config, exchange, teller, guard, clock);
    Callers.Stage stage = new Callers.Stage(exchange, sounds, teller, guard, clock);
    callers = new Callers(stage, ids, random, config.patience());
    outside = new Outside(stage, random);
    drill = new Drill(guard, callers, phones, this, exchange);
  }

  /** What happens to this switch without anybody's command. */
  public Drill drill() {
    return drill;
  }

  // ---- PhoneSwitch

  @Override
  public String id() {
    return config.id();
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(
        EnumSet.of(
            Capability.EMERGENCY_WATCH, Capability.SOUND_WATCH, Capability.STANDBY,
            Capability.SWITCH_RECORDS));
  }

  @Override
  public void start(SwitchListener listener) {
    guard.run(() -> teller.start(listener, linkUp()));
  }

  /** Ends the switch with its link, since it lives in this process. Running recordings are kept. */
  @Override
  public void close() {
    if (guard.call(this::shut)) {
      timer.close();
      store.close();
    }
    teller.join();
  }

  private boolean shut() {
    boolean first = !closed;
    if (first) {
      closed = true;
      teller.hush();
      exchange.restart();
    }
    return first;
  }

  void breakLink() {
    if (teller.up()) {
      teller.linkDown(
          new LinkDown(id(), clock.micros(), "The link was cut by a drill; mend it there."));
    }
  }

  void mendLink() {
    if (!teller.up() && !closed) {
      teller.linkUp(linkUp());
    }
  }

  void restart() {
    if (teller.up()) {
      teller.linkDown(new LinkDown(id(), clock.micros(), "The switch is being restarted."));
    }
    exchange.restart();
    mendLink();
  }

  private LinkUp linkUp() {
    SwitchSnapshot snapshot =
        new SwitchSnapshot(clock.micros(), exchange.snapshot(), phones.states(), tapes.names());
    return new LinkUp(id(), exchange.epoch(), snapshot, 0);
  }

  // ---- LegControl

  @Override
  public CompletionStage<@Nullable Void> ring(LegKey leg) {
    return order(() -> exchange.live(leg));
  }

  @Override
  public CompletionStage<@Nullable Void> answer(LegKey leg) {
    return order(
        () -> {
          DemoLeg live = exchange.live(leg);
          if (live.isDialled() && !live.answered()) {
            throw new Fault.Refused("A phone that rings is answered at the phone.");
          }
          exchange.answer(live);
        });
  }

  @Override
  public CompletionStage<@Nullable Void> musicOn(LegKey leg) {
    return order(() -> sounds.musicOn(exchange.alone(leg)));
  }

  @Override
  public CompletionStage<@Nullable Void> musicOff(LegKey leg) {
    return order(() -> sounds.musicOff(exchange.live(leg)));
  }

  @Override
  public CompletionStage<@Nullable Void> sendKeys(LegKey leg, String keys) {
    return order(() -> exchange.answered(leg).hear(LegControl.checkedKeys(keys)));
  }

  @Override
  public CompletionStage<@Nullable Void> hangUp(LegKey leg, HangUp reason) {
    return order(() -> exchange.find(leg).ifPresent(live -> exchange.end(live, causeOf(reason))));
  }

  private static EndCause causeOf(HangUp reason) {
    return switch (reason) {
      case NORMAL -> new EndCause(Side.US, 16, 200, "Normal clearing");
      case BUSY -> new EndCause(Side.US, 17, 486, "Busy");
      case NO_ANSWER -> new EndCause(Side.US, 19, 480, "No answer");
      case REJECTED -> new EndCause(Side.US, 21, 603, "Rejected");
    };
  }

  // ---- Dialling, Mixing, Announcing

  @Override
  public CompletionStage<LegKey> dial(DialOrder order) {
    return command(() -> phones.dial(order));
  }

  @Override
  public CompletionStage<LegKey> dialOutside(OutsideOrder order) {
    return command(() -> outside.dial(order));
  }

  @Override
  public CompletionStage<@Nullable Void> join(String bridge, LegKey leg) {
    return order(() -> exchange.join(bridge, exchange.answered(leg)));
  }

  @Override
  public CompletionStage<@Nullable Void> leave(String bridge, LegKey leg) {
    return order(() -> exchange.leave(bridge, exchange.live(leg)));
  }

  @Override
  public CompletionStage<@Nullable Void> close(String bridge) {
    return order(() -> exchange.close(bridge));
  }

  @Override
  public CompletionStage<@Nullable Void> announce(
      LegKey leg, String playId, Announcement announcement) {
    return order(() -> exchange.alone(leg).playlist().add(playId, announcement.text()));
  }

  @Override
  public CompletionStage<@Nullable Void> beep(LegKey leg, String playId) {
    return order(() -> exchange.alone(leg).playlist().beep(playId));
  }

  // ---- Recorder

  @Override
  public CompletionStage<@Nullable Void> startRecording(LegKey leg, String recording) {
    return named(recording, () -> record(exchange.answered(leg), recording));
  }

  private void record(DemoLeg leg, String recording) {
    sounds.record(leg, exchange.peers(leg), recording);
  }

  @Override
  public CompletionStage<@Nullable Void> pauseRecording(LegKey leg, String recording) {
    return named(recording, () -> tapes.pause(recording));
  }

  @Override
  public CompletionStage<@Nullable Void> resumeRecording(LegKey leg, String recording) {
    return named(recording, () -> tapes.resume(recording));
  }

  @Override
  public CompletionStage<@Nullable Void> stopRecording(LegKey leg, String recording) {
    return named(recording, () -> tapes.stop(recording));
  }

  @Override
  public CompletionStage<Tracks> fetch(String recording, Path directory) {
    return named(recording, () -> tapes.checkFinished(recording))
        .thenCompose(ready -> store.fetch(recording, directory));
  }

  @Override
  public CompletionStage<@Nullable Void> delete(String recording) {
    return named(recording, () -> tapes.checkFinished(recording))
        .thenCompose(ready -> store.delete(recording));
  }

  // ---- VirtualPhones, TestCaller

  @Override
  public CompletionStage<@Nullable Void> register(String address, boolean registered) {
    return order(() -> phones.register(address, registered));
  }

  @Override
  public CompletionStage<@Nullable Void> lift(LegKey leg) {
    return order(() -> phones.lift(leg));
  }

  @Override
  public CompletionStage<@Nullable Void> putDown(LegKey leg) {
    return order(() -> phones.putDown(leg));
  }

  @Override
  public CompletionStage<LegKey> placeCall(TestCall call) {
    return command(() -> callers.place(call));
  }

  // ---- how a command is carried out

  private CompletionStage<@Nullable Void> named(String recording, Runnable body) {
    return order(
        () -> {
          Tapes.checkName(recording);
          body.run();
        });
  }

  private CompletionStage<@Nullable Void> order(Runnable body) {
    return command(
        () -> {
          body.run();
          return null;
        });
  }

  private <T extends @Nullable Object> CompletionStage<T> command(Supplier<T> body) {
    try {
      return CompletableFuture.completedFuture(guard.call(() -> linked(body)));
    } catch (Fault fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private <T extends @Nullable Object> T linked(Supplier<T> body) {
    teller.checkLink();
    return body.get();
  }
}
