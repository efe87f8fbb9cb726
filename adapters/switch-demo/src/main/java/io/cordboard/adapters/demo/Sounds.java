package io.cordboard.adapters.demo;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets legs speak and hear, and puts it on the tapes that run. Called under the lock. */
final class Sounds {
  private static final double ANNOUNCER_HERTZ = 392;

  private final Clock clock;
  private final Tapes tapes;

  Sounds(Clock clock, Tapes tapes) {
    this.clock = clock;
    this.tapes = tapes;
  }

  /** The leg's far end says something to the peers. */
  Sound speak(DemoLeg speaker, List<DemoLeg> peers, double hertz, Duration spoken) {
    Sound voice = Sound.voice(hertz, clock.nanos(), spoken.toNanos());
    speaker.voice(voice);
    tapes.said(speaker.key(), voice);
    peers.forEach(peer -> tapes.heard(peer.key(), voice));
    return voice;
  }

  /** The switch says something to the leg. */
  Sound announce(LegKey leg, Duration spoken) {
    Sound voice = Sound.voice(ANNOUNCER_HERTZ, clock.nanos(), spoken.toNanos());
    tapes.heard(leg, voice);
    return voice;
  }

  void musicOn(DemoLeg leg) {
    if (leg.music() == null) {
      Sound music = Sound.music(clock.nanos());
      leg.music(music);
      tapes.heard(leg.key(), music);
    }
  }

  void musicOff(DemoLeg leg) {
    Sound music = leg.music();
    if (music != null) {
      music.cut(clock.nanos());
      leg.music(null);
    }
  }

  void cut(@Nullable Sound sound) {
    if (sound != null) {
      sound.cut(clock.nanos());
    }
  }

  /** Starts a recording of the leg. */
  void record(DemoLeg leg, List<DemoLeg> peers, String recording) {
    List<Sound> hears = new ArrayList<>();
    peers.forEach(peer -> add(hears, peer.voice()));
    add(hears, leg.music());
    add(hears, leg.playlist().sound());
    List<Sound> says = new ArrayList<>();
    add(says, leg.voice());
    tapes.start(leg.key(), recording, says, hears);
  }

  private void add(List<Sound> sounds, @Nullable Sound sound) {
    if (sound != null && sound.heardAt(clock.nanos())) {
      sounds.add(sound);
    }
  }
}
