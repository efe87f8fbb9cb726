package io.cordboard.core.profile;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads customers. Thread-safe; throws {@link Fault.Unreachable} while the database is away. */
public interface CardStore {
  /**
   * Everybody whom these numbers point to, with their cards, in one statement for all numbers. At most
   * twenty customers a number.
   *
   * @param e164 numbers with plus sign
   */
  List<NumberMatch> byNumbers(Collection<String> e164);

  /** One customer's card; merged customers resolve to the survivor. */
  Optional<Card> byId(CustomerId id);
}
