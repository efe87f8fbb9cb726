package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Duration;

/** Until when everything that belongs together has to be done. */
record Deadline(Clock clock, long nanos) {
  static Deadline in(Clock clock, Duration within) {
    return new Deadline(clock, clock.nanos() + within.toNanos());
  }

  /** What is left of it. */
  Duration left() {
    long left = nanos - clock.nanos();
    if (left <= 0) {
      throw new Fault.Unreachable("There was no time left for another request: allow more, or look why it is slow.", null);
    }
    return Duration.ofNanos(left);
  }
}
