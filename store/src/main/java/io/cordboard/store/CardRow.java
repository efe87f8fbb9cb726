package io.cordboard.store;

import io.cordboard.core.profile.Card;
import io.cordboard.kernel.CustomerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link CardText}.
 *
 * @param merged the card is not whole: read it again by its id
 * @param contacts the card's calls with what the card does not show
 */
record CardRow(Card card, boolean merged, List<Contact> contacts) {

  /** An earlier call, and from which number it went to which line. */
  record Contact(Card.PastCall call, @Nullable String number, String line) {}

  static CardRow read(ResultSet row) throws SQLException {
    List<Contact> contacts = JsonRows.read(row.getString(15), CardRow::contact);
    Card card =
        new Card(
            new CustomerId(row.getObject(1, UUID.class)),
            row.getLong(2),
            Card.Kind.valueOf(row.getString(3)),
            row.getString(4),
            row.getString(5),
            Card.ValueLevel.valueOf(row.getString(6)),
            row.getObject(7, LocalDate.class),
            row.getBoolean(8),
            JsonRows.read(row.getString(10), JsonRows::text).stream().sorted().toList(),
            sorted(JsonRows.read(row.getString(11), CardRow::identity), Card.Identity::value),
            sorted(JsonRows.read(row.getString(12), CardRow::field), Card.SensitiveField::name),
            JsonRows.read(row.getString(13), CardRow::order),
            JsonRows.read(row.getString(14), CardRow::service),
            contacts.stream().map(Contact::call).toList());
    return new CardRow(card, row.getBoolean(9), contacts);
  }

  // sorting here is cheaper than one more step in the statement
  private static <T> List<T> sorted(List<T> list, Function<T, String> by) {
    return list.stream().sorted(Comparator.comparing(by)).toList();
  }

  private static Card.Identity identity(JsonRows row) {
    return new Card.Identity(row.text(), row.text(), row.flag());
  }

  private static Card.SensitiveField field(JsonRows row) {
    return new Card.SensitiveField(row.text(), row.text());
  }

  private static Card.Order order(JsonRows row) {
    return new Card.Order(
        row.text(), row.time(), row.text(), row.number(), row.text(), row.text());
  }

  private static Card.ServiceRecord service(JsonRows row) {
    return new Card.ServiceRecord(
        row.text(), row.time(), row.timeOrNull(), row.text(), row.text());
  }

  private static Contact contact(JsonRows row) {
    return new Contact(
        new Card.PastCall(
            row.text(), row.time(), row.text(), row.text(), row.textOrNull(), row.textOrNull(),
            row.textOrNull(), row.number(), row.flag()),
        row.textOrNull(),
        row.text());
  }
}
