package io.cordboard.web.desk;

/** How many commands a connection may send: bursts of 60, and 20 a second for long. One thread. */
final class CommandRate {
  private static final long BURST = 60;
  private static final long NANOS_EACH = 50_000_000;
  private long freeAt;
  private boolean first = true;

  /** Whether one more may be carried out now. */
  boolean allows(long nanos) {
    if (first || freeAt - nanos < 0) {
      first = false;
      freeAt = nanos;
    }
    if (freeAt - nanos > (BURST - 1) * NANOS_EACH) {
      return false;
    }
    freeAt += NANOS_EACH;
    return true;
  }
}
