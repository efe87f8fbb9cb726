package io.cordboard.core.call;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands orders to the switches. An order to ring waits until the desk has been sent who calls, because a
 * phone may be quicker than a browser; for a desk that does not take it only for a moment. Orders for one
 * leg stay in their sequence. Thread-safe.
 */
final class CardFirst {
  /** A caller does not notice it, and a desk that needs longer needs much longer. */
  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private final Story story;
  private final Clock clock;
  private final LedgerWatch watch;
  private final Consumer<Effect> switches;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LegKey, Held> held = new LinkedHashMap<>();

  private record Held(Effect.Dial dial, long since) {
    long until() {
      return since + PATIENCE_NANOS;
    }
  }

  /** @param switches carries an order out, without blocking; throws nothing */
  CardFirst(Story story, Clock clock, LedgerWatch watch, Consumer<Effect> switches) {
    this.story = story;
    this.clock = clock;
    this.watch = watch;
    this.switches = switches;
  }

  /** On the ledger's thread, after the desks were told. */
  void order(Effect effect) {
    release(effect.leg(), false);
    if (effect instanceof Effect.Dial dial) {
      hold(new Held(dial, clock.nanos()));
      story.whenTold(dial, () -> release(dial.leg(), true));
    } else {
      switches.accept(effect);
    }
  }

  /** Rings what has waited for long enough. */
  void due() {
    long now = clock.nanos();
    waiting().stream()
        .filter(one -> one.until() <= now)
        .forEach(one -> release(one.dial().leg(), false));
  }

  /** How long {@link #due} may be left uncalled. */
  long nanosToNext() {
    long now = clock.nanos();
    return waiting().stream()
        .mapToLong(one -> Math.max(0, one.until() - now))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private List<Held> waiting() {
    lock.lock();
    try {
      return List.copyOf(held.values());
    } finally {
      lock.unlock();
    }
  }

  private void hold(Held one) {
    lock.lock();
    try {
      held.put(one.dial().leg(), one);
    } finally {
      lock.unlock();
    }
  }

  private void release(LegKey leg, boolean cardFirst) {
    lock.lock();
    try {
      Held one = held.remove(leg);
      if (one != null) {
        // within the lock: what is ordered next of this leg must not overtake it
        switches.accept(one.dial());
        watch.rung(cardFirst, clock.nanos() - one.since());
      }
    } finally {
      lock.unlock();
    }
  }
}
