package io.cordboard.app;

import io.cordboard.kernel.Clock;
import java.time.Instant;

/** The machine's clock; the only place that reads it. */
public final class SystemClock implements Clock {
  @Override
  public long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
