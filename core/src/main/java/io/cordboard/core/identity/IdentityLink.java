package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said that a number, e-mail or foreign id is, or is not, a customer's. A link is closed
 * when it is undone, never changed otherwise and never deleted: it says who believed what, and
 * when.
 *
 * @param customer the entry to which it was said
 * @param value canonical; numbers as {@link NumberReader#canonical} gives them
 * @param closed when and by whom it was undone; null while it stands
 */
public record IdentityLink(
    UUID id,
    CustomerId customer,
    IdentityKind kind,
    String value,
    Source source,
    Stamp opened,
    @Nullable Stamp closed) {

  /** Who said what. */
  public enum Source {
    /** A file or another system says that it is the customer's. */
    IMPORTED,
    /** Somebody entered it for the customer. */
    ENTERED,
    /** An agent confirmed that it is the customer's. */
    CONFIRMED,
    /** Somebody said that it is not the customer's. */
    CORRECTED
  }

  /** Whether it stands. */
  public boolean isOpen() {
    return closed == null;
  }

  IdentityLink closedBy(Stamp stamp) {
    return new IdentityLink(id, customer, kind, value, source, opened, stamp);
  }
}
