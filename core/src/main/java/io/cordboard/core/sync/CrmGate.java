package io.cordboard.core.sync;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm.Pace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests to one system through: no more than it wants, a share of them kept for look-ups of calls that ring, and
 * none while it does not answer. Thread-safe.
 */
public final class CrmGate {
  private static final int FAILURES_TO_CLOSE = 5;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final double KEPT_FOR_CALLS = 0.2;
  private static final double SLOWEST = 0.05;
  private static final double STEP = 0.05;

  private final Pace pace;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  private int running;
  private double tokens;
  private long filledAt;
  /** The part of the declared rate that the system bears at the moment. */
  private double share = 1;

  private long slowedAt;
  private long pausedUntil;
  private int failures;
  private Duration closedFor = Duration.ZERO;
  private boolean probing;
  private @Nullable String trouble;

  private final LongAdder requests = new LongAdder();
  private final LongAdder slowed = new LongAdder();
  private final LongAdder failed = new LongAdder();

  public CrmGate(Pace pace, Clock clock) {
    this.pace = pace;
    this.clock = clock;
    this.tokens = pace.burst();
    this.filledAt = clock.nanos();
    this.pausedUntil = clock.nanos();
    this.slowedAt = clock.nanos();
  }

  /** What a request is for. */
  public enum For {
    /** A call that rings: it goes first. */
    CALL,
    /** Anything that may wait. */
    WORK
  }

  /**
   * What the gate is like.
   *
   * @param open whether requests go through
   * @param perSecond how many may be sent a second at the moment; 0 for no limit
   * @param trouble why it is closed, in words
   */
  public record State(boolean open, double perSecond, @Nullable String trouble, long requests, long slowed, long failed) {}

  /** Whether work may be begun now. */
  public boolean isOpen() {
    lock.lock();
    try {
      return clock.nanos() - pausedUntil >= 0 && !probing;
    } finally {
      lock.unlock();
    }
  }

  public State state() {
    lock.lock();
    try {
      boolean open = clock.nanos() - pausedUntil >= 0;
      return new State(
          open, pace.perSecond() * share, open && failures < FAILURES_TO_CLOSE ? null : trouble, requests.sum(),
          slowed.sum(), failed.sum());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a request when its turn has come.
   *
   * @param within how long it may wait for its turn
   * @throws Fault.Busy when its turn does not come in that time
   * @throws Fault.Unreachable while the system does not answer, for a call that rings
   */
  public <T> T pass(For what, Duration within, Supplier<T> request) {
    boolean probe = enter(what, within);
    Throwable thrown = null;
    try {
      return request.get();
    } catch (Throwable failure) {
      thrown = failure;
      throw failure;
    } finally {
      leave(probe, thrown);
    }
  }

  private boolean enter(For what, Duration within) {
    long deadline = clock.nanos() + within.toNanos();
    lock.lock();
    try {
      if (what == For.CALL && clock.nanos() - pausedUntil < 0) {
        throw new Fault.Unreachable(trouble == null ? "The system asks for a pause." : trouble, null);
      }
      long wait = toWait(what);
      while (wait > 0) {
        long left = Math.min(deadline - clock.nanos(), wait);
        if (left <= 0) {
          throw new Fault.Busy(trouble == null ? "Too much is asked of the system at once." : trouble, Duration.ofNanos(wait));
        }
        long ignored = moved.awaitNanos(Math.max(left, TimeUnit.MICROSECONDS.toNanos(200)));
        wait = toWait(what);
      }
      running++;
      tokens -= pace.perSecond() > 0 ? 1 : 0;
      requests.increment();
      boolean probe = failures >= FAILURES_TO_CLOSE;
      probing |= probe;
      return probe;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("It was stopped before it was sent.", stopped);
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds until it is worth looking again; 0 where it may go now. */
  private long toWait(For what) {
    long now = clock.nanos();
    if (now - pausedUntil < 0) {
      return pausedUntil - now;
    }
    int kept = what == For.CALL || pace.parallel() < 3 ? 0 : 1;
    if (probing || running >= pace.parallel() - kept) {
      return TimeUnit.SECONDS.toNanos(1);
    }
    if (pace.perSecond() <= 0) {
      return 0;
    }
    double rate = pace.perSecond() * share;
    tokens = Math.min(pace.burst(), tokens + rate * (now - filledAt) / 1e9);
    filledAt = now;
    // work leaves a part of the burst to calls, and where that is one request, a part of the rate
    double least = what == For.CALL ? 1 : 1 + Math.min(1, pace.burst() * KEPT_FOR_CALLS);
    least = Math.min(least, pace.burst());
    return tokens >= least ? 0 : (long) Math.max((least - tokens) / rate * 1e9, 1);
  }

  private void leave(boolean probe, @Nullable Throwable thrown) {
    lock.lock();
    try {
      running--;
      probing &= !probe;
      switch (thrown) {
        case Fault.Busy busy -> slowDown(busy);
        case Fault.Unreachable away -> failure(away);
        case Fault.OutcomeUnknown unsure -> failure(unsure);
        case Fault.AuthLapsed denied -> failure(denied);
        case null, default -> well();
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void well() {
    failures = 0;
    closedFor = Duration.ZERO;
    trouble = null;
    // back to what was agreed within some seconds, a step at a time
    if (share < 1 && clock.nanos() - slowedAt > TimeUnit.SECONDS.toNanos(1)) {
      share = Math.min(1, share + STEP);
      slowedAt = clock.nanos();
    }
  }

  private void slowDown(Fault.Busy busy) {
    slowed.increment();
    failures = 0;
    trouble = busy.getMessage();
    long now = clock.nanos();
    if (now - slowedAt > TimeUnit.MILLISECONDS.toNanos(200)) {
      share = Math.max(SLOWEST, share * 0.7);
      slowedAt = now;
    }
    pausedUntil = Math.max(pausedUntil, now + busy.retryAfter().toNanos());
    tokens = Math.min(tokens, 0);
  }

  private void failure(Fault fault) {
    failed.increment();
    failures++;
    trouble = fault.getMessage();
    if (failures >= FAILURES_TO_CLOSE) {
      closedFor = closedFor.isZero() ? SHORTEST : closedFor.multipliedBy(2);
      closedFor = closedFor.compareTo(LONGEST) > 0 ? LONGEST : closedFor;
      pausedUntil = clock.nanos() + closedFor.toNanos();
    }
  }
}
