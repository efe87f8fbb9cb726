package io.cordboard.core.trust;

import io.cordboard.core.trust.AuditTrail.Pending;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Entries on their way to the writer: bounded, many put, one takes. The taker waits a moment for
 * company unless somebody waits for an entry, so that a quiet trail costs few commits.
 */
final class AuditQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final int limit;
  private final long lingerNanos;
  private int urgent;
  private boolean closed;

  AuditQueue(int limit, Duration linger) {
    this.limit = limit;
    this.lingerNanos = linger.toNanos();
  }

  void put(Pending entry) {
    lock.lock();
    try {
      if (closed) {
        throw busy("It is being shut down.");
      }
      if (waiting.size() >= limit) {
        throw busy("%d entries wait for the database.".formatted(limit));
      }
      waiting.add(entry);
      urgent += entry.urgent() ? 1 : 0;
      if (waiting.size() == 1 || entry.urgent()) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Up to {@code most} entries; empty when none came within the time, or after the end. */
  List<Pending> take(int most, Duration within) throws InterruptedException {
    lock.lock();
    try {
      long left = within.toNanos();
      while (waiting.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      left = waiting.isEmpty() ? 0 : lingerNanos;
      while (waiting.size() < most && urgent == 0 && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return drain(most);
    } finally {
      lock.unlock();
    }
  }

  private List<Pending> drain(int most) {
    List<Pending> taken = new ArrayList<>(Math.min(most, waiting.size()));
    while (taken.size() < most && !waiting.isEmpty()) {
      Pending entry = waiting.remove();
      urgent -= entry.urgent() ? 1 : 0;
      taken.add(entry);
    }
    return taken;
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isDrained() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  static Fault.Busy busy(String why) {
    return new Fault.Busy(
        "The audit trail takes no entries, so what must be audited is refused. " + why,
        Duration.ofSeconds(5));
  }
}
