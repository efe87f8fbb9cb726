package io.cordboard.core.profile;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes customers; every change of a field is kept with who, when, before and after.
 * Thread-safe.
 */
public interface CustomerEditor {
  /** A new customer, without identities. */
  void create(CustomerId id, Fields fields, Author author);

  /**
   * Changes what differs.
   *
   * @param customer the entry itself; it need not be a survivor
   * @param version the one that the change was made from
   * @return whether anything differed
   * @throws Fault.NotFound when there is no such customer
   * @throws Fault.Refused when somebody else changed the customer since that version
   */
  boolean change(CustomerId customer, long version, Changes changes, Author author);

  /** Keeps a decision of the customer's. */
  void consent(CustomerId customer, Consent consent, Author author);

  /**
   * Changes of the customer and whoever was merged into them, the newest first.
   *
   * @param after the last change of the page before; null for the first page
   */
  List<Change> history(CustomerId customer, @Nullable Position after, int most);

  /**
   * Decisions and contact attempts of everybody who is this customer, each entry for itself; empty when
   * there is no such customer.
   */
  Optional<Standing> standing(CustomerId customer);

  /**
   * Who makes a change, and when.
   *
   * @param at microseconds UTC
   * @param by as the audit names it
   */
  record Author(long at, String by) {}

  /** What a new customer has. */
  record Fields(Card.Kind kind, String name, String language, Card.ValueLevel level) {}

  /**
   * What is to be changed; null and missing stays as it is.
   *
   * @param tags all tags there shall be
   * @param sensitive protected fields by name; an empty value takes the field away
   */
  record Changes(
      Card.@Nullable Kind kind,
      @Nullable String name,
      @Nullable String language,
      Card.@Nullable ValueLevel level,
      @Nullable SortedSet<String> tags,
      Map<String, String> sensitive) {
    public Changes {
      sensitive = Map.copyOf(sensitive);
    }
  }

  /**
   * A decision of a customer's.
   *
   * @param kind a short code, such as {@code recording}; {@code calls} refused is do-not-call
   */
  record Consent(String kind, boolean granted, String textVersion) {}

  /** Where a change stands. */
  record Position(long at, String id) {}

  /**
   * A change that was made.
   *
   * @param file the entry that was changed
   * @param by display name of who made it; null for a program
   * @param isProtected its values may be shown only to who may see protected fields
   */
  record Change(
      String id,
      CustomerId file,
      Instant at,
      long micros,
      @Nullable String by,
      String field,
      @Nullable String before,
      @Nullable String after,
      boolean isProtected) {
    /** The same without its values. */
    public Change masked() {
      return new Change(id, file, at, micros, by, field, null, null, isProtected);
    }
  }

  /**
   * What bears on whether a customer may be contacted.
   *
   * @param survivor under whom they are found
   * @param decisions of everybody who is this customer
   * @param attempts of call-back that are open, all together
   */
  record Standing(CustomerId survivor, List<Decision> decisions, int attempts) {}

  /** A decision and in whose file it stands. */
  record Decision(CustomerId file, String kind, boolean granted, long at) {}
}
