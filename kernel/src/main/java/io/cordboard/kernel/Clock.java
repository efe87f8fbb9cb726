package io.cordboard.kernel;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

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

  /** The same where 0 stands for a time that there is none of: null for that. */
  static @Nullable Instant instantOrNull(long micros) {
    return micros == 0 ? null : instant(micros);
  }
}
