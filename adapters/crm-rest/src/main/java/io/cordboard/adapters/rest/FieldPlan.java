package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.HostFunctions;
import io.cordboard.adapters.rest.expression.Missing;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.adapters.rest.expression.Times;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.DescribeFields.Type;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of their records: how it is read and written.
 *
 * @param read where it stands in a row
 * @param hidden says true where a row shows it as empty because we may not see it; null where there is no such thing
 * @param table by which values are changed; null for none
 * @param time how times are written in it; null where it holds none
 * @param cleared what is sent to clear it
 * @param blanks what stands there when nothing does, beside null and empty text
 */
record FieldPlan(
    Field field, Expression read, @Nullable Expression hidden, @Nullable String table, @Nullable String time,
    @Nullable Object cleared, List<?> blanks, HostFunctions host, Times times) {
  private static final List<String> TYPES = List.of("text", "number", "flag", "time", "date", "texts", "link");

  /** What the fields of a file share. */
  record Kit(Compiler compiler, HostFunctions host, Times times, Map<String, ?> tables) {}

  static FieldPlan read(RecordKind kind, String name, Part part, Kit kit) {
    Type type = Type.valueOf(
        part.word("type", "text", TYPES.toArray(String[]::new)).toUpperCase(Locale.ROOT));
    String suits = part.text("suits");
    if (suits != null && OurFields.find(kind, suits).isEmpty()) {
      part.mistake("suits", "A %s of ours has no field '%s': it has %s.".formatted(
          kind.word(), suits, String.join(", ", OurFields.of(kind).stream().map(OurFields.Field::name).toList())));
    }
    String table = part.text("table");
    if (table != null && !kit.tables().containsKey(table)) {
      part.mistake("table", "There is no table '%s' under 'tables'.".formatted(table));
    }
    String time = part.text("time", type == Type.DATE ? "date" : "iso");
    if (!kit.times().has(time)) {
      part.mistake("time", "There is no way '%s' to write times: add it under 'times'.".formatted(time));
    }
    Expression read = part.flag("write_only", false)
        ? scope -> Missing.MISSING
        : part.has("read")
        ? kit.compiler().mustFormula(part, "read", Place.ROW)
        : scope -> scope.root() instanceof Map<?, ?> row && row.containsKey(name) ? row.get(name) : Missing.MISSING;
    FieldPlan plan = new FieldPlan(
        new Field(name, part.text("label", name), type, part.flag("required", false), part.flag("read_only", false),
            part.texts("options"), suits),
        read,
        kit.compiler().formula(part, "hidden", Place.ROW),
        table,
        type == Type.TIME || type == Type.DATE ? time : null,
        part.raw("cleared"),
        part.several("blank"),
        kit.host(),
        kit.times());
    part.close();
    return plan;
  }

  /** What stands in a row; null where the row does not carry it. */
  @Nullable Value value(Scope row) {
    try {
      if (hidden != null && hidden.holds(row)) {
        return new Value.Hidden();
      }
      Object found = read.value(row);
      return found == Missing.MISSING ? null : value(found);
    } catch (Fault unreadable) {
      return new Value.Hidden();
    }
  }

  // what has another shape than the file says is taken as not to be seen: nothing follows from it
  private Value value(@Nullable Object found) {
    if (found == null || "".equals(found) || blanks.contains(found)) {
      return Value.EMPTY;
    }
    return switch (field.type()) {
      case TEXTS -> found instanceof Map ? new Value.Hidden() : Value.of(translated(Texts.many(found)));
      case NUMBER -> {
        BigDecimal number = Texts.number(found);
        yield number == null ? new Value.Hidden() : new Value.Number(number);
      }
      case FLAG -> flag(found);
      case TIME, DATE -> time == null
          ? new Value.Hidden() : new Value.Text(shortened(Times.iso(times.micros(found, time))));
      case TEXT, LINK -> {
        String text = Texts.of(found);
        yield text == null ? new Value.Hidden() : Value.of(translated(text));
      }
    };
  }

  private String shortened(String iso) {
    return field.type() == Type.DATE ? iso.substring(0, 10) : iso;
  }

  private static Value flag(Object found) {
    return switch (String.valueOf(found).toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "y" -> new Value.Flag(true);
      case "false", "0", "no", "n" -> new Value.Flag(false);
      default -> new Value.Hidden();
    };
  }

  private String translated(String theirs) {
    return table == null ? theirs : host.ours(table, theirs);
  }

  private List<String> translated(List<String> theirs) {
    return table == null ? theirs : theirs.stream().map(this::translated).toList();
  }

  /** What is sent for a value. */
  @Nullable Object sent(Value value) {
    return switch (value) {
      case Value.Empty empty -> cleared;
      case Value.Hidden unseen -> throw new Fault.BadRequest(
          "The field '%s' cannot be written with a value that nobody may see.".formatted(field.name()));
      case Value.Text text -> time != null ? rendered(text.text(), time)
          : table != null ? host.theirs(table, text.text()) : text.text();
      case Value.Number number -> field.type() == Type.TEXT ? number.number().toPlainString() : number.number();
      case Value.Flag flag -> table != null ? host.theirs(table, Boolean.toString(flag.yes())) : (Object) flag.yes();
      case Value.Many many -> table == null ? many.texts() : many.texts().stream().map(each -> host.theirs(table, each)).toList();
    };
  }

  private Object rendered(String iso, String way) {
    Long micros = Times.ours(field.type() == Type.DATE && iso.length() == 10 ? iso + "T00:00:00Z" : iso);
    if (micros == null) {
      throw new Fault.BadRequest(
          "The field '%s' takes a time in ISO 8601 with a Z, not '%s'.".formatted(field.name(), Fault.excerpt(iso)));
    }
    return times.render(micros, way);
  }

  /** What is sent for a field that the file does not list. */
  static @Nullable Object plain(Value value) {
    return switch (value) {
      case Value.Empty empty -> null;
      case Value.Hidden hidden -> throw new Fault.BadRequest("A value that nobody may see cannot be written.");
      case Value.Text text -> text.text();
      case Value.Number number -> number.number();
      case Value.Flag flag -> flag.yes();
      case Value.Many many -> many.texts();
    };
  }
}
