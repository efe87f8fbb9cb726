package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.EndCause.Side;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
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
import io.cordboard.spi.telephony.Standby;
import io.cordboard.spi.telephony.StandbyPlan;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal.Happened;
import io.cordboard.spi.telephony.SwitchRecords;
import io.cordboard.spi.telephony.TestCaller;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One Asterisk 22. Commands go over REST and AMI; events come over the ARI WebSocket and AMI. */
public final class AsteriskSwitch
    implements PhoneSwitch,
        LegControl,
        Dialling,
        Mixing,
        Announcing,
        Recorder,
        TestCaller,
        EmergencyWatch,
        SoundWatch,
        OutsideDialling,
        Standby,
        SwitchRecords {
  private final AsteriskConfig config;
  private final AriRest rest;
  private final Legs legs = new Legs();
  private final Lanes lanes = new Lanes();
  private final AsteriskLink link;
  private final TrackFiles tracks;
  private final Recordings recordings;
  private final Bridges bridges;
  private final Announcements announcements;
  private final Dialler dialler;
  private final @Nullable StandbyWriter standby;
  private final @Nullable RecordFile records;
  private final @Nullable Served served;

  /** Makes the switch; it does nothing before {@link #start}. */
  public AsteriskSwitch(AsteriskConfig config, Clock clock) {
    this.config = config;
    rest = new AriRest(config.ari());
    link = new AsteriskLink(config, clock, rest, legs);
    tracks = new TrackFiles(config.media().recordings());
    recordings = new Recordings(new LinkWire(), tracks, clock);
    bridges = new Bridges(rest, legs);
    Sounds sounds = new Sounds(config.media(), rest);
    announcements = new Announcements(rest, sounds, legs);
    dialler = new Dialler(config, rest, legs, sounds);
    AsteriskConfig.Alone alone = config.alone();
    standby =
        alone == null
            ? null
            : new StandbyWriter(alone.config(), sounds, rest, () -> link.session().ami());
    served =
        alone == null ? null : new Served(alone.served(), () -> link.sessionOrNull() != null);
    records = alone == null ? null : new RecordFile(alone.records(), this::channels);
  }

  // ---- PhoneSwitch

  @Override
  public String id() {
    return config.switchId();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.complementOf(EnumSet.of(Capability.VIRTUAL_PHONES));
    if (config.alone() == null) {
      all.removeAll(Set.of(Capability.STANDBY, Capability.SWITCH_RECORDS));
    }
    return all;
  }

  @Override
  public void start(SwitchListener listener) {
    link.start(listener, recordings);
    if (served != null) {
      served.start();
    }
  }

  @Override
  public void close() {
    if (served != null) {
      served.close();
    }
    link.close();
    rest.close();
  }

  // ---- LegControl

  @Override
  public CompletionStage<@Nullable Void> ring(LegKey leg) {
    return onLeg(
        leg,
        () -> {
          Legs.Leg known = legs.find(leg.channel());
          if (known != null && known.bridge != null) {
            // it would hear the tone over its talk
            return done();
          }
          if (known != null) {
            known.tone = true;
          }
          return tell(leg, "POST", "/ring");
        });
  }

  @Override
  public CompletionStage<@Nullable Void> answer(LegKey leg) {
    return onLeg(
        leg,
        () ->
            tell(leg, "POST", "/answer")
                .thenRun(
                    () -> {
                      Legs.Leg known = legs.find(leg.channel());
                      if (known != null) {
                        known.answered = true;
                        known.tone = false;
                      }
                    }));
  }

  @Override
  public CompletionStage<@Nullable Void> musicOn(LegKey leg) {
    return onLeg(
        leg,
        () -> {
          legs.music(leg, true);
          return tell(leg, "POST", "/moh");
        });
  }

  @Override
  public CompletionStage<@Nullable Void> musicOff(LegKey leg) {
    return onLeg(
        leg, () -> tell(leg, "DELETE", "/moh").thenRun(() -> legs.music(leg, false)));
  }

  @Override
  public CompletionStage<@Nullable Void> sendKeys(LegKey leg, String keys) {
    return onLeg(
        leg,
        () -> {
          Ask ask =
              Ask.post(Legs.path(leg) + "/dtmf").with("dtmf", LegControl.checkedKeys(keys));
          Legs.Leg known = legs.find(leg.channel());
          // Asterisk would send them into a leg that only rings, as early media
          return known != null && !known.answered && !known.dialled
              ? CompletableFuture.failedFuture(
                  new Fault.Refused("The leg " + leg.channel() + " is not answered yet."))
              : rest.send(ask).thenAccept(answer -> legs.check(leg, answer));
        });
  }

  @Override
  public CompletionStage<@Nullable Void> hangUp(LegKey leg, HangUp reason) {
    if (!known(leg)) {
      return linked(AsteriskSwitch::done);
    }
    return linked(() -> lanes.run(List.of(leg.channel()), () -> end(leg, reason)));
  }

  private CompletionStage<@Nullable Void> end(LegKey leg, HangUp reason) {
    EndCause cause = causeOf(reason);
    Legs.Leg known = legs.find(leg.channel());
    if (known != null) {
      known.ordered = cause;
    }
    Ask ask = Ask.delete(Legs.path(leg)).with("reason_code", Integer.toString(cause.q850()));
    return rest.send(ask).thenAccept(Answer::orGone);
  }

  private static EndCause causeOf(HangUp reason) {
    return switch (reason) {
      case NORMAL -> new EndCause(Side.US, 16, 0, "Normal clearing");
      case BUSY -> new EndCause(Side.US, 17, 0, "Busy");
      case NO_ANSWER -> new EndCause(Side.US, 19, 0, "No answer");
      case REJECTED -> new EndCause(Side.US, 21, 0, "Rejected");
    };
  }

  // ---- Mixing

  @Override
  public CompletionStage<@Nullable Void> join(String bridge, LegKey leg) {
    Set<String> keys = new LinkedHashSet<>(List.of(leg.channel(), "bridge:" + bridge));
    Legs.Leg known = legs.find(leg.channel());
    if (known != null) {
      // the bridge that it is moved out of is not removed meanwhile: Asterisk would leave it in neither
      String from = known.heads == null ? known.bridge : known.heads;
      if (from != null) {
        keys.add("bridge:" + from);
      }
      known.heads = bridge;
    }
    return onLeg(
        leg,
        List.copyOf(keys),
        () -> announcements.cut(leg.channel()).thenCompose(cut -> bridges.join(bridge, leg)));
  }

  @Override
  public CompletionStage<@Nullable Void> leave(String bridge, LegKey leg) {
    return onLeg(leg, List.of(leg.channel(), "bridge:" + bridge), () -> bridges.leave(bridge, leg));
  }

  @Override
  public CompletionStage<@Nullable Void> close(String bridge) {
    return linked(() -> lanes.run(List.of("bridge:" + bridge), () -> bridges.close(bridge)));
  }

  // ---- Dialling, Announcing, TestCaller

  @Override
  public CompletionStage<LegKey> dial(DialOrder order) {
    return linked(
        () -> {
          LegKey leg = new LegKey(id(), link.session().epoch(), order.channel());
          return lanes.run(
              List.of(order.channel()), () -> dialler.dial(order).thenApply(rings -> leg));
        });
  }

  @Override
  public CompletionStage<LegKey> dialOutside(OutsideOrder order) {
    return linked(
        () -> {
          LegKey leg = new LegKey(id(), link.session().epoch(), order.channel());
          String bridge = order.bridge();
          List<String> lane =
              bridge == null
                  ? List.of(order.channel())
                  : List.of(order.channel(), "bridge:" + bridge);
          return lanes.run(
              lane,
              () ->
                  dialler
                      .dialOutside(
                          order,
                          () ->
                              bridge == null
                                  ? CompletableFuture.completedFuture(null)
                                  : bridges.join(bridge, leg))
                      .thenApply(dials -> leg));
        });
  }

  @Override
  public CompletionStage<@Nullable Void> announce(
      LegKey leg, String playId, Announcement announcement) {
    return onLeg(
        leg,
        () ->
            announcements
                .play(leg.channel(), playId, announcement)
                .thenAccept(answer -> legs.check(leg, answer)));
  }

  @Override
  public CompletionStage<@Nullable Void> beep(LegKey leg, String playId) {
    return onLeg(
        leg,
        () ->
            announcements
                .beep(leg.channel(), playId)
                .thenAccept(answer -> legs.check(leg, answer)));
  }

  @Override
  public CompletionStage<LegKey> placeCall(TestCall call) {
    return linked(
        () -> {
          long epoch = link.session().epoch();
          return lanes.run(
              List.of(),
              () -> dialler.place(call).thenApply(channel -> new LegKey(id(), epoch, channel)));
        });
  }

  // ---- Recorder

  @Override
  public CompletionStage<@Nullable Void> startRecording(LegKey leg, String recording) {
    return named(recording, () -> onLeg(leg, () -> recordings.start(leg, recording)));
  }

  @Override
  public CompletionStage<@Nullable Void> pauseRecording(LegKey leg, String recording) {
    return named(recording, () -> onLeg(leg, () -> recordings.mute(leg, recording, true)));
  }

  @Override
  public CompletionStage<@Nullable Void> resumeRecording(LegKey leg, String recording) {
    return named(recording, () -> onLeg(leg, () -> recordings.mute(leg, recording, false)));
  }

  @Override
  public CompletionStage<@Nullable Void> stopRecording(LegKey leg, String recording) {
    return named(recording, () -> onLeg(leg, () -> recordings.stop(leg, recording)));
  }

  @Override
  public CompletionStage<Tracks> fetch(String recording, Path directory) {
    return named(recording, () -> finished(recording, () -> tracks.fetch(recording, directory)));
  }

  @Override
  public CompletionStage<@Nullable Void> delete(String recording) {
    return named(
        recording,
        () ->
            finished(
                recording,
                () -> {
                  tracks.delete(recording);
                  return null;
                }));
  }

  private <T extends @Nullable Object> CompletionStage<T> finished(
      String recording, Supplier<T> work) {
    if (recordings.runs(recording)) {
      return CompletableFuture.failedFuture(
          new Fault.Refused("The recording '" + recording + "' runs: stop it first."));
    }
    return lanes.run(List.of("recording:" + recording), () -> rest.blocking(work));
  }

  // ---- Standby

  @Override
  public CompletionStage<@Nullable Void> prepare(StandbyPlan plan) {
    StandbyWriter writer = standby;
    return writer == null
        ? CompletableFuture.failedFuture(
            new Fault.Refused("The Asterisk '" + id() + "' is not set up to work without us."))
        : linked(() -> lanes.run(List.of("standby"), () -> writer.prepare(plan)));
  }

  // ---- SwitchRecords

  @Override
  public CompletionStage<Page> read(@Nullable String after) {
    RecordFile file = records;
    return file == null
        ? CompletableFuture.failedFuture(
            new Fault.Refused("The records of the Asterisk '" + id() + "' are not on this machine."))
        : linked(() -> lanes.run(List.of("records"), () -> rest.blocking(() -> file.read(after))));
  }

  /** Ids of all channels, ours or not. */
  private Set<String> channels() {
    Answer answer = rest.send(Ask.get("/channels")).toCompletableFuture().join();
    if (!answer.good()) {
      throw new Fault.Refused("Asterisk does not list its channels.");
    }
    return AriChannel.readAll(answer.body()).stream()
        .map(channel -> channel.id)
        .collect(Collectors.toSet());
  }

  // ---- how a command is carried out

  private <T extends @Nullable Object> CompletionStage<T> named(
      String recording, Supplier<CompletionStage<T>> command) {
    try {
      TrackFiles.checked(recording);
      return command.get();
    } catch (Fault fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private CompletionStage<@Nullable Void> onLeg(
      LegKey leg, Supplier<CompletionStage<@Nullable Void>> command) {
    return onLeg(leg, List.of(leg.channel()), command);
  }

  private CompletionStage<@Nullable Void> onLeg(
      LegKey leg, List<String> lane, Supplier<CompletionStage<@Nullable Void>> command) {
    return linked(
        () ->
            known(leg) ? lanes.run(lane, command) : CompletableFuture.failedFuture(Legs.gone(leg)));
  }

  /** Without a link nothing is tried, and nothing waits for it. */
  private <T extends @Nullable Object> CompletionStage<T> linked(
      Supplier<CompletionStage<T>> command) {
    try {
      link.session();
      return command.get();
    } catch (Fault fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  /** Whether it can be a leg of this run of this switch. */
  private boolean known(LegKey leg) {
    AsteriskLink.Session session = link.sessionOrNull();
    return session != null
        && leg.switchId().equals(id())
        && leg.epoch() == session.epoch()
        && Dialler.isChannel(leg.channel());
  }

  private CompletionStage<@Nullable Void> tell(LegKey leg, String method, String what) {
    return rest.send(new Ask(method, Legs.path(leg) + what, Map.of(), null))
        .thenAccept(answer -> legs.check(leg, answer));
  }

  private static CompletionStage<@Nullable Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  private final class LinkWire implements Recordings.Wire {
    @Override
    public Ami ami() {
      return link.session().ami();
    }

    @Override
    public AriRest rest() {
      return rest;
    }

    @Override
    public boolean tell(CallEvent event) {
      return link.tell(new Happened(event));
    }

    @Override
    public Set<String> heardBy(String channel) {
      return legs.heardBy(channel);
    }
  }
}
