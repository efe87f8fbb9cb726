package io.cordboard.bench;

import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** This machine's clock. */
public final class SystemClock implements Clock {
  @Override
  public long micros() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
