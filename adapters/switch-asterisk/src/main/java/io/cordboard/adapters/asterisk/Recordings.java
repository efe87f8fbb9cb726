package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingPaused;
import io.cordboard.kernel.CallEvent.RecordingResumed;
import io.cordboard.kernel.CallEvent.RecordingSilent;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recordings by AMI's MixMonitor: two tracks of one length, at the leg. ARI's own recordings are a
 * mix, and two snoops drift apart.
 */
final class Recordings {
  /**
   * So much must lie between the end of a recording and the next one of the same channel, or
   * Asterisk keeps a translator that drops the next talker's sound (docs/vendors/asterisk.md).
   */
  private static final Duration REST = Duration.ofMillis(80);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int LOOKS = 250;
  private static final Pattern LISTED =
      Pattern.compile("^(0x[0-9a-f]+)\\s.*/([A-Za-z0-9_-]{1,80})-out(?:\\.wav)?\\s*$");

  private static final class Running {
    final LegKey leg;
    volatile boolean started;

    /** Null after a restart of ours: Asterisk does not tell whether it is muted. */
    volatile @Nullable Boolean paused;

    volatile boolean stopped;

    Running(LegKey leg) {
      this.leg = leg;
    }
  }

  /** What recordings need of the link. */
  interface Wire {
    /**
     * @throws Fault.Unreachable without a link
     */
    Ami ami();

    AriRest rest();

    /** Whether it will be heard: false without a link. */
    boolean tell(CallEvent event);

    /** The channels that this one hears at the moment. */
    Set<String> heardBy(String channel);
  }

  /** What the watch sees, by ARI. */
  private record Sight(Wire wire) implements SilenceWatch.Sight {
    @Override
    public void later(Duration delay, Runnable work) {
      wire.rest().later(delay, work);
    }

    @Override
    public CompletionStage<Long> packets(String channel) {
      return wire.rest()
          .send(Ask.get("/channels/" + AriRest.encode(channel) + "/rtp_statistics"))
          .thenApply(
              answer ->
                  answer.orThrow().json().at("rxcount").value() instanceof Number n
                      ? n.longValue()
                      : 0L);
    }

    @Override
    public Set<String> heardBy(String channel) {
      return wire.heardBy(channel);
    }

    @Override
    public boolean tell(RecordingSilent silent) {
      return wire.tell(silent);
    }
  }

  private final Wire wire;
  private final TrackFiles tracks;
  private final Clock clock;
  private final SilenceWatch silence;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<String, Long> stoppedAt = new ConcurrentHashMap<>();

  Recordings(Wire wire, TrackFiles tracks, Clock clock) {
    this.wire = wire;
    this.tracks = tracks;
    this.clock = clock;
    this.silence = new SilenceWatch(new Sight(wire), tracks, clock, this::runs);
  }

  CompletionStage<@Nullable Void> start(LegKey leg, String name) {
    Running present = running.get(name);
    if (present != null) {
      return present.leg.equals(leg) ? done() : refused(name, "records another leg");
    }
    if (tracks.exist(name)) {
      return refused(name, "is finished; take another name");
    }
    Running begun = new Running(leg);
    begun.paused = false;
    running.put(name, begun);
    return rested(leg.channel())
        .thenCompose(rested -> wire.ami().action("MixMonitor", order(leg.channel(), name)))
        .handle(
            (answer, failed) -> {
              if (failed != null || !answer.good()) {
                running.remove(name, begun);
              }
              return failed == null
                  ? CompletableFuture.completedFuture(answer)
                  : CompletableFuture.<Ami.Packet>failedFuture(failed);
            })
        .thenCompose(Function.identity())
        .thenAccept(answer -> check(answer, leg.channel()));
  }

  private static Map<String, String> order(String channel, String name) {
    return Map.of(
        "Channel",
        channel,
        "File",
        "",
        "options",
        "r(" + TrackFiles.says(name) + ")t(" + TrackFiles.hears(name) + ")");
  }

  /** Mutes both directions; what is written is silence. */
  CompletionStage<@Nullable Void> mute(LegKey leg, String name, boolean on) {
    Running one = running.get(name);
    if (one == null || !one.leg.equals(leg)) {
      return CompletableFuture.failedFuture(
          new Fault.NotFound("The recording '" + name + "' does not run on this leg."));
    }
    if (Objects.equals(one.paused, on)) {
      return done();
    }
    return wire.ami()
        .action(
            "MixMonitorMute",
            Map.of("Channel", leg.channel(), "Direction", "both", "State", on ? "1" : "0"))
        .thenAccept(
            answer -> {
              check(answer, leg.channel());
              one.paused = on;
            });
  }

  CompletionStage<@Nullable Void> stop(LegKey leg, String name) {
    Running one = running.get(name);
    if (one == null || one.stopped) {
      return one != null || tracks.exist(name)
          ? done()
          : CompletableFuture.failedFuture(
              new Fault.NotFound("There is no recording '" + name + "'."));
    }
    return listed(wire.ami(), leg.channel())
        .thenCompose(
            listed -> {
              String id = listed.get(name);
              return id == null ? done() : stop(one, id);
            })
        .thenRun(
            () -> {
              if (!one.stopped) {
                one.stopped = true;
                finish(name, clock.micros());
              }
            });
  }

  private CompletionStage<@Nullable Void> stop(Running one, String id) {
    String channel = one.leg.channel();
    one.stopped = true;
    return wire.ami()
        .action("StopMixMonitor", Map.of("Channel", channel, "MixMonitorID", id))
        .whenComplete((answer, failed) -> one.stopped = failed == null)
        .thenAccept(answer -> stoppedAt.put(channel, clock.nanos()));
  }

  /** Names of the recordings of a channel that Asterisk writes now, with its own ids. */
  CompletionStage<Map<String, String>> listed(Ami ami, String channel) {
    return ami.action("Command", Map.of("Command", "mixmonitor list " + channel))
        .thenApply(Recordings::listed);
  }

  private static Map<String, String> listed(Ami.Packet answer) {
    Map<String, String> ids = new HashMap<>();
    for (String line : answer.output()) {
      Matcher one = LISTED.matcher(line);
      if (one.matches()) {
        ids.put(one.group(2), one.group(1));
      }
    }
    return ids;
  }

  /** After a gap: these run; of others nothing more will be told. */
  List<String> resync(Map<String, LegKey> live) {
    live.forEach(
        (name, leg) -> {
          Running known = running.computeIfAbsent(name, any -> new Running(leg));
          begun(name, known);
        });
    List<String> gone = new ArrayList<>(running.keySet());
    gone.removeAll(live.keySet());
    gone.forEach(running::remove);
    return List.copyOf(live.keySet());
  }

  boolean runs(String name) {
    return running.containsKey(name);
  }

  /** Returns false when it was known to have begun. */
  private boolean begun(String name, Running one) {
    if (one.started) {
      return false;
    }
    one.started = true;
    silence.begin(name, one.leg);
    return true;
  }

  /** Takes an event of AMI about a channel's recordings. */
  void on(Ami.Packet event) {
    String channel = event.get("Uniqueid");
    running.forEach(
        (name, one) -> {
          if (one.leg.channel().equals(channel)) {
            on(event, name, one);
          }
        });
  }

  private void on(Ami.Packet event, String name, Running one) {
    switch (event.get("Event")) {
      case "MixMonitorStart" -> {
        if (begun(name, one)) {
          wire.tell(new RecordingStarted(one.leg, event.at(), name));
        }
      }
      case "MixMonitorMute" ->
          wire.tell(
              event.get("State").equals("1")
                  ? new RecordingPaused(one.leg, event.at(), name)
                  : new RecordingResumed(one.leg, event.at(), name));
      case "MixMonitorStop" -> {
        if (one.stopped) {
          finish(name, event.at());
        }
      }
      default -> {}
    }
  }

  /** A leg has ended, and its recordings with it: Asterisk tells that by no event. */
  void legEnded(LegKey leg, long at) {
    stoppedAt.remove(leg.channel());
    running.forEach(
        (name, one) -> {
          if (one.leg.equals(leg)) {
            one.stopped = true;
            finish(name, at);
          }
        });
  }

  private void finish(String name, long at) {
    look(name, at, LOOKS);
  }

  /** Tells the end when the files are whole, or, after {@link #LOOKS}, that no sound came to them. */
  private void look(String name, long at, int looks) {
    if (looks > 0 && !tracks.whole(name)) {
      wire.rest().later(LOOK_AGAIN, () -> look(name, at, looks - 1));
      return;
    }
    Running ended = running.remove(name);
    if (ended != null) {
      wire.tell(new RecordingEnded(ended.leg, at, name));
    }
  }

  private CompletionStage<@Nullable Void> rested(String channel) {
    Long stopped = stoppedAt.get(channel);
    long left = stopped == null ? 0 : REST.toNanos() - (clock.nanos() - stopped);
    if (left <= 0) {
      return done();
    }
    CompletableFuture<@Nullable Void> rested = new CompletableFuture<>();
    wire.rest().later(Duration.ofNanos(left).plusMillis(1), () -> rested.complete(null));
    return rested;
  }

  private static void check(Ami.Packet answer, String channel) {
    if (!answer.good()) {
      String words = Fault.excerpt(answer.get("Message"));
      throw words.contains("No such channel")
          ? new Fault.NotFound("The leg " + channel + " is not on the switch any more.")
          : new Fault.Refused("Asterisk does not record " + channel + ": '" + words + "'.");
    }
  }

  private static CompletionStage<@Nullable Void> refused(String name, String why) {
    return CompletableFuture.failedFuture(
        new Fault.Refused("The recording '" + name + "' " + why + "."));
  }

  private static CompletionStage<@Nullable Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
