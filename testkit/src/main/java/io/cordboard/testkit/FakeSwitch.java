package io.cordboard.testkit;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.EmergencyWatch;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.SoundWatch;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.TestCaller;
import io.cordboard.spi.telephony.VirtualPhones;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A switch without a will of its own: it writes down each command, answers as the test said
 * (success, unless told otherwise through {@link #next}), and tells exactly what the test {@link
 * #emit}s, in the emitting thread. Thread-safe.
 */
public final class FakeSwitch
    implements PhoneSwitch,
        LegControl,
        Dialling,
        Mixing,
        Announcing,
        Recorder,
        VirtualPhones,
        TestCaller,
        EmergencyWatch,
        SoundWatch,
        OutsideDialling {
  private final String id;
  private final Clock clock;
  private final Set<Capability> capabilities;
  private final CommandLog log = new CommandLog();
  private final ReentrantLock telling = new ReentrantLock();
  private final AtomicInteger callers = new AtomicInteger();
  private final AtomicLong epoch = new AtomicLong(1);
  private volatile @Nullable SwitchListener listener;

  /** A switch that can do everything. */
  public FakeSwitch(String id, Clock clock) {
    this(
        id, clock,
        EnumSet.complementOf(EnumSet.of(Capability.STANDBY, Capability.SWITCH_RECORDS)));
  }

  public FakeSwitch(String id, Clock clock, Set<Capability> capabilities) {
    this.id = id;
    this.clock = clock;
    this.capabilities = Set.copyOf(capabilities);
  }

  // ---- what a test does with it

  /** Every command so far, in the order in which they were given. */
  public List<SwitchCommand> commands() {
    return log.all();
  }

  /** Every command of a kind so far. */
  public <C extends SwitchCommand> List<C> commands(Class<C> kind) {
    return log.all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Waits for the first command of this kind. */
  public <C extends SwitchCommand> C await(Class<C> kind) {
    return await(kind, any -> true);
  }

  /** Waits for the first command like this. */
  public <C extends SwitchCommand> C await(Class<C> kind, Predicate<? super C> wished) {
    return log.await(kind, wished);
  }

  /** Forgets the commands so far. */
  public void forgetCommands() {
    log.forget();
  }

  /** Says what becomes of the next command of a kind that has no answer planned yet. */
  public CommandLog.Plan next(Class<? extends SwitchCommand> kind) {
    return log.next(kind);
  }

  /** Tells the listener; returns when it has taken the signal. */
  public void emit(SwitchSignal signal) {
    SwitchListener told = listener;
    if (told == null) {
      throw new IllegalStateException("The switch '" + id + "' was not started, or is closed.");
    }
    telling.lock();
    try {
      told.on(signal);
    } finally {
      telling.unlock();
    }
  }

  /** Tells an event. */
  public void emit(CallEvent event) {
    emit(new SwitchSignal.Happened(event));
  }

  /** Tells that the link stands and that nothing of ours is on the switch. */
  public void linkUp() {
    linkUp(new SwitchSnapshot(clock.micros(), List.of(), Map.of(), List.of()));
  }

  public void linkUp(SwitchSnapshot snapshot) {
    emit(new SwitchSignal.LinkUp(id, epoch(), snapshot, 0));
  }

  public void linkDown() {
    emit(new SwitchSignal.LinkDown(id, clock.micros(), "The test cut the link."));
  }

  /** A controlled call arrives from {@code from} at our line {@code to}. */
  public LegKey arrives(String channel, String from, String to) {
    LegKey leg = leg(channel);
    NumberClaims claims = NumberClaims.of("fake", from, to);
    emit(new LegArrived(leg, clock.micros(), Control.CONTROLLED, claims, null, null));
    return leg;
  }

  /** The key of a channel in the present run of this switch. */
  public LegKey leg(String channel) {
    return new LegKey(id, epoch(), channel);
  }

  /** From now on it is a later run of the switch: the same channel is another leg. */
  public void restart() {
    epoch.incrementAndGet();
  }

  public long epoch() {
    return epoch.get();
  }

  public boolean started() {
    return listener != null;
  }

  // ---- PhoneSwitch and the capabilities

  @Override
  public String id() {
    return id;
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public void start(SwitchListener listener) {
    this.listener = listener;
  }

  @Override
  public void close() {
    listener = null;
  }

  @Override
  public CompletionStage<Void> ring(LegKey leg) {
    return log.take(new SwitchCommand.Ring(leg));
  }

  @Override
  public CompletionStage<Void> answer(LegKey leg) {
    return log.take(new SwitchCommand.Answer(leg));
  }

  @Override
  public CompletionStage<Void> musicOn(LegKey leg) {
    return log.take(new SwitchCommand.MusicOn(leg));
  }

  @Override
  public CompletionStage<Void> musicOff(LegKey leg) {
    return log.take(new SwitchCommand.MusicOff(leg));
  }

  @Override
  public CompletionStage<Void> sendKeys(LegKey leg, String keys) {
    return log.take(new SwitchCommand.SendKeys(leg, keys));
  }

  @Override
  public CompletionStage<Void> hangUp(LegKey leg, HangUp reason) {
    return log.take(new SwitchCommand.HangUp(leg, reason));
  }

  @Override
  public CompletionStage<LegKey> dial(DialOrder order) {
    return log.take(new SwitchCommand.Dial(order)).thenApply(done -> leg(order.channel()));
  }

  @Override
  public CompletionStage<LegKey> dialOutside(OutsideOrder order) {
    return log.take(new SwitchCommand.DialOutside(order)).thenApply(done -> leg(order.channel()));
  }

  @Override
  public CompletionStage<Void> join(String bridge, LegKey leg) {
    return log.take(new SwitchCommand.Join(bridge, leg));
  }

  @Override
  public CompletionStage<Void> leave(String bridge, LegKey leg) {
    return log.take(new SwitchCommand.Leave(bridge, leg));
  }

  @Override
  public CompletionStage<Void> close(String bridge) {
    return log.take(new SwitchCommand.Close(bridge));
  }

  @Override
  public CompletionStage<Void> announce(LegKey leg, String playId, Announcement announcement) {
    return log.take(new SwitchCommand.Announce(leg, playId, announcement));
  }

  @Override
  public CompletionStage<Void> beep(LegKey leg, String playId) {
    return log.take(new SwitchCommand.Beep(leg, playId));
  }

  @Override
  public CompletionStage<Void> startRecording(LegKey leg, String recording) {
    return log.take(new SwitchCommand.StartRecording(leg, recording));
  }

  @Override
  public CompletionStage<Void> pauseRecording(LegKey leg, String recording) {
    return log.take(new SwitchCommand.PauseRecording(leg, recording));
  }

  @Override
  public CompletionStage<Void> resumeRecording(LegKey leg, String recording) {
    return log.take(new SwitchCommand.ResumeRecording(leg, recording));
  }

  @Override
  public CompletionStage<Void> stopRecording(LegKey leg, String recording) {
    return log.take(new SwitchCommand.StopRecording(leg, recording));
  }

  /** Writes two tones of half a second: 400 Hz said, 500 Hz heard. */
  @Override
  public CompletionStage<Tracks> fetch(String recording, Path directory) {
    return log.take(new SwitchCommand.Fetch(recording, directory))
        .thenApply(done -> tones(recording, directory));
  }

  @Override
  public CompletionStage<Void> delete(String recording) {
    return log.take(new SwitchCommand.Delete(recording));
  }

  @Override
  public CompletionStage<Void> register(String address, boolean registered) {
    return log.take(new SwitchCommand.Register(address, registered));
  }

  @Override
  public CompletionStage<Void> lift(LegKey leg) {
    return log.take(new SwitchCommand.Lift(leg));
  }

  @Override
  public CompletionStage<Void> putDown(LegKey leg) {
    return log.take(new SwitchCommand.PutDown(leg));
  }

  /** The legs are called {@code caller-1}, {@code caller-2} …; the test lets them arrive. */
  @Override
  public CompletionStage<LegKey> placeCall(TestCall call) {
    LegKey leg = leg("caller-" + callers.incrementAndGet());
    return log.take(new SwitchCommand.PlaceCall(call)).thenApply(done -> leg);
  }

  private static Tracks tones(String recording, Path directory) {
    Path says = directory.resolve(recording + "-says.wav");
    Path hears = directory.resolve(recording + "-hears.wav");
    Wav.tone(8000, 400, 0.5).write(says);
    Wav.tone(8000, 500, 0.5).write(hears);
    return new Tracks(says, hears);
  }
}
