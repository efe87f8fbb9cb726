package io.cordboard.web.api;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How much may be told us without a sign-in. Thread-safe.
 */
final class HookLimits {
  static final int TRIES = 20;
  static final int BURST = 1_000;
  private static final double TRIES_PER_SECOND = 1.0 / 3;
  private static final double PER_SECOND = 200;
  private static final int MOST_KEPT = 10_000;

  private final Clock clock;
  private final Map<String, Bucket> all = new HashMap<>();
  private final Map<String, Bucket> unproved = new HashMap<>();

  HookLimits(Clock clock) {
    this.clock = clock;
  }

  private static final class Bucket {
    private double left;
    private long filledAt;

    private Bucket(double left, long filledAt) {
      this.left = left;
      this.filledAt = filledAt;
    }

    private void fill(long now, double perSecond, double most) {
      left = Math.min(most, left + (now - filledAt) / 1e9 * perSecond);
      filledAt = now;
    }
  }

  /**
   * Something comes, before it is read. What comes signed is never held up by what came unsigned, or behind a proxy
   * anybody could stop it.
   *
   * @throws Fault.Busy when it is too much at once
   */
  synchronized void enter(String address) {
    Bucket bucket = bucket(all, address, PER_SECOND, BURST);
    if (bucket.left < 1) {
      throw new Fault.Busy("More is told than can be taken at once: tell it again later.", Duration.ofSeconds(2));
    }
    bucket.left -= 1;
  }

  /**
   * It could not prove that it is a system of ours.
   *
   * @throws Fault.Busy when that happens too often
   */
  synchronized void refused(String address) {
    Bucket bucket = bucket(unproved, address, TRIES_PER_SECOND, TRIES);
    if (bucket.left < 1) {
      throw new Fault.Busy(
          "Too much came from this address that was not signed as agreed: look at the secret on both sides.",
          Duration.ofSeconds(30));
    }
    bucket.left -= 1;
  }

  private Bucket bucket(Map<String, Bucket> kept, String key, double perSecond, double most) {
    long now = clock.nanos();
    if (kept.size() >= MOST_KEPT && !kept.containsKey(key)) {
      kept.values().forEach(one -> one.fill(now, perSecond, most));
      kept.values().removeIf(one -> one.left >= most);
      if (kept.size() >= MOST_KEPT) {
        kept.clear();
      }
    }
    Bucket bucket = kept.computeIfAbsent(key, any -> new Bucket(most, now));
    bucket.fill(now, perSecond, most);
    return bucket;
  }
}
