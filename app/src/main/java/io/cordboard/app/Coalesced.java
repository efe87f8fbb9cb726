package io.cordboard.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something a moment after it was asked for, once for all who asked meanwhile. */
final class Coalesced implements AutoCloseable {
  private static final long MOMENT_MILLIS = 100;

  private final long moment;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("wake").daemon().factory());
  private final Runnable action;

  Coalesced(Runnable action) {
    this(action, MOMENT_MILLIS);
  }

  Coalesced(Runnable action, long moment) {
    this.action = action;
    this.moment = moment;
  }

  void ask() {
    if (!later.isShutdown() && asked.compareAndSet(false, true)) {
      later.schedule(this::act, moment, TimeUnit.MILLISECONDS);
    }
  }

  private void act() {
    asked.set(false);
    action.run();
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
