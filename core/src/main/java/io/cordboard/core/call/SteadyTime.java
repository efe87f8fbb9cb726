package io.cordboard.core.call;

import io.cordboard.kernel.Clock;

/**
 * The ledger's own time. It runs with the monotonic clock and drifts towards wall time by a tenth at
 * most, because a wall clock that is set back or forward must neither hold deadlines up nor let them all
 * pass at once. Touched by the ledger's thread only.
 */
final class SteadyTime {
  private static final long DAY = 86_400_000_000L;

  private final Clock clock;
  private long nanos;
  private long micros;

  SteadyTime(Clock clock) {
    this.clock = clock;
    this.nanos = clock.nanos();
    this.micros = clock.micros();
  }

  /** Microseconds since 1970-01-01 UTC; never less than before. */
  long micros() {
    long elapsed = Math.max(0, (clock.nanos() - nanos) / 1000);
    nanos += elapsed * 1000;
    long straight = micros + elapsed;
    long off = clock.micros() - straight;
    micros = straight + Math.clamp(off, -elapsed / 10, elapsed / 10);
    return micros;
  }

  /** What is in the journal has happened, even if the wall clock was set back since. Returns the time. */
  long notBefore(long journalled) {
    if (journalled > micros() && journalled - micros < DAY) {
      micros = journalled;
    }
    return micros;
  }
}
