package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.CallEvent.RecordingSilent;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Listens to tracks while they are written. Asterisk can go on writing zeros for one side of a talk that
 * is heard by both (docs/vendors/asterisk.md). Told is only what was seen twice: zeros on one track and
 * sound on the other, while packets came in for the one without sound. It is told once for a recording.
 */
final class SilenceWatch {
  /** A little more than it takes Asterisk to write the first block of a track. */
  private static final Duration FIRST = Duration.ofMillis(2_500);

  private static final Duration EVERY = Duration.ofSeconds(5);

  /** Two blocks: the last one then holds nothing from before the packets were counted. */
  private static final Duration PROOF = Duration.ofMillis(4_500);

  /** 20 a second: a phone sends 50, or hardly any while nobody speaks. */
  private static final long PACKETS = 90;

  private final Sight sight;
  private final TrackFiles tracks;
  private final Clock clock;
  private final Predicate<String> runs;

  SilenceWatch(Sight sight, TrackFiles tracks, Clock clock, Predicate<String> runs) {
    this.sight = sight;
    this.tracks = tracks;
    this.clock = clock;
    this.runs = runs;
  }

  /** What it sees of Asterisk, and where it tells. */
  interface Sight {
    void later(Duration delay, Runnable work);

    /** How many packets of sound have come in at this channel. */
    CompletionStage<Long> packets(String channel);

    /** The channels that this one hears at the moment. */
    Set<String> heardBy(String channel);

    /** False where the link went at that moment, and nobody will hear of it. */
    boolean tell(RecordingSilent silent);
  }

  /** Whose sound a track is made of, and how many packets of it have come. */
  private record Media(Set<String> channels, long packets) {
    boolean flowedSince(Media before) {
      return channels.equals(before.channels) && packets - before.packets >= PACKETS;
    }
  }

  /** A recording has begun. */
  void begin(String name, LegKey leg) {
    sight.later(FIRST, () -> look(name, leg));
  }

  private void look(String name, LegKey leg) {
    if (!runs.test(name)) {
      return;
    }
    Track silent = tracks.silent(name);
    if (silent == null) {
      lookAgain(name, leg);
      return;
    }
    media(leg, silent)
        .whenComplete(
            (before, failed) -> {
              if (failed == null) {
                sight.later(PROOF, () -> prove(name, leg, silent, before));
              } else {
                lookAgain(name, leg);
              }
            });
  }

  private void prove(String name, LegKey leg, Track silent, Media before) {
    if (!runs.test(name)) {
      return;
    }
    if (tracks.silent(name) != silent) {
      lookAgain(name, leg);
      return;
    }
    media(leg, silent)
        .whenComplete(
            (now, failed) -> {
              boolean proven = failed == null && now.flowedSince(before);
              // told once for all, so it is looked again until somebody has heard it
              if (!proven || !sight.tell(new RecordingSilent(leg, clock.micros(), name, silent))) {
                lookAgain(name, leg);
              }
            });
  }

  private void lookAgain(String name, LegKey leg) {
    sight.later(EVERY, () -> look(name, leg));
  }

  private CompletionStage<Media> media(LegKey leg, Track track) {
    Set<String> channels =
        track == Track.SAYS ? Set.of(leg.channel()) : sight.heardBy(leg.channel());
    List<CompletableFuture<Long>> counts =
        channels.stream()
            .map(channel -> sight.packets(channel).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(counts.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> new Media(channels, counts.stream().mapToLong(CompletableFuture::join).sum()));
  }
}
