package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets events gather on the socket while they come close together: to wake up for one costs as much as
 * for twenty, on every thread that it passes. What comes after a silence is read at once. One thread.
 */
final class Gathering {
  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  /** So much at once, and the socket's buffer is what would run over. */
  private static final int MANY_BYTES = 1 << 15;

  private final Clock clock;
  private long readAt;
  private int bytes;

  Gathering(Clock clock) {
    this.clock = clock;
    this.readAt = clock.nanos() - APART_NANOS;
  }

  /** A message was read. */
  void read(int length) {
    bytes += length;
  }

  /** Everything that had come was read: waits a moment when the last time is not long ago. */
  void rest() {
    long left = readAt + APART_NANOS - clock.nanos();
    if (left > 0 && bytes < MANY_BYTES) {
      LockSupport.parkNanos(left);
    }
    readAt = clock.nanos();
    bytes = 0;
  }
}
