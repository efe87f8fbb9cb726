package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps what was said about whose a value is, and what follows from it. Thread-safe. */
public interface IdentityStore {
  /**
   * Somebody says something about one value and one customer. The ledger that is given knows all that
   * stands about the value among those who are one with the customer; it, the link and what follows
   * are one transaction that has locked them.
   *
   * @param saying what is said; empty to say nothing
   * @throws Fault.NotFound when there is no such customer
   */
  Optional<IdentityLink> say(
      CustomerId customer, String value, Function<IdentityLedger, Optional<IdentityLink>> saying);

  /** All that was said of this customer and whoever is one with them, the newest first. */
  List<IdentityLink> history(CustomerId customer, int most);
}
