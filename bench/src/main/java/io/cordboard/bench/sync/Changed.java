package io.cordboard.bench.sync;

import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmLedger.Effect;
import io.cordboard.testkit.crm.SyncCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was changed here, and what the CRM's own ledger says became of it. A change that was overtaken by a later one of
 * the same customer before it was sent counts as delivered when the later one stands.
 */
final class Changed {
  private final Map<String, Collection<Change>> byCustomer = new ConcurrentHashMap<>();
  private final Map<Long, Change> byHash = new ConcurrentHashMap<>();

  /**
   * One.
   *
   * @param place in the order of the customer's changes
   */
  record Change(String customer, long place, String name, long committed) {}

  /** What came of them. */
  record Outcome(
      long changes, long delivered, long lost, long duplicated, long outOfOrder, List<Long> nanos, long lastNanos) {}

  void add(Change change) {
    byCustomer.computeIfAbsent(change.customer(), any -> new ConcurrentLinkedQueue<>()).add(change);
    byHash.put(hash(change.name()), change);
  }

  long count() {
    return byHash.size();
  }

  private static long hash(String name) {
    return SyncCheck.hash(new TreeMap<>(Map.of("name", Value.of(name))));
  }

  Outcome outcome(List<Effect> ledger) {
    Map<String, List<Arrived>> arrived = new HashMap<>();
    long duplicated = 0;
    long outOfOrder = 0;
    long last = 0;
    for (Effect effect : ledger) {
      Change change = byHash.get(effect.hash());
      if (change != null) {
        List<Arrived> before = arrived.computeIfAbsent(effect.ref(), any -> new ArrayList<>());
        long furthest = before.isEmpty() ? -1 : before.getLast().place();
        if (before.stream().anyMatch(one -> one.place() == change.place())) {
          duplicated++;
        } else if (change.place() < furthest) {
          outOfOrder++;
        } else {
          before.add(new Arrived(change.place(), effect.nanos()));
          last = Math.max(last, effect.nanos());
        }
      }
    }
    List<Long> took = new ArrayList<>();
    long lost = 0;
    for (Collection<Change> changes : byCustomer.values()) {
      for (Change change : changes) {
        Long at = at(arrived.getOrDefault(change.customer(), List.of()), change.place());
        if (at == null) {
          lost++;
        } else {
          took.add(at - change.committed());
        }
      }
    }
    took.sort(null);
    return new Outcome(took.size() + lost, took.size(), lost, duplicated, outOfOrder, took, last);
  }

  private record Arrived(long place, long nanos) {}

  private static @org.jspecify.annotations.Nullable Long at(List<Arrived> arrived, long place) {
    for (Arrived one : arrived) {
      if (one.place() >= place) {
        return one.nanos();
      }
    }
    return null;
  }
}
