package io.cordboard.core.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the last talks of each queue took, wrap-up included, and how long a caller will wait
 * therefore. Not thread-safe.
 */
public final class QueuePace {
  /** So many talks count: more would not follow a change of the day. */
  public static final int LAST = 50;

  /** More than this is told as "more than". */
  public static final int MOST_MINUTES = 30;

  /** Nothing is known. */
  public static final int UNKNOWN = -1;

  private static final int ENOUGH = 3;
  private static final int EXACT_MINUTES = 10;
  private static final int ROUGH_MINUTES = 5;
  private static final long MINUTE = 60_000_000L;

  private final Map<String, Deque<Long>> took = new HashMap<>();

  /** A talk of this queue took so long, microseconds. */
  public void took(String queue, long micros) {
    Deque<Long> last = took.computeIfAbsent(queue, unknown -> new ArrayDeque<>());
    last.addLast(Math.max(0, micros));
    if (last.size() > LAST) {
      last.removeFirst();
    }
  }

  /** Talks of before, the oldest first. */
  public void took(Map<String, List<Long>> before) {
    before.forEach((queue, all) -> all.forEach(micros -> took(queue, micros)));
  }

  /**
   * The expected wait in minutes, as one says it: 0 for less than one, in steps of five from ten on,
   * {@value #MOST_MINUTES} + 1 for more than {@value #MOST_MINUTES}; {@value #UNKNOWN} while fewer than
   * three talks were measured or nobody is there.
   *
   * @param position counted from 1
   * @param agents who serve the queue now
   */
  public int minutes(String queue, int position, int agents) {
    Deque<Long> last = took.get(queue);
    if (last == null || last.size() < ENOUGH || agents <= 0) {
      return UNKNOWN;
    }
    double mean = last.stream().mapToLong(Long::longValue).average().orElse(0);
    double wait = mean * position / agents / MINUTE;
    if (wait < 1) {
      return 0;
    }
    int minutes = (int) Math.min(Math.ceil(wait), MOST_MINUTES + 1.0);
    return minutes <= EXACT_MINUTES || minutes > MOST_MINUTES
        ? minutes
        : (minutes + ROUGH_MINUTES - 1) / ROUGH_MINUTES * ROUGH_MINUTES;
  }
}
