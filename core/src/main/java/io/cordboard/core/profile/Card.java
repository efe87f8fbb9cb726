package io.cordboard.core.profile;

import io.cordboard.kernel.CustomerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pop shows of a customer, and nothing more: one read of the database.
 *
 * @param version rises with every change of the customer
 * @param language BCP 47, the language the customer speaks
 * @param sensitive classified fields; their values are null while the caller is not verified
 * @param orders the latest three, newest first
 * @param service open ones first, then newest; at most five
 * @param calls earlier contacts, newest first; at most five
 */
public record Card(
    CustomerId id,
    long version,
    Kind kind,
    String name,
    String language,
    ValueLevel level,
    LocalDate since,
    boolean demo,
    List<String> tags,
    List<Identity> identities,
    List<SensitiveField> sensitive,
    List<Order> orders,
    List<ServiceRecord> service,
    List<PastCall> calls) {

  /** A person or a company. */
  public enum Kind {
    PERSON,
    COMPANY
  }

  /** What the customer is worth to the company, lowest first. */
  public enum ValueLevel {
    STANDARD,
    SILVER,
    GOLD,
    PLATINUM
  }

  /**
   * A number, e-mail or foreign id that points to the customer.
   *
   * @param kind such as {@code mobile}, {@code home}, {@code work}, {@code main-line}, {@code email}
   * @param shared other customers have it too
   */
  public record Identity(String kind, String value, boolean shared) {}

  /** A field that stays masked until the caller is verified; {@code name} is a code, not a label. */
  public record SensitiveField(String name, @Nullable String value) {}

  /** An order; {@code amountMinor} in the currency's smallest unit. */
  public record Order(
      String number, Instant at, String title, long amountMinor, String currency, String state) {}

  /** A ticket, repair, claim or visit. */
  public record ServiceRecord(
      String number, Instant openedAt, @Nullable Instant closedAt, String title, String state) {}

  /** An earlier contact. */
  public record PastCall(
      String callId,
      Instant at,
      String direction,
      String outcome,
      @Nullable String agent,
      @Nullable String disposition,
      @Nullable String notes,
      long talkMillis,
      boolean recorded) {}

  /** The same card without the values of the sensitive fields. */
  public Card masked() {
    List<SensitiveField> blank =
        sensitive.stream().map(field -> new SensitiveField(field.name(), null)).toList();
    return new Card(
        id, version, kind, name, language, level, since, demo, tags, identities, blank, orders,
        service, calls);
  }
}
