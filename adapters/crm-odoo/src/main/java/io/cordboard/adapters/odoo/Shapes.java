package io.cordboard.adapters.odoo;

import io.cordboard.adapters.odoo.Column.Form;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes of the kinds, with the fields that the file adds; asked for once. Thread-safe. */
final class Shapes {
  /** Forms whose fields have our names and our values. */
  private static final Set<Form> OWN =
      EnumSet.of(Form.LINE, Form.NUMBER_LINE, Form.KIND, Form.LEVEL, Form.DONE);

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
    boolean own = OWN.contains(column.form());
    String label = own ? column.name() : told.path("string").asString(column.name());
    List<String> options = own ? ours(shape, column) : theirs(column, told);
    return new Field(
        column.name(),
        label,
        column.form().type(),
        needed(shape, column, told),
        column.readOnly(),
        options,
        column.suits());
  }

  private static List<String> ours(Shape shape, Column column) {
    return OurFields.find(shape.kind(), column.name())
        .map(OurFields.Field::options)
        .orElse(List.of());
  }

  private static List<String> theirs(Column column, JsonNode told) {
    return column.form() == Form.CHOICE
        ? told.path("selection").valueStream().map(option -> option.path(0).asString()).toList()
        : List.of();
  }

  // a contact's name is demanded by a rule of the database that the description does not tell
  private static boolean needed(Shape shape, Column column, JsonNode told) {
    boolean name = shape.kind() == RecordKind.CUSTOMER && column.name().equals("name");
    boolean asked = column.form() == Form.TEXT || column.form() == Form.LINK;
    return name
        || column.form() == Form.PINNED
        || (asked && !column.readOnly() && told.path("required").asBoolean(false));
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
