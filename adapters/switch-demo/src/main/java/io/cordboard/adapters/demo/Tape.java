package io.cordboard.adapters.demo;

import io.cordboard.adapters.demo.Sound.Tone;
import io.cordboard.kernel.LegKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording that runs: what was said and heard when, and when it was paused. No sound yet. */
final class Tape {
  private final String name;
  private final LegKey leg;
  private final long from;
  private final List<Sound> says = new ArrayList<>();
  private final List<Sound> hears = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private @Nullable Long pausedSince;

  /** Both ends in nanoseconds of the monotonic clock. */
  record Pause(long from, long to) {
    boolean covers(long nanos) {
      return from <= nanos && nanos < to;
    }

    boolean overlaps(long start, long end) {
      return from < end && start < to;
    }
  }

  /** A finished recording, ready to be written: two tracks of one length. */
  record Reel(
      String name,
      LegKey leg,
      long from,
      long to,
      List<Tone> says,
      List<Tone> hears,
      List<Pause> pauses) {}

  Tape(String name, LegKey leg, long from) {
    this.name = name;
    this.leg = leg;
    this.from = from;
  }

  String name() {
    return name;
  }

  LegKey leg() {
    return leg;
  }

  void says(Sound sound) {
    says.add(sound);
  }

  void hears(Sound sound) {
    hears.add(sound);
  }

  /** Whether this changed anything. */
  boolean pause(long at) {
    if (pausedSince != null) {
      return false;
    }
    pausedSince = at;
    return true;
  }

  /** Whether this changed anything. */
  boolean resume(long at) {
    if (pausedSince == null) {
      return false;
    }
    pauses.add(new Pause(pausedSince, at));
    pausedSince = null;
    return true;
  }

  Reel finish(long at) {
    resume(at);
    return new Reel(name, leg, from, at, tones(says), tones(hears), List.copyOf(pauses));
  }

  private static List<Tone> tones(List<Sound> sounds) {
    return sounds.stream().map(Sound::tone).toList();
  }
}
