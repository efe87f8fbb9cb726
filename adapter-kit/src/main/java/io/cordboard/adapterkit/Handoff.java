package io.cordboard.adapterkit;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;

/**
 * An ordered queue with a limit between threads that must not wait (they read a socket) and one
 * that may (it works). Full means that the reader is told so; nothing is dropped silently.
 */
public final class Handoff<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final long capacity;
  private final ToIntFunction<T> weight;
  private Queue<T> items = new ArrayDeque<>();
  private long held;
  private boolean waiting;
  private boolean closed;

  /**
   * @param capacity the sum of the items' weights that may wait
   * @param weight an item's weight, such as its bytes; at least 1 is counted
   */
  public Handoff(long capacity, ToIntFunction<T> weight) {
    this.capacity = capacity;
    this.weight = weight;
  }

  /** Adds an item and wakes the worker; false when there is no room or the queue is closed. */
  public boolean offer(T item) {
    lock.lock();
    try {
      return add(item) && wake();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an item without waking the worker: waking costs more than the rest, so a reader that has
   * more to add calls {@link #flush} once at the end.
   */
  public boolean put(T item) {
    lock.lock();
    try {
      return add(item);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the worker when something waits. */
  public void flush() {
    lock.lock();
    try {
      if (!items.isEmpty()) {
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves everything that waits into the list, in order; waits for the first item.
   *
   * @param timeoutNanos how long to wait; 0 looks only
   * @return false when the queue is closed and empty
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean drainTo(List<T> target, long timeoutNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      await(timeoutNanos);
      target.addAll(items);
      items.clear();
      held = 0;
      return !closed || !target.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is taken in; what waits can still be drained. Idempotent. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    waiting = true;
    try {
      while (items.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } finally {
      waiting = false;
    }
  }

  private boolean add(T item) {
    int cost = Math.max(1, weight.applyAsInt(item));
    if (closed || held + cost > capacity) {
      return false;
    }
    held += cost;
    return items.add(item);
  }

  private boolean wake() {
    if (waiting) {
      arrived.signal();
    }
    return true;
  }

  /** How long {@link #drainTo} waits when only an item can end the wait. */
  public static final long FOREVER = TimeUnit.DAYS.toNanos(365);
}
