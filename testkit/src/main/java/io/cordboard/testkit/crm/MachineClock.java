package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's own time, for what talks to real systems. */
public final class MachineClock implements Clock {
  @Override
  public long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
