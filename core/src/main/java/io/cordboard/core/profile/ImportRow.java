package io.cordboard.core.profile;

import io.cordboard.kernel.CustomerId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a file, read and found good as far as can be told from itself. */
public sealed interface ImportRow {
  Place place();

  /** Where it stands: the row as a spreadsheet counts, and the line of the file. */
  record Place(long row, long line) {}

  /** A number, e-mail or foreign id in the form in which it is kept. */
  record Link(String kind, String value) {}

  /**
   * Whose it is, as the file says it.
   *
   * @param text as it stands in the file
   * @param id where it is a customer's id
   * @param value where it is an identity, in the form in which it is kept
   */
  record Ref(String text, @Nullable CustomerId id, String value) {}

  /** A new customer; one whose foreign id is known already is left as it is. */
  record Customer(
      Place place,
      CustomerId id,
      CustomerEditor.Fields fields,
      @Nullable LocalDate since,
      List<Link> links,
      List<String> tags)
      implements ImportRow {}

  /** What else points to a customer. */
  record Links(Place place, Ref customer, List<Link> links) implements ImportRow {}

  /** An order; one whose number the customer has already is left as it is. */
  record Order(Place place, Ref customer, Card.Order order) implements ImportRow {}

  /** A service record; one whose number the customer has already is left as it is. */
  record Service(Place place, Ref customer, Card.ServiceRecord record) implements ImportRow {}

  /**
   * What is wrong with a row.
   *
   * @param column its heading; empty for the row as a whole
   */
  record Wrong(Place place, String column, String value, String why) {}
}
