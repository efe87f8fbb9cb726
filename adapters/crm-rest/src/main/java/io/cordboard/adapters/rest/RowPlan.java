package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.Expression;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.adapters.rest.expression.Times;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields.Type;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one of their rows becomes a record.
 *
 * @param more an object of which every entry is a field, beside those that are listed; null where there is none
 */
record RowPlan(
    RecordKind kind, Expression id, @Nullable Expression ref, @Nullable Expression version, @Nullable Expression changed,
    @Nullable Expression deleted, @Nullable Expression mergedInto, @Nullable Expression more,
    Map<String, FieldPlan> fields) {

  static RowPlan read(RecordKind kind, Part part, Part listed, FieldPlan.Kit kit) {
    Compiler compiler = kit.compiler();
    Map<String, FieldPlan> fields = new LinkedHashMap<>();
    for (String name : listed.keys()) {
      fields.put(name, FieldPlan.read(kind, name, listed.at(name), kit));
    }
    RowPlan plan = new RowPlan(
        kind,
        compiler.mustFormula(part, "id", Place.ROW),
        compiler.formula(part, "ref", Place.ROW),
        compiler.formula(part, "version", Place.ROW),
        compiler.formula(part, "changed", Place.ROW),
        compiler.formula(part, "deleted", Place.ROW),
        compiler.formula(part, "merged_into", Place.ROW),
        compiler.formula(part, "more", Place.ROW),
        fields);
    part.close();
    return plan;
  }

  /**
   * The record of a row.
   *
   * @throws Fault.Refused when the row cannot be told from others
   */
  CrmRecord record(Scope row) {
    String theirs = mustId(id, row);
    String theirVersion = text(version, row);
    long at = changedAt(changed, row);
    if (deleted != null && deleted.holds(row)) {
      return CrmRecord.deleted(kind, theirs, theirVersion, at);
    }
    String into = mergedInto == null ? null : Texts.filled(mergedInto.value(row));
    if (into != null && !into.equals(theirs)) {
      return CrmRecord.merged(kind, theirs, theirVersion, at, into);
    }
    String ours = ref == null ? null : Texts.filled(ref.value(row));
    return CrmRecord.live(kind, theirs, theirVersion, at, ours, values(row));
  }

  static String mustId(Expression id, Scope row) {
    String text = Texts.filled(id.value(row));
    if (text == null || text.length() > 500) {
      throw new Fault.Refused("A row of the answer has no id where the file says that it stands.");
    }
    return text;
  }

  static long changedAt(@Nullable Expression changed, Scope row) {
    String iso = text(changed, row);
    Long micros = iso.isEmpty() ? Long.valueOf(0) : Times.ours(iso);
    if (micros == null) {
      throw new Fault.Refused(
          "'changed' has to yield a time of ours: wrap it in $time(..., 'iso') or another way to write times.");
    }
    return micros;
  }

  private static String text(@Nullable Expression expression, Scope row) {
    String text = expression == null ? null : Texts.filled(expression.value(row));
    return text == null ? "" : text;
  }

  private SortedMap<String, Value> values(Scope row) {
    SortedMap<String, Value> values = new TreeMap<>();
    if (more != null && more.value(row) instanceof Map<?, ?> others) {
      others.forEach((name, found) -> {
        if (!(found instanceof Map)) {
          values.put(String.valueOf(name), other(found));
        }
      });
    }
    fields.forEach((name, field) -> {
      Value value = field.value(row);
      if (value != null) {
        values.put(name, value);
      }
    });
    return values;
  }

  private static Value other(@Nullable Object found) {
    return switch (found) {
      case null -> Value.EMPTY;
      case Boolean flag -> new Value.Flag(flag);
      case Number number -> {
        var read = Texts.number(number);
        yield read == null ? new Value.Hidden() : new Value.Number(read);
      }
      case List<?> several -> Value.of(Texts.many(several));
      default -> Value.of(String.valueOf(Texts.of(found)));
    };
  }

  /** All texts in the fields that go with one of ours. */
  List<String> texts(CrmRecord record, String ours) {
    List<String> texts = new ArrayList<>();
    fields.values().stream()
        .filter(field -> ours.equals(field.field().suits()))
        .forEach(field -> {
          switch (record.fields().get(field.field().name())) {
            case Value.Text text -> texts.add(text.text());
            case Value.Many many -> texts.addAll(many.texts());
            case Value.Number number -> texts.add(number.number().toPlainString());
            case null, default -> {}
          }
        });
    return texts;
  }

  /** Whether a field goes with one of ours. */
  boolean hasFieldFor(String ours) {
    return fields.values().stream().anyMatch(field -> ours.equals(field.field().suits()));
  }

  /** What is sent for the fields of a write, by their names. */
  Map<String, @Nullable Object> sent(SortedMap<String, Value> values) {
    Map<String, @Nullable Object> sent = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      FieldPlan field = fields.get(name);
      if (field == null && more == null) {
        throw new Fault.BadRequest("There is no field '%s' in their records of kind '%s': list it under 'fields', or map another one."
            .formatted(Fault.excerpt(name), kind.word()));
      }
      if (field != null && field.field().readOnly()) {
        throw new Fault.BadRequest("The field '%s' can only be read.".formatted(Fault.excerpt(name)));
      }
      if (field != null && field.field().type() == Type.FLAG && value instanceof Value.Text) {
        throw new Fault.BadRequest("The field '%s' takes yes or no.".formatted(Fault.excerpt(name)));
      }
      sent.put(name, field == null ? FieldPlan.plain(value) : field.sent(value));
    });
    return sent;
  }
}
