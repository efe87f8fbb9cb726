package io.cordboard.adapters.odoo;

import io.cordboard.adapters.odoo.Column.Form;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Reads rows and makes records of them. */
final class Reader {
  private final JsonTwo odoo;
  private final ExternalIds ids;
  private final OdooFile file;

  Reader(JsonTwo odoo, ExternalIds ids, OdooFile file) {
    this.odoo = odoo;
    this.ids = ids;
    this.file = file;
  }

  /** The same for requests that may take so long together. */
  Reader within(Duration together) {
    JsonTwo hurried = odoo.within(together);
    return new Reader(hurried, new ExternalIds(hurried), file);
  }

  /** Rows of a shape that fulfil a domain besides. */
  List<JsonNode> rows(Shape shape, List<?> domain, String order, int most) {
    return list(rowsWithTime(shape, domain, order, most).value());
  }

  /** The same, with the time at which they were read. */
  JsonTwo.Said rowsWithTime(Shape shape, List<?> domain, String order, int most) {
    return odoo.search(shape.model(), question(shape, domain, order, most));
  }

  /** The rows of these ids, as far as they are there. */
  List<JsonNode> rows(Shape shape, Collection<Long> numbers) {
    return rows(shape, List.of(List.of("id", "in", numbers)), "id", numbers.size());
  }

  private static Map<String, Object> question(Shape shape, List<?> domain, String order, int most) {
    return Map.of(
        "domain", JsonTwo.all(domain, shape.domain()),
        "fields", shape.fields(),
        "order", order,
        "limit", most,
        "context", Shape.context());
  }

  /** Records with our ids at them. */
  List<CrmRecord> records(Shape shape, Collection<JsonNode> rows) {
    Map<String, String> refs = ids.refs(shape, rows.stream().map(Rows::id).toList());
    return records(shape, rows, refs);
  }

  /** Records of rows whose ids of ours are known or do not matter. */
  List<CrmRecord> records(Shape shape, Collection<JsonNode> rows, Map<String, String> refs) {
    Map<Long, String> tags = tags(shape, rows);
    return rows.stream()
        .map(row -> Rows.record(shape, row, tags, file.levelTag(), refs.get(Rows.id(row))))
        .toList();
  }

  static List<JsonNode> list(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }

  /** These records, as far as they are there, archived ones too; of merged ones, into which. */
  List<CrmRecord> read(Shape shape, List<String> wanted) {
    List<Long> numbers = wanted.stream().filter(Reader::isId).map(Long::valueOf).toList();
    if (numbers.isEmpty()) {
      return List.of();
    }
    List<JsonNode> rows = rows(shape, numbers);
    List<CrmRecord> read = new ArrayList<>(records(shape, rows));
    if (shape.kind() == RecordKind.CUSTOMER && rows.size() < numbers.size()) {
      Set<String> missing =
          numbers.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
      rows.forEach(row -> missing.remove(Rows.id(row)));
      ids.merged(shape, missing)
          .forEach(
              (id, into) ->
                  read.add(CrmRecord.merged(shape.kind(), id, "merged into " + into, 0, into)));
    }
    return read;
  }

  /** Whether Odoo could have given this id. */
  static boolean isId(String text) {
    return text.matches("\\d{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE;
  }

  /** Names of all tags in these rows. */
  Map<Long, String> tags(Shape shape, Collection<JsonNode> rows) {
    Set<Long> wanted = new TreeSet<>();
    if (shape.columns().stream().anyMatch(column -> column.form() == Form.TAGS)) {
      rows.forEach(row -> row.path("category_id").forEach(id -> wanted.add(id.asLong())));
    }
    Map<Long, String> names = new HashMap<>();
    if (!wanted.isEmpty()) {
      odoo.search(
              "res.partner.category",
              Map.of(
                  "domain",
                  List.of(List.of("id", "in", wanted)),
                  "fields",
                  List.of("name"),
                  "context",
                  Shape.context()))
          .value()
          .forEach(tag -> names.put(tag.path("id").asLong(), Rows.text(tag.path("name"))));
    }
    return names;
  }
}
