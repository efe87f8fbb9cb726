package io.cordboard.core.journey;

import io.cordboard.core.call.CallDoor.CallStatus;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the latest calls stand, for questions from outside the ledger's thread. Bounded: the oldest is
 * forgotten, its record is in the database. Thread-safe.
 */
final class RecentCalls {
  private static final int MOST = 20_000;

  private final Map<CallId, CallStatus> calls = bounded();
  private final Map<LegKey, CallId> legs = bounded();
  private final Map<LegKey, Consumer<CallId>> awaited = new HashMap<>();

  synchronized void set(LegKey customerLeg, CallStatus status) {
    calls.put(status.call(), status);
    legs.put(customerLeg, status.call());
    @Nullable Consumer<CallId> waits = awaited.remove(customerLeg);
    if (waits != null) {
      waits.accept(status.call());
    }
  }

  /** Over before a restart: only its id is known. */
  synchronized void ended(LegKey customerLeg, CallId call) {
    legs.put(customerLeg, call);
  }

  synchronized Optional<CallStatus> status(CallId call) {
    return Optional.ofNullable(calls.get(call));
  }

  synchronized Optional<CallId> callOf(LegKey leg) {
    return Optional.ofNullable(legs.get(leg));
  }

  synchronized void whenKnown(LegKey leg, Consumer<CallId> then) {
    CallId known = legs.get(leg);
    if (known != null) {
      then.accept(known);
    } else {
      awaited.put(leg, then);
    }
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
