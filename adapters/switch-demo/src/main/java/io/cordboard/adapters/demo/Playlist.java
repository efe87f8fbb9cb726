package io.cordboard.adapters.demo;

import io.cordboard.kernel.CallEvent.AnnouncementEnded;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The announcements of one leg, one after the other. Called under the lock. */
final class Playlist {
  private static final Duration BEEP = Duration.ofMillis(400);

  private final LegKey leg;
  private final Clock clock;
  private final Guard guard;
  private final Teller teller;
  private final Sounds sounds;
  private final Set<String> known = new HashSet<>();
  private final Queue<Play> waiting = new ArrayDeque<>();
  private @Nullable Running running;

  private record Play(String id, Duration spoken) {}

  private record Running(Play play, Sound sound, Runnable cancel) {}

  Playlist(LegKey leg, Clock clock, Guard guard, Teller teller, Sounds sounds) {
    this.leg = leg;
    this.clock = clock;
    this.guard = guard;
    this.teller = teller;
    this.sounds = sounds;
  }

  void add(String playId, String text) {
    add(playId, Scripts.spoken(text));
  }

  void beep(String playId) {
    add(playId, BEEP);
  }

  private void add(String playId, Duration length) {
    if (!known.add(playId)) {
      return;
    }
    waiting.add(new Play(playId, length));
    if (running == null) {
      playNext();
    }
  }

  /** What sounds at the moment. */
  @Nullable Sound sound() {
    return running == null ? null : running.sound();
  }

  /** Ends what plays and what waits. */
  void cut(long at) {
    Running cut = running;
    if (cut == null) {
      return;
    }
    cut.cancel().run();
    sounds.cut(cut.sound());
    running = null;
    ended(cut.play(), at, false);
    waiting.forEach(play -> ended(play, at, false));
    waiting.clear();
  }

  private void playNext() {
    Play next = waiting.poll();
    running = next == null ? null : play(next);
  }

  private Running play(Play next) {
    Sound sound = sounds.announce(leg, next.spoken());
    return new Running(next, sound, guard.after(next.spoken(), () -> finished(next)));
  }

  private void finished(Play play) {
    ended(play, clock.micros(), true);
    playNext();
  }

  private void ended(Play play, long at, boolean whole) {
    teller.tell(new AnnouncementEnded(leg, at, play.id(), whole));
  }
}
