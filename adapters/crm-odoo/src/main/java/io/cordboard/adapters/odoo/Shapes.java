package io.cordboard.adapters.odoo;

import io.cordboard.adapters.odoo.Column.Form;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes of the kinds, with the fields that the file adds; asked for once. Thread-safe. */
final class Shapes {
  private final JsonTwo odoo;
  private final OdooFile file;
  private final Map<RecordKind, Shape> known = new ConcurrentHashMap<>();
  private volatile @Nullable Long user;

  Shapes(JsonTwo odoo, OdooFile file) {
    this.odoo = odoo;
    this.file = file;
  }

  /** The number of the user whose key we have. */
  long user() {
    Long asked = user;
    if (asked == null) {
      asked = odoo.ask("res.users", "context_get", Map.of()).path("uid").asLong();
      user = asked;
    }
    return asked;
  }

  Shape of(RecordKind kind) {
    Shape shape = known.get(kind);
    if (shape == null) {
      shape = Shape.of(kind, file, kind == RecordKind.INTERACTION ? user() : 0);
      List<String> extra = file.extra(kind);
      shape = extra.isEmpty() ? shape : shape.and(columns(shape, extra));
      known.put(kind, shape);
    }
    return shape;
  }

  private List<Column> columns(Shape shape, List<String> extra) {
    JsonNode told = told(shape.model(), extra);
    List<Column> columns = new ArrayList<>();
    for (String name : extra) {
      JsonNode field = told.path(name);
      Form form = field.isObject() ? Form.ofType(field.path("type").asString("")) : null;
      if (form == null) {
        throw new Fault.Refused(
            "odoo.fields.%s names '%s', and Odoo's '%s' has no such field, or one that holds no text, number, time or link."
                .formatted(shape.kind().word(), Fault.excerpt(name), shape.model()));
      }
      if (shape.column(name).isEmpty()) {
        columns.add(new Column(name, name, form, field.path("readonly").asBoolean(false), null));
      }
    }
    return columns;
  }

  /** What a person would choose from. */
  List<Field> fields(RecordKind kind) {
    Shape shape = of(kind);
    JsonNode told =
        told(shape.model(), shape.columns().stream().map(Column::field).distinct().toList());
    return shape.columns().stream()
        .map(column -> field(shape, column, told.path(column.field())))
        .toList();
  }

  private static Field field(Shape shape, Column column, JsonNode told) {
    List<String> options =
        switch (column.form()) {
          case CHOICE ->
              told.path("selection")
                  .valueStream()
                  .map(option -> option.path(0).asString())
                  .toList();
          case DONE -> List.of("OPEN", "DONE");
          case LINE -> column.name().equals("direction") ? List.of("in", "out") : List.of();
          case TEXT,
              HTML,
              FLAG,
              NUMBER,
              TIME,
              DATE,
              LINK,
              NAMED,
              ID,
              PINNED,
              TAGS,
              LEVEL,
              NUMBER_LINE ->
              List.of();
        };
    boolean own =
        Stream.of(Form.LINE, Form.NUMBER_LINE, Form.LEVEL, Form.DONE)
            .anyMatch(form -> form == column.form());
    String label = own ? column.name() : told.path("string").asString(column.name());
    boolean required =
        column.form() == Form.PINNED || (!column.readOnly() && needed(shape, column, told));
    return new Field(
        column.name(),
        label,
        column.form().type(),
        required,
        column.readOnly(),
        options,
        column.suits());
  }

  // a contact's name is demanded by a rule of the database that the description does not tell
  private static boolean needed(Shape shape, Column column, JsonNode told) {
    return switch (column.form()) {
      case DATE, TIME, DONE, LINE, NUMBER_LINE, CHOICE -> false;
      case TEXT ->
          told.path("required").asBoolean(false)
              || (shape.kind() == RecordKind.CUSTOMER && column.name().equals("name"));
      case HTML, FLAG, NUMBER, LINK, NAMED, ID, PINNED, TAGS, LEVEL ->
          told.path("required").asBoolean(false) && column.form() == Form.LINK;
    };
  }

  private JsonNode told(String model, List<String> names) {
    return odoo.ask(
        model,
        "fields_get",
        Map.of(
            "allfields", names,
            "attributes", List.of("string", "type", "required", "readonly", "selection"),
            "context", Shape.context()));
  }
}
