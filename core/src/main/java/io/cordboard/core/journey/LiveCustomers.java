package io.cordboard.core.journey;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CustomerId;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Customers on desks right now. Thread-safe. */
public interface LiveCustomers {
  /** These were changed: whatever desk shows one of them in a live call is shown the new card. */
  CompletionStage<Void> changed(Set<CustomerId> customers);

  /** Whether this agent has made sure of this customer in a call that is still on their desk. */
  CompletionStage<Boolean> verified(AgentId agent, CustomerId customer);
}
