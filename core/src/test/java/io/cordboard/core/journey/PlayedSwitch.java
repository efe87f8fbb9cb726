package io.cordboard.core.journey;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Announcing;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.Dialling;
import io.cordboard.spi.telephony.LegControl;
import io.cordboard.spi.telephony.Mixing;
import io.cordboard.spi.telephony.OutsideDialling;
import io.cordboard.spi.telephony.OutsideOrder;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A small PBX that does what it is told and keeps the truth of who is connected. What it tells goes on a
 * {@link Wire}, which is where things get lost; {@link #trouble} may spoil any command.
 */
final class PlayedSwitch
    implements PhoneSwitch, LegControl, Dialling, Mixing, Announcing, Recorder, OutsideDialling {
  static final String ID = "pbx";

  private final Clock clock;
  private final Wire wire;
  private final Map<LegKey, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Boolean> registered = new LinkedHashMap<>();
  private final Map<String, LegKey> recordings = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private long epoch = 1;
  private long lastAt;

  /** What becomes of the next command. */
  enum Trouble {
    NONE,
    /** It does not arrive. */
    LOST,
    /** It is carried out, and the answer is lost. */
    UNANSWERED
  }

  /** Asked before each command; may also end the world by throwing. */
  Trouble trouble = Trouble.NONE;

  /** Sees each order for something that must be in the journal already. */
  Consumer<String> ordered = name -> {};

  /** Called before every command. */
  Runnable commanded = () -> {};

  /** A channel. {@code address} is null for a caller from outside. */
  static final class Channel {
    final LegKey key;
    final String address;
    final LegArrived arrival;
    boolean up;
    String bridge;
    boolean music;
    String playing;
    long ringUntil;

    Channel(LegKey key, String address, LegArrived arrival) {
      this.key = key;
      this.address = address;
      this.arrival = arrival;
    }

    boolean customer() {
      return address == null;
    }
  }

  PlayedSwitch(Clock clock, Wire wire, List<String> addresses) {
    this.clock = clock;
    this.wire = wire;
    addresses.forEach(address -> registered.put(address, true));
  }

  // ---- the people ----------------------------------------------------------------------------

  LegKey arrives(String channel, NumberClaims claims) {
    LegKey key = new LegKey(ID, epoch, channel);
    LegArrived arrival = new LegArrived(key, at(), Control.CONTROLLED, claims, "sip-" + channel, null);
    channels.put(key, new Channel(key, null, arrival));
    wire.tell(arrival);
    return key;
  }

  List<Channel> customers() {
    return channels.values().stream().filter(Channel::customer).toList();
  }

  List<Channel> devices() {
    return channels.values().stream().filter(c -> !c.customer()).toList();
  }

  Channel channel(LegKey key) {
    return channels.get(key);
  }

  boolean recordsNothing() {
    return recordings.isEmpty();
  }

  void lift(Channel device) {
    if (!device.up) {
      device.up = true;
      wire.tell(new CallEvent.LegAnswered(device.key, at()));
    }
  }

  void ends(Channel channel, EndCause cause) {
    if (channels.remove(channel.key) == null) {
      return;
    }
    recordings.entrySet().removeIf(r -> r.getValue().equals(channel.key) && ended(r));
    leaveBridge(channel);
    wire.tell(new CallEvent.LegEnded(channel.key, at(), cause));
    if (!channel.customer()) {
      deviceState(channel.address);
    }
  }

  private boolean ended(Map.Entry<String, LegKey> recording) {
    wire.tell(new CallEvent.RecordingEnded(recording.getValue(), at(), recording.getKey()));
    return true;
  }

  /** Somebody dials at a free phone, and waits there until they lose patience. */
  void dialsByHand(String address, String number, String channel) {
    if (state(address) == DeviceState.IDLE) {
      Channel device = new Channel(new LegKey(ID, epoch, channel), address, null);
      device.ringUntil = at() + 30_000_000L;
      channels.put(device.key, device);
      deviceState(address);
      wire.tell(new PhoneDials(device.key, address, number, at()));
    }
  }

  /** The phone's own transfer key. */
  void transferKey(Channel device, String target) {
    wire.tell(new CallEvent.TransferAsked(device.key, at(), target, null));
  }

  /** The phone's own hold key. */
  void holdKey(Channel device, boolean hold) {
    wire.tell(
        hold
            ? new CallEvent.LegHeld(device.key, at())
            : new CallEvent.LegResumed(device.key, at()));
  }

  /** An announcement comes to its end. */
  void spoken(Channel channel, boolean whole) {
    String play = channel.playing;
    if (play != null) {
      channel.playing = null;
      wire.tell(new CallEvent.AnnouncementEnded(channel.key, at(), play, whole));
    }
  }

  /** Of the recording that was begun last one side is not written any more. */
  void losesASide() {
    recordings.entrySet().stream()
        .reduce((first, last) -> last)
        .ifPresent(
            it ->
                wire.tell(
                    new CallEvent.RecordingSilent(it.getValue(), at(), it.getKey(), Track.HEARS)));
  }

  void register(String address, boolean on) {
    if (registered.put(address, on) != on) {
      deviceState(address);
    }
  }

  List<String> addresses() {
    return List.copyOf(registered.keySet());
  }

  private void deviceState(String address) {
    wire.tell(new DeviceChanged(ID, address, state(address), at()));
  }

  DeviceState state(String address) {
    boolean busy = devices().stream().anyMatch(d -> d.address.equals(address));
    return !registered.getOrDefault(address, false)
        ? DeviceState.UNREGISTERED
        : busy ? DeviceState.BUSY : DeviceState.IDLE;
  }

  /** Devices that rang for too long are given up. */
  void time() {
    for (Channel device : List.copyOf(channels.values())) {
      if (!device.up && device.arrival == null && device.ringUntil <= at()) {
        ends(device, new EndCause(EndCause.Side.SWITCH, 19, 0, "rang out"));
      }
    }
  }

  /** Everything on it is gone, and it begins again. */
  void restart() {
    channels.clear();
    recordings.clear();
    epoch++;
  }

  long epoch() {
    return epoch;
  }

  SwitchSnapshot snapshot() {
    Map<String, DeviceState> states = new LinkedHashMap<>();
    registered.keySet().forEach(address -> states.put(address, state(address)));
    return new SwitchSnapshot(
        at(),
        channels.values().stream()
            .map(c -> new LiveLeg(c.key, c.up, c.bridge, c.arrival))
            .toList(),
        states,
        List.copyOf(recordings.keySet()));
  }

  /** Its own clock: never set back, and never the same twice. */
  private long at() {
    lastAt = Math.max(lastAt + 1, 1_767_574_800_000_000L + clock.nanos() / 1000);
    return lastAt;
  }

  // ---- the commands --------------------------------------------------------------------------

  private CompletionStage<Void> carryOut(LegKey key, Consumer<Channel> body) {
    commanded.run();
    if (!wire.linked()) {
      return CompletableFuture.failedFuture(new Fault.Unreachable("The link is down.", null));
    }
    Trouble spoilt = trouble;
    trouble = Trouble.NONE;
    if (spoilt == Trouble.LOST) {
      return CompletableFuture.failedFuture(new Fault.OutcomeUnknown("Lost on the way.", null));
    }
    Channel channel = channels.get(key);
    if (channel == null) {
      return CompletableFuture.failedFuture(new Fault.NotFound("No such channel."));
    }
    try {
      body.accept(channel);
    } catch (Fault fault) {
      return CompletableFuture.failedFuture(fault);
    }
    return spoilt == Trouble.UNANSWERED
        ? CompletableFuture.failedFuture(new Fault.OutcomeUnknown("The answer was lost.", null))
        : CompletableFuture.completedFuture(null);
  }

  private static void needUp(Channel channel) {
    if (!channel.up) {
      throw new Fault.Refused("The channel is not answered.");
    }
  }

  @Override
  public CompletionStage<Void> ring(LegKey leg) {
    return carryOut(leg, channel -> {});
  }

  @Override
  public CompletionStage<Void> answer(LegKey leg) {
    return carryOut(leg, this::lift);
  }

  @Override
  public CompletionStage<Void> musicOn(LegKey leg) {
    return carryOut(
        leg,
        channel -> {
          needUp(channel);
          if (channel.bridge != null) {
            throw new Fault.Refused("The channel is in a bridge.");
          }
          channel.music = true;
        });
  }

  @Override
  public CompletionStage<Void> musicOff(LegKey leg) {
    return carryOut(leg, channel -> channel.music = false);
  }

  @Override
  public CompletionStage<Void> sendKeys(LegKey leg, String keys) {
    return carryOut(leg, PlayedSwitch::needUp);
  }

  @Override
  public CompletionStage<Void> hangUp(LegKey leg, HangUp reason) {
    if (wire.linked() && !channels.containsKey(leg)) {
      commanded.run();
      return CompletableFuture.completedFuture(null);
    }
    return carryOut(
        leg, channel -> ends(channel, new EndCause(EndCause.Side.US, 16, 0, reason.name())));
  }

  @Override
  public CompletionStage<LegKey> dial(DialOrder order) {
    ordered.accept(order.channel());
    LegKey key = new LegKey(ID, epoch, order.channel());
    if (wire.linked() && trouble != Trouble.LOST && used.add(order.channel())) {
      rings(key, order);
    }
    if (wire.linked() && trouble != Trouble.LOST && !channels.containsKey(key)) {
      commanded.run();
      return CompletableFuture.failedFuture(new Fault.Refused("The device cannot be rung."));
    }
    return carryOut(key, channel -> {}).thenApply(done -> key);
  }

  private void rings(LegKey key, DialOrder order) {
    if (state(order.address()) == DeviceState.IDLE) {
      Channel device = new Channel(key, order.address(), null);
      channels.put(key, device);
      device.ringUntil = at() + order.ringSeconds() * 1_000_000L;
      wire.tell(new CallEvent.LegRinging(key, at()));
      deviceState(order.address());
      if (order.autoAnswer()) {
        lift(device);
      }
    }
  }

  @Override
  public CompletionStage<LegKey> dialOutside(OutsideOrder order) {
    ordered.accept(order.channel());
    LegKey key = new LegKey(ID, epoch, order.channel());
    if (wire.linked() && trouble != Trouble.LOST && used.add(order.channel())) {
      Channel called = new Channel(key, null, null);
      channels.put(key, called);
      called.ringUntil = at() + order.ringSeconds() * 1_000_000L;
      if (order.bridge() != null) {
        called.bridge = order.bridge();
        wire.tell(new CallEvent.LegJoined(key, at(), order.bridge()));
      }
      wire.tell(new CallEvent.LegRinging(key, at()));
    }
    return carryOut(key, channel -> {}).thenApply(done -> key);
  }

  @Override
  public CompletionStage<Void> join(String bridge, LegKey leg) {
    return carryOut(
        leg,
        channel -> {
          needUp(channel);
          if (!bridge.equals(channel.bridge)) {
            leaveBridge(channel);
            channel.bridge = bridge;
            wire.tell(new CallEvent.LegJoined(leg, at(), bridge));
          }
          channel.music = false;
        });
  }

  private void leaveBridge(Channel channel) {
    String bridge = channel.bridge;
    if (bridge != null) {
      channel.bridge = null;
      wire.tell(new CallEvent.LegLeft(channel.key, at(), bridge));
    }
  }

  @Override
  public CompletionStage<Void> leave(String bridge, LegKey leg) {
    return carryOut(
        leg,
        channel -> {
          if (bridge.equals(channel.bridge)) {
            leaveBridge(channel);
          }
        });
  }

  @Override
  public CompletionStage<Void> close(String bridge) {
    commanded.run();
    if (wire.linked()) {
      channels.values().stream()
          .filter(channel -> bridge.equals(channel.bridge))
          .toList()
          .forEach(this::leaveBridge);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> beep(LegKey leg, String playId) {
    return announce(leg, playId, new Announcement("beep", "en"));
  }

  @Override
  public CompletionStage<Void> announce(LegKey leg, String playId, Announcement announcement) {
    return carryOut(
        leg,
        channel -> {
          needUp(channel);
          if (used.add(playId)) {
            channel.playing = playId;
          }
        });
  }

  @Override
  public CompletionStage<Void> startRecording(LegKey leg, String recording) {
    ordered.accept(recording);
    return carryOut(
        leg,
        channel -> {
          needUp(channel);
          if (used.add(recording)) {
            recordings.put(recording, leg);
            wire.tell(new CallEvent.RecordingStarted(leg, at(), recording));
          }
        });
  }

  @Override
  public CompletionStage<Void> pauseRecording(LegKey leg, String recording) {
    return carryOut(
        leg, channel -> wire.tell(new CallEvent.RecordingPaused(leg, at(), recording)));
  }

  @Override
  public CompletionStage<Void> resumeRecording(LegKey leg, String recording) {
    return carryOut(
        leg, channel -> wire.tell(new CallEvent.RecordingResumed(leg, at(), recording)));
  }

  @Override
  public CompletionStage<Void> stopRecording(LegKey leg, String recording) {
    return carryOut(
        leg,
        channel -> {
          if (recordings.remove(recording) != null) {
            wire.tell(new CallEvent.RecordingEnded(leg, at(), recording));
          }
        });
  }

  @Override
  public CompletionStage<Tracks> fetch(String recording, Path directory) {
    throw new UnsupportedOperationException("not in this play");
  }

  @Override
  public CompletionStage<Void> delete(String recording) {
    throw new UnsupportedOperationException("not in this play");
  }

  // ---- PhoneSwitch ---------------------------------------------------------------------------

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.LEG_CONTROL,
        Capability.DIALLING,
        Capability.MIXING,
        Capability.ANNOUNCING,
        Capability.RECORDER,
        Capability.OUTSIDE_DIALLING);
  }

  @Override
  public void start(SwitchListener listener) {}

  @Override
  public void close() {}
}
