package io.cordboard.adapters.asterisk;

import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Announcing.Announcement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Plays words to legs. ARI plays an id as often as it is told; we remember which were played. */
final class Announcements {
  private static final int REMEMBERED = 20_000;

  private record Play(String channel, CompletableFuture<Answer> answer) {}

  private final AriRest rest;
  private final Sounds sounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Play> plays =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Play> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Map<String, String> latest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  Announcements(AriRest rest, Sounds sounds) {
    this.rest = rest;
    this.sounds = sounds;
  }

  CompletionStage<Answer> play(String channel, String playId, Announcement words) {
    if (!Dialler.isChannel(playId)) {
      return CompletableFuture.failedFuture(
          new Fault.BadRequest("'" + Fault.excerpt(playId) + "' is no id for an announcement."));
    }
    Play fresh = new Play(channel, new CompletableFuture<>());
    Play present = remember(playId, fresh);
    if (present != null) {
      return present.answer;
    }
    String path = "/channels/" + AriRest.encode(channel) + "/play/" + AriRest.encode(playId);
    sounds
        .of(words)
        .thenCompose(sound -> rest.send(Ask.post(path).with("media", "sound:" + sound)))
        .whenComplete((answer, failed) -> settle(playId, fresh, answer, failed));
    return fresh.answer;
  }

  /** Ends what the leg is being told; else a join would wait for the last word. */
  CompletionStage<@Nullable Void> cut(String channel) {
    String playId;
    lock.lock();
    try {
      playId = latest.remove(channel);
    } finally {
      lock.unlock();
    }
    return playId == null
        ? CompletableFuture.completedFuture(null)
        : rest.send(Ask.delete("/playbacks/" + AriRest.encode(playId))).thenAccept(any -> {});
  }

  private @Nullable Play remember(String playId, Play fresh) {
    lock.lock();
    try {
      Play present = plays.putIfAbsent(playId, fresh);
      if (present == null) {
        latest.put(fresh.channel, playId);
      }
      return present;
    } finally {
      lock.unlock();
    }
  }

  private void settle(
      String playId, Play play, @Nullable Answer answer, @Nullable Throwable failed) {
    if (answer == null || !answer.good()) {
      lock.lock();
      try {
        plays.remove(playId, play);
      } finally {
        lock.unlock();
      }
    }
    if (answer != null) {
      play.answer.complete(answer);
    } else if (failed != null) {
      play.answer.completeExceptionally(Lanes.fault(failed));
    }
  }
}
