package io.cordboard.core.call;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.LegKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of legs without a live call: events that came before their leg was known, and legs
 * that are over, so that a late repetition opens no second call. Bounded; the oldest is forgotten.
 */
final class LegMemory {
  private static final int EARLY_LEGS = 1_000;
  private static final int EARLY_EVENTS = 32;
  private static final int ENDED_LEGS = 50_000;

  private final Map<LegKey, List<CallEvent>> early = bounded(EARLY_LEGS);
  private final Map<LegKey, Boolean> ended = bounded(ENDED_LEGS);

  void keep(CallEvent event) {
    if (ended(event.leg())) {
      return;
    }
    List<CallEvent> events = early.computeIfAbsent(event.leg(), leg -> new ArrayList<>());
    if (events.size() < EARLY_EVENTS) {
      events.add(event);
    }
  }

  /** The events that came too early, in the order of their time; forgotten by this. */
  List<CallEvent> take(LegKey leg) {
    List<CallEvent> events = early.remove(leg);
    if (events == null) {
      return List.of();
    }
    events.sort((a, b) -> Long.compare(a.at(), b.at()));
    return events;
  }

  void end(LegKey leg) {
    ended.put(leg, true);
    early.remove(leg);
  }

  boolean ended(LegKey leg) {
    return ended.containsKey(leg);
  }

  private static <V> Map<LegKey, V> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<LegKey, V> eldest) {
        return size() > most;
      }
    };
  }
}
