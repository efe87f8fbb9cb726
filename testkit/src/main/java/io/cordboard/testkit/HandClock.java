package io.cordboard.testkit;

import io.cordboard.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test moves it. Tasks that were set for a time run in the thread
 * that moves the clock, in order, each seeing the time it was set for. Thread-safe.
 */
public final class HandClock implements Clock {
  private static final Instant START = Instant.parse("2026-01-05T01:00:00Z");

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long micros;
  private long nanos = 1_000_000_000L;
  private long made;

  /** Starts on a Monday morning. */
  public HandClock() {
    this(START);
  }

  public HandClock(Instant start) {
    micros = ChronoUnit.MICROS.between(Instant.EPOCH, start);
  }

  @Override
  public synchronized long micros() {
    return micros;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /** Lets time go by; wall time and monotonic time move together, and what falls due is run. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException(
          "Time does not go back; see jumpWall for a clock set back.");
    }
    long target = nanos() + by.toNanos();
    for (Task due = nextUntil(target); due != null; due = nextUntil(target)) {
      due.body.run();
    }
    moveTo(target);
  }

  /** Moves wall time only, forward or back, as an administrator or NTP does. Runs nothing. */
  public synchronized void jumpWall(Duration by) {
    micros += by.toNanos() / 1000;
  }

  /** Runs {@code body} when {@code delay} has gone by, unless the returned handle is run before. */
  public synchronized Runnable after(Duration delay, Runnable body) {
    Task task = new Task(nanos + Math.max(0, delay.toNanos()), made++, body);
    tasks.add(task);
    return () -> cancel(task);
  }

  /** How many tasks wait for their time. */
  public synchronized int waiting() {
    return tasks.size();
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  private synchronized @Nullable Task nextUntil(long target) {
    Task first = tasks.peek();
    if (first == null || first.due > target) {
      return null;
    }
    moveTo(first.due);
    return tasks.poll();
  }

  private synchronized void moveTo(long target) {
    long step = Math.max(0, target - nanos);
    // micros of the new time minus micros of the old, so that small steps add up
    micros += (nanos + step) / 1000 - nanos / 1000;
    nanos += step;
  }

  private record Task(long due, long order, Runnable body) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
