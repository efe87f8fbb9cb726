package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Announcing.Announcement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plays words to legs. ARI plays an id as often as it is told; we remember which were played. */
final class Announcements {
  private final AriRest rest;
  private final Sounds sounds;
  private final Legs legs;
  private final Remembered<CompletableFuture<Answer>> plays = new Remembered<>();

  Announcements(AriRest rest, Sounds sounds, Legs legs) {
    this.rest = rest;
    this.sounds = sounds;
    this.legs = legs;
  }

  CompletionStage<Answer> play(String channel, String playId, Announcement words) {
    return play(channel, playId, () -> sounds.of(words));
  }

  /** One short tone. */
  CompletionStage<Answer> beep(String channel, String playId) {
    return play(channel, playId, sounds::beep);
  }

  private CompletionStage<Answer> play(
      String channel, String playId, Supplier<CompletionStage<String>> made) {
    if (!Dialler.isChannel(playId)) {
      throw new Fault.BadRequest("'" + Fault.excerpt(playId) + "' is no id for an announcement.");
    }
    CompletableFuture<Answer> fresh = new CompletableFuture<>();
    CompletableFuture<Answer> present = plays.putIfAbsent(playId, fresh);
    if (present != null) {
      return present;
    }
    made.get()
        .thenCompose(sound -> start(channel, playId, sound))
        .whenComplete(
            (answer, failed) -> {
              if (failed != null || !answer.good()) {
                plays.remove(playId);
              }
              if (failed == null) {
                fresh.complete(answer);
              } else {
                fresh.completeExceptionally(Lanes.fault(failed));
              }
            });
    return fresh;
  }

  private CompletionStage<Answer> start(String channel, String playId, String sound) {
    Legs.Leg leg = legs.find(channel);
    if (leg != null) {
      leg.playing = playId;
    }
    String path = "/channels/" + AriRest.encode(channel) + "/play/" + AriRest.encode(playId);
    return rest.send(Ask.post(path).with("media", "sound:" + sound));
  }

  /** Ends what the leg is being told; else a join would wait for the last word. */
  CompletionStage<@Nullable Void> cut(String channel) {
    Legs.Leg leg = legs.find(channel);
    String playing = leg == null ? null : leg.playing;
    if (leg == null || playing == null) {
      return CompletableFuture.completedFuture(null);
    }
    leg.cut = playing;
    return rest.send(Ask.delete("/playbacks/" + AriRest.encode(playing))).thenAccept(any -> {});
  }
}
