package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a field of a record stands in a resource.
 *
 * @param put null where it is only read
 */
record Mapped(Field field, Function<ObjectNode, Value> get, @Nullable BiConsumer<ObjectNode, Value> put) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  String name() {
    return field.name();
  }

  static Mapped of(
      String name, String label, DescribeFields.Type type, @Nullable String suits, Function<ObjectNode, Value> get,
      @Nullable BiConsumer<ObjectNode, Value> put) {
    return new Mapped(new Field(name, label, type, false, put == null, List.of(), suits), get, put);
  }

  /** Words at a place. */
  static Mapped text(String name, String label, String path, @Nullable String suits) {
    Path place = Path.of(path);
    return of(
        name,
        label,
        DescribeFields.Type.TEXT,
        suits,
        r -> Value.of(place.text(r)),
        (r, value) -> place.set(r, node(text(name, value))));
  }

  /** One of some words at a place. */
  static Mapped code(String name, String label, String path, List<String> options) {
    Path place = Path.of(path);
    return new Mapped(
        new Field(name, label, DescribeFields.Type.TEXT, false, false, options, null),
        r -> Value.of(place.text(r)),
        (r, value) -> place.set(r, node(mustBe(name, options, text(name, value)))));
  }

  /** Words that are only read. */
  static Mapped shown(String name, String label, DescribeFields.Type type, String path, @Nullable String suits) {
    Path place = Path.of(path);
    return of(name, label, type, suits, r -> Value.of(place.text(r)), null);
  }

  /** A moment at a place. */
  static Mapped time(String name, String label, String path, @Nullable String suits) {
    Path place = Path.of(path);
    return of(
        name,
        label,
        DescribeFields.Type.TIME,
        suits,
        r -> time(place.text(r)),
        (r, value) -> place.set(r, node(mustBeTime(name, text(name, value)))));
  }

  /** A day at a place. */
  static Mapped date(String name, String label, String path) {
    Path place = Path.of(path);
    return of(
        name,
        label,
        DescribeFields.Type.DATE,
        null,
        r -> Value.of(place.text(r)),
        (r, value) -> {
          String day = text(name, value);
          if (!day.isEmpty() && !day.matches("\\d{4}(-\\d{2}(-\\d{2})?)?")) {
            throw refused(name, "has to be a day such as 1980-05-31");
          }
          place.set(r, node(day));
        });
  }

  /** The patient that a resource is about: our customer. */
  static Mapped patient(String path) {
    Path place = Path.of(path + ".reference");
    return of(
        "customer",
        "Patient",
        DescribeFields.Type.LINK,
        "customer",
        r -> Value.of(idOf(place.text(r))),
        (r, value) -> {
          String id = text("customer", value);
          if (!id.isEmpty() && !Shape.isId(id)) {
            throw refused("customer", "has to be the id of a patient");
          }
          place.set(r, id.isEmpty() ? null : NODES.stringNode("Patient/" + id));
        });
  }

  /** Something that FHIR has no place for: in an extension of our own. */
  static Mapped extension(String system, String name, String label, DescribeFields.Type type) {
    String url = system + ":" + name;
    return of(
        name,
        label,
        type,
        name,
        r -> Extensions.get(r, url),
        (r, value) -> {
          if (type == DescribeFields.Type.NUMBER && !(value instanceof Value.Number || value instanceof Value.Empty)) {
            throw refused(name, "has to be a number");
          }
          Extensions.put(r, url, value instanceof Value.Number ? value : Value.of(text(name, value)));
        });
  }

  private static String idOf(String reference) {
    int at = reference.lastIndexOf("Patient/");
    return at < 0 ? "" : reference.substring(at + "Patient/".length()).split("/", -1)[0];
  }

  private static Value time(String written) {
    try {
      // what is less exact than a moment is told as it stands
      return Value.of(written.length() > 10 ? OffsetDateTime.parse(written).toInstant().toString() : written);
    } catch (DateTimeParseException odd) {
      return Value.of(written);
    }
  }

  private static String mustBeTime(String name, String written) {
    try {
      return written.isEmpty() ? "" : Instant.parse(written).toString();
    } catch (DateTimeParseException odd) {
      throw refused(name, "has to be a time such as 2026-01-05T01:00:00Z");
    }
  }

  private static String mustBe(String name, List<String> options, String word) {
    if (!word.isEmpty() && !options.contains(word)) {
      throw refused(name, "has to be one of " + String.join(", ", options));
    }
    return word;
  }

  /** The words of a value, "" where it is empty. */
  static String text(String name, Value value) {
    return switch (value) {
      case Value.Text(String text) -> text;
      case Value.Empty empty -> "";
      case Value.Flag(boolean yes) -> Boolean.toString(yes);
      case Value.Number(BigDecimal number) -> number.toPlainString();
      default -> throw refused(name, "takes one text");
    };
  }

  static Fault.Refused refused(String name, String words) {
    return new Fault.Refused("The field '%s' %s.".formatted(Fault.excerpt(name), words));
  }

  static @Nullable JsonNode node(String text) {
    return text.isEmpty() ? null : NODES.stringNode(text);
  }
}
