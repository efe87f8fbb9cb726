package io.cordboard.adapterkit;

import io.cordboard.kernel.Clock;

/** The machine's own time. */
final class TestClock implements Clock {
  @Override
  public long micros() {
    return System.currentTimeMillis() * 1000;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
