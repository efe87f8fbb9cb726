package io.cordboard.bench.measure;

import io.cordboard.kernel.Fault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Calls that come at random moments (Poisson), whatever became of the earlier ones. */
public final class Traffic {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final RandomGenerator random;
  private final Supplier<? extends PoppedCall> arrive;
  private final IntSupplier live;

  /**
   * Makes it.
   *
   * @param arrive lets one more call arrive, now
   * @param live how many calls live
   */
  public Traffic(
      RandomGenerator random, Supplier<? extends PoppedCall> arrive, IntSupplier live) {
    this.random = random;
    this.arrive = arrive;
    this.live = live;
  }

  /** Ends when all calls are over, or when nothing has moved for a long time. */
  public Period play(int rate, int seconds) {
    Period period = new Period();
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    double next = began;
    while (true) {
      next -= Math.log(1 - random.nextDouble()) * 1e9 / rate;
      if (next >= end) {
        break;
      }
      sleepUntil((long) next);
      period.add(arrive.get());
    }
    drain();
    return period;
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void drain() {
    long moved = System.nanoTime();
    int left = live.getAsInt();
    while (left > 0 && System.nanoTime() - moved < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      LockSupport.parkNanos(LOOK_NANOS);
      int now = live.getAsInt();
      moved = now < left ? System.nanoTime() : moved;
      left = now;
    }
  }

  /** Waits for it, as long as a benchmark waits for anything. */
  public static void await(String what, BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new Fault.Unreachable(
            "Waited %d s in vain until %s: look into the server's log."
                .formatted(PATIENCE_SECONDS, what),
            null);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
