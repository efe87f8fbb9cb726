package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.SortedSet;

/**
 * Whoever keeps something that is derived from all entries of a customer together (consents,
 * attempts, do-not-call, the merged profile) derives it anew when a group changes: after a merge
 * for the one group, after its undo for each of the two. Audit entries are never derived and never
 * move.
 */
@FunctionalInterface
public interface Regrouping {
  /**
   * Called inside the transaction that stores the link. Any {@link Fault} rolls the merge back.
   *
   * @param survivor under whom the members are found
   * @param members everybody who is this customer now, the survivor included
   */
  void recompute(CustomerId survivor, SortedSet<CustomerId> members);
}
