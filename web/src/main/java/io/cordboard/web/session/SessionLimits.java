package io.cordboard.web.session;

import java.time.Duration;

/**
 * How long a session lasts.
 *
 * @param idle without anything done by its user; a heartbeat is nothing
 * @param absolute in any case
 * @param grace how much longer an agent in a call may stay, so that no call is cut
 */
public record SessionLimits(Duration idle, Duration absolute, Duration grace) {
  /** An hour idle, twelve hours in all, two more in a call. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(Duration.ofHours(1), Duration.ofHours(12), Duration.ofHours(2));

  long idleMicros() {
    return idle.toNanos() / 1000;
  }

  long absoluteMicros() {
    return absolute.toNanos() / 1000;
  }

  long graceMicros() {
    return grace.toNanos() / 1000;
  }
}
