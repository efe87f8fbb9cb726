package io.cordboard.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The only source of time: passed in, so that tests move it by hand. Thread-safe.
 *
 * <p>Durations are computed only between stamps of one clock.
 */
public interface Clock {
  /** Wall time in microseconds since 1970-01-01 UTC. */
  long micros();

  /** Monotonic time in nanoseconds; only differences mean anything. */
  long nanos();

  /** {@link #micros()} as an instant. */
  default Instant now() {
    return instant(micros());
  }

  /** Microseconds since the epoch as an instant. */
  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
