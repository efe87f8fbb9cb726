package io.cordboard.testkit;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects what a switch tells, and waits for it. Thread-safe. */
public final class SignalLog implements SwitchListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<SwitchSignal> signals = new ArrayList<>();

  @Override
  public void on(SwitchSignal signal) {
    lock.lock();
    try {
      signals.add(signal);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Everything so far. */
  public List<SwitchSignal> all() {
    return from(0);
  }

  /** How many signals came so far; for {@link #awaitFrom}. */
  public int mark() {
    return all().size();
  }

  /** All signals of a type so far. */
  public <S extends SwitchSignal> List<S> signals(Class<S> type) {
    return all().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** All events of a leg so far, in order. */
  public List<CallEvent> events(LegKey leg) {
    return events(all()).filter(event -> event.leg().equals(leg)).toList();
  }

  /** All events of a leg and type so far. */
  public <E extends CallEvent> List<E> events(LegKey leg, Class<E> type) {
    return events(leg).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits for the first signal of this type. */
  public <S extends SwitchSignal> S await(Class<S> type) {
    return await(type, any -> true);
  }

  /** Waits for the first signal like this, also one that came before. */
  public <S extends SwitchSignal> S await(Class<S> type, Predicate<? super S> wished) {
    return awaitFrom(0, type, wished);
  }

  /** Waits for the first signal like this after a {@link #mark}. */
  public <S extends SwitchSignal> S awaitFrom(
      int mark, Class<S> type, Predicate<? super S> wished) {
    return await(
        type.getSimpleName(),
        mark,
        some -> some.filter(type::isInstance).map(type::cast).filter(wished));
  }

  /** Waits for the leg's first event of this type. */
  public <E extends CallEvent> E event(LegKey leg, Class<E> type) {
    return eventFrom(0, type, event -> event.leg().equals(leg));
  }

  /** Waits for the first event like this. */
  public <E extends CallEvent> E event(Class<E> type, Predicate<? super E> wished) {
    return eventFrom(0, type, wished);
  }

  /** Waits for the first event like this after a {@link #mark}. */
  public <E extends CallEvent> E eventFrom(int mark, Class<E> type, Predicate<? super E> wished) {
    return await(
        type.getSimpleName(),
        mark,
        some -> happened(some).filter(type::isInstance).map(type::cast).filter(wished));
  }

  private <T> T await(String what, int mark, Function<Stream<SwitchSignal>, Stream<T>> search) {
    long left = Await.limit().toNanos();
    lock.lock();
    try {
      while (left > 0) {
        var found = search.apply(signals.stream().skip(mark)).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        left = more.awaitNanos(left);
      }
      throw new AssertionError(
          "Waited %s for a %s that never came. %s".formatted(Await.limit(), what, told()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + what, stopped);
    } finally {
      lock.unlock();
    }
  }

  private String told() {
    StringBuilder text = new StringBuilder("The switch told:");
    signals.forEach(signal -> text.append("\n  ").append(signal));
    return text.toString();
  }

  private List<SwitchSignal> from(int mark) {
    lock.lock();
    try {
      return List.copyOf(signals.subList(mark, signals.size()));
    } finally {
      lock.unlock();
    }
  }

  private static Stream<CallEvent> events(List<SwitchSignal> signals) {
    return happened(signals.stream());
  }

  private static Stream<CallEvent> happened(Stream<SwitchSignal> signals) {
    return signals
        .filter(SwitchSignal.Happened.class::isInstance)
        .map(signal -> ((SwitchSignal.Happened) signal).event());
  }
}
