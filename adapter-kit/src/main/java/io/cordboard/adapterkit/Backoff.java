package io.cordboard.adapterkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubles up to a limit, with jitter so that many clients
 * do not come back together. Used by one thread.
 */
public final class Backoff {
  private final long firstMillis;
  private final long mostMillis;
  private final RandomGenerator random;
  private long nextMillis;

  /**
   * @param first the middle of the first wait
   * @param most no wait is longer
   */
  public Backoff(Duration first, Duration most, RandomGenerator random) {
    this.firstMillis = Math.max(1, first.toMillis());
    this.mostMillis = Math.max(firstMillis, most.toMillis());
    this.random = random;
    this.nextMillis = firstMillis;
  }

  /** The next wait: between half of the present step and the whole of it. */
  public Duration next() {
    long step = nextMillis;
    nextMillis = Math.min(mostMillis, step * 2);
    return Duration.ofMillis(step / 2 + random.nextLong(step - step / 2 + 1));
  }

  /** The attempt succeeded: begin with short waits again. */
  public void reset() {
    nextMillis = firstMillis;
  }
}
