package io.cordboard.core.sync;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Says when a backlog will be worked off, from how fast work was done lately. Thread-safe. */
public final class Forecast {
  private static final long WINDOW_NANOS = Duration.ofSeconds(30).toNanos();
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long done) {}

  /**
   * How much was done until now; to be told about once a second.
   *
   * @param done counted since the start
   */
  public synchronized void sample(long nanos, long done) {
    samples.addLast(new Sample(nanos, done));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Items a second; 0 where nothing was done or nothing is known. */
  public synchronized double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    return seconds <= 0 ? 0 : (last.done() - first.done()) / seconds;
  }

  /** In how long so much will be done; empty where it cannot be told. */
  public Optional<Duration> end(long open) {
    double rate = perSecond();
    if (open == 0) {
      return Optional.of(Duration.ZERO);
    }
    return rate <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (open / rate * 1000)));
  }
}
