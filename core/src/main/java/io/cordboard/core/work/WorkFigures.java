package io.cordboard.core.work;

import io.cordboard.core.work.WorkStore.Settled;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start. Thread-safe. */
public final class WorkFigures {
  private final LongAdder done = new LongAdder();
  private final LongAdder again = new LongAdder();
  private final LongAdder dead = new LongAdder();
  private final LongAdder stale = new LongAdder();

  void count(Settled settled, boolean wasStale) {
    if (wasStale) {
      stale.increment();
      return;
    }
    switch (settled) {
      case Settled.Done _ -> done.increment();
      case Settled.Again _ -> again.increment();
      case Settled.Dead _ -> dead.increment();
      case Settled.Untouched _ -> {}
    }
  }

  /** Items whose effect stands. */
  public long done() {
    return done.sum();
  }

  /** Attempts that failed and will be repeated. */
  public long again() {
    return again.sum();
  }

  /** Items that became dead letters. */
  public long dead() {
    return dead.sum();
  }

  /** Attempts that ended after another runner had taken the item. */
  public long stale() {
    return stale.sum();
  }
}
