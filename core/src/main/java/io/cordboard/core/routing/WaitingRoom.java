package io.cordboard.core.routing;

import io.cordboard.core.routing.Policy.Waiting;
import io.cordboard.kernel.CallId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls that wait, in the order of their turn for each queue. Not thread-safe. */
public final class WaitingRoom {
  private static final Comparator<Waiting> TURN =
      Comparator.comparing(Waiting::front)
          .reversed()
          .thenComparingLong(Waiting::turnSince)
          .thenComparingLong(Waiting::since)
          .thenComparing(Waiting::call);

  private final Map<String, TreeSet<Waiting>> queues = new LinkedHashMap<>();
  private final Map<CallId, Waiting> calls = new HashMap<>();

  /** The call waits like this now; null when it does not. */
  public void set(CallId call, @Nullable Waiting now) {
    Waiting before = now == null ? calls.remove(call) : calls.put(call, now);
    if (before != null && !before.equals(now)) {
      queue(before.queue()).remove(before);
    }
    if (now != null && !now.equals(before)) {
      queue(now.queue()).add(now);
    }
  }

  /** Names of the queues in which somebody waited or waits. */
  public Collection<String> queues() {
    return List.copyOf(queues.keySet());
  }

  /** Whose turn it is, in order. A view: do not change the room while walking it. */
  public Collection<Waiting> turn(String queue) {
    return queue(queue);
  }

  /** Since when the longest waits, microseconds; 0 when nobody does. */
  public long longestSince(String name) {
    return queue(name).stream().mapToLong(Waiting::since).min().orElse(0);
  }

  /** Why it is this call's turn: codes, or {@code CODE=value}. */
  public List<String> why(Waiting next) {
    if (next.front()) {
      return List.of("front-of-queue");
    }
    TreeSet<Waiting> all = queue(next.queue());
    if (!all.headSet(next).isEmpty()) {
      return List.of("first-that-can-be-taken");
    }
    long overtaken = all.tailSet(next).stream().filter(o -> o.since() < next.since()).count();
    return overtaken == 0
        ? List.of("longest-waiting")
        : List.of("line-priority=" + next.priority(), "overtook=" + overtaken);
  }

  /** How many wait. */
  public int size(String queue) {
    return queue(queue).size();
  }

  /** Whether nobody waits anywhere. */
  public boolean empty() {
    return calls.isEmpty();
  }

  private TreeSet<Waiting> queue(String name) {
    return queues.computeIfAbsent(name, unknown -> new TreeSet<>(TURN));
  }
}
