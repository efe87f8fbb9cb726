package io.cordboard.core.journey;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which live calls are of the same customer, so that their agents can be told of each other. Knows
 * nothing any more of calls that are over. Used on the ledger's thread only.
 */
final class SameCustomer {
  private final Map<CustomerId, Set<CallId>> calls = new HashMap<>();
  private final Map<CallId, As> known = new HashMap<>();

  /** As whom a caller is shown, and with whom they talk: what the customer's other agents are told. */
  private record As(CustomerId customer, @Nullable AgentId agent) {}

  /**
   * Keeps who calls and who talks with them.
   *
   * @param customer null while the caller is not known, and when the call is over
   * @return the calls whose agents must be told because of it
   */
  Set<CallId> changed(CallId call, @Nullable CustomerId customer, @Nullable AgentId agent) {
    As now = customer == null ? null : new As(customer, agent);
    As was = now == null ? known.remove(call) : known.put(call, now);
    if (Objects.equals(was, now)) {
      return Set.of();
    }
    Set<CallId> others = new LinkedHashSet<>();
    if (was != null && !was.customer().equals(customer)) {
      leave(was.customer(), call);
      others.addAll(of(was.customer()));
    }
    if (customer != null) {
      calls.computeIfAbsent(customer, c -> new LinkedHashSet<>()).add(call);
      others.addAll(of(customer));
    }
    others.remove(call);
    return others;
  }

  /** The calls of this customer, in the order in which it became known that they are. */
  Set<CallId> of(CustomerId customer) {
    return calls.getOrDefault(customer, Set.of());
  }

  /** Whether nothing is kept. */
  boolean empty() {
    return calls.isEmpty() && known.isEmpty();
  }

  private void leave(CustomerId customer, CallId call) {
    calls.computeIfPresent(
        customer,
        (c, of) -> {
          of.remove(call);
          return of.isEmpty() ? null : of;
        });
  }
}
