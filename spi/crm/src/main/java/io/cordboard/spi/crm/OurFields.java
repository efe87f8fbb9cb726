package io.cordboard.spi.crm;

import io.cordboard.spi.crm.DescribeFields.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that a record has with us. A {@code customer} is a link: towards a system it carries their id of the
 * customer.
 */
public final class OurFields {
  private static final Field CUSTOMER = new Field("customer", Type.LINK, List.of());

  private static final Map<RecordKind, List<Field>> FIELDS =
      Map.of(
          RecordKind.CUSTOMER,
          List.of(
              text("name"), new Field("kind", Type.TEXT, List.of("PERSON", "COMPANY")), text("language"),
              new Field("level", Type.TEXT, List.of("STANDARD", "SILVER", "GOLD", "PLATINUM")), texts("tags"),
              texts("phones"), texts("emails")),
          RecordKind.INTERACTION,
          List.of(
              CUSTOMER, text("subject"), time("at"), new Field("direction", Type.TEXT, List.of("in", "out")),
              text("number"), text("line"), text("agent"), text("outcome"), text("disposition"), text("notes"),
              number("seconds"), number("waitSeconds"), text("recording")),
          RecordKind.TASK,
          List.of(
              CUSTOMER, text("title"), new Field("state", Type.TEXT, List.of("OPEN", "DONE")), time("due"),
              text("owner")),
          RecordKind.TICKET,
          List.of(CUSTOMER, text("number"), text("title"), text("state"), time("openedAt"), time("closedAt")),
          RecordKind.LEAD,
          List.of(CUSTOMER, text("title"), text("state"), text("number"), text("notes")),
          RecordKind.ORDER,
          List.of(
              CUSTOMER, text("number"), text("title"), number("amount"), text("currency"), text("state"), time("at")));

  private OurFields() {}

  /**
   * A field of ours.
   *
   * @param options what may stand in it; empty where anything of its type may
   */
  public record Field(String name, Type type, List<String> options) {}

  /** All of a kind, the most important first. */
  public static List<Field> of(RecordKind kind) {
    return FIELDS.getOrDefault(kind, List.of());
  }

  /** One by its name. */
  public static Optional<Field> find(RecordKind kind, String name) {
    return of(kind).stream().filter(field -> field.name().equals(name)).findFirst();
  }

  private static Field text(String name) {
    return new Field(name, Type.TEXT, List.of());
  }

  private static Field texts(String name) {
    return new Field(name, Type.TEXTS, List.of());
  }

  private static Field number(String name) {
    return new Field(name, Type.NUMBER, List.of());
  }

  private static Field time(String name) {
    return new Field(name, Type.TIME, List.of());
  }
}
