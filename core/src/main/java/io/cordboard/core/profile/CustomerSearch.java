package io.cordboard.core.profile;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds customers. Thread-safe; throws {@link Fault.Unreachable} while the database is away. */
public interface CustomerSearch {
  /**
   * Whom the query finds, the surest first; merged customers under their survivor.
   *
   * @param after the last hit of the page before; null for the first page
   */
  Found find(SearchQuery query, @Nullable Position after, int most);

  /** Everybody there is, in the order in which they came; merged customers under their survivor. */
  Found all(@Nullable Position after, int most);

  /** Where a hit stands. */
  record Position(int rank, String name, CustomerId id) {}

  /**
   * What was found.
   *
   * @param next where the next page begins; null on the last one
   * @param broad more customers fit than are looked at: a longer query helps
   */
  record Found(List<Hit> hits, @Nullable Position next, boolean broad) {}

  /** By what a customer was found. */
  enum By {
    NUMBER,
    EMAIL,
    FOREIGN_ID,
    ORDER,
    TICKET,
    NAME
  }

  /**
   * A customer.
   *
   * @param value what fitted; null for the name
   */
  record Hit(
      CustomerId id,
      Card.Kind kind,
      String name,
      Card.ValueLevel level,
      String language,
      boolean demo,
      By by,
      @Nullable String value) {}
}
