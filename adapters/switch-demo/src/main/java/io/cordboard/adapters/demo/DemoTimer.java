package io.cordboard.adapters.demo;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what falls due later. Passed in, so that a test moves time by hand. Thread-safe. */
@FunctionalInterface
public interface DemoTimer extends AutoCloseable {
  /**
   * Runs the task once when the delay has gone by, on a thread of the timer's.
   *
   * @return cancels the task when it is run before
   */
  Runnable after(Duration delay, Runnable task);

  /** Ends the timer; what waits is not run. */
  @Override
  default void close() {}

  /** The timer of a running server: one daemon thread. */
  static DemoTimer onOneThread() {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("demo-switch-timer").daemon().factory());
    thread.setRemoveOnCancelPolicy(true);
    return new DemoTimer() {
      @Override
      public Runnable after(Duration delay, Runnable task) {
        Future<?> due = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
      }

      @Override
      public void close() {
        thread.shutdownNow();
      }
    };
  }
}
