package io.cordboard.adapters.demo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one lock of the switch. Everything that changes a leg runs here: commands, what falls due,
 * keys that people press. Events are only queued under it, never told.
 */
final class Guard {
  private static final System.Logger LOG = System.getLogger(Guard.class.getName());

  private final ReentrantLock lock = new ReentrantLock();
  private final DemoTimer timer;

  Guard(DemoTimer timer) {
    this.timer = timer;
  }

  <T> T call(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  void run(Runnable body) {
    lock.lock();
    try {
      body.run();
    } finally {
      lock.unlock();
    }
  }

  /** Runs the task under the lock when it is due. To be called, and cancelled, under the lock. */
  Runnable after(Duration delay, Runnable task) {
    // a task that is due may already wait for the lock when it is cancelled
    AtomicBoolean cancelled = new AtomicBoolean();
    Runnable cancel = timer.after(delay, () -> run(() -> runUnless(cancelled, task)));
    return () -> {
      cancelled.set(true);
      cancel.run();
    };
  }

  private static void runUnless(AtomicBoolean cancelled, Runnable task) {
    if (cancelled.get()) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.ERROR, "A task of the demo switch failed.", failed);
    }
  }
}
