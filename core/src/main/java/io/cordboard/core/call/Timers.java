package io.cordboard.core.call;

import io.cordboard.kernel.CallId;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** When each call is next due by time. Touched by the ledger's thread only. */
final class Timers {
  private final PriorityQueue<Due> heap =
      new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
  private final Map<CallId, Long> current = new HashMap<>();

  private record Due(long at, CallId call) {}

  /** The call is due at this time and at no other; {@code Long.MAX_VALUE} for never. */
  void set(CallId call, long at) {
    if (at == Long.MAX_VALUE) {
      current.remove(call);
    } else if (!Long.valueOf(at).equals(current.put(call, at))) {
      heap.add(new Due(at, call));
    }
  }

  /** A call whose time has come; asked for again until null. */
  @Nullable CallId due(long now) {
    for (Due head = heap.peek(); head != null && head.at() <= now; head = heap.peek()) {
      heap.poll();
      if (current.remove(head.call(), head.at())) {
        return head.call();
      }
    }
    return null;
  }

  long next() {
    Due head = heap.peek();
    while (head != null && !Long.valueOf(head.at()).equals(current.get(head.call()))) {
      heap.poll();
      head = heap.peek();
    }
    return head == null ? Long.MAX_VALUE : head.at();
  }
}
