package io.cordboard.adapters.demo;

import java.time.Duration;

/**
 * Something that can be heard from one time to another, nanoseconds of the monotonic clock. Its end
 * may come earlier than planned: a sentence is cut, music stops.
 */
final class Sound {
  private static final double VOICE = 5000;
  private static final double MUSIC = 1500;
  private static final long UNTIL_CUT = Duration.ofDays(7).toNanos();

  private final double hertz;
  private final double loudness;
  private final long from;
  private long to;

  private Sound(double hertz, double loudness, long from, long to) {
    this.hertz = hertz;
    this.loudness = loudness;
    this.from = from;
    this.to = to;
  }

  static Sound voice(double hertz, long from, long nanos) {
    return new Sound(hertz, VOICE, from, from + nanos);
  }

  /** Plays until it is cut. */
  static Sound music(long from) {
    return new Sound(262, MUSIC, from, from + UNTIL_CUT);
  }

  void cut(long at) {
    to = Math.min(to, at);
  }

  boolean heardAt(long at) {
    return from <= at && at < to;
  }

  /** The sound as it stands now, for another thread. */
  Tone tone() {
    return new Tone(hertz, loudness, from, to);
  }

  /** A sound that changes no more. */
  record Tone(double hertz, double loudness, long from, long to) {
    private static final double SECOND = 1e9;
    private static final double FADE_SECONDS = 0.01;
    private static final double SYLLABLES_A_SECOND = 4;

    boolean overlaps(long start, long end) {
      return from < end && start < to;
    }

    /** Its amplitude at a time: a soft tone that swells with the syllables. */
    double at(long nanos) {
      if (nanos < from || nanos >= to) {
        return 0;
      }
      double since = (nanos - from) / SECOND;
      double left = (to - nanos) / SECOND;
      double fade = Math.min(1, Math.min(since, left) / FADE_SECONDS);
      double swell = 0.6 - 0.4 * Math.cos(2 * Math.PI * SYLLABLES_A_SECOND * since);
      return loudness * fade * swell * Math.sin(2 * Math.PI * hertz * since);
    }
  }
}
