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

  /** Rows of a shape that fulfil a domain besides. */
  JsonNode rows(Shape shape, List<?> domain, String order, int most, Duration within) {
    return odoo.ask(shape.model(), "search_read", question(shape, domain, order, most), within);
  }

  /** The same, with the time at which they were read. */
  JsonTwo.Said rowsWithTime(Shape shape, List<?> domain, String order, int most) {
    return odoo.askWithTime(shape.model(), "search_read", question(shape, domain, order, most));
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

  List<CrmRecord> records(Shape shape, JsonNode rows) {
    return records(shape, list(rows));
  }

  static List<JsonNode> list(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }

  /** These records, as far as they are there, archived ones too; of merged ones, into which. */
  List<CrmRecord> read(Shape shape, List<String> wanted) {
    List<Long> numbers = wanted.stream().filter(id -> id.matches("\\d{1,18}")).map(Long::valueOf).toList();
    if (numbers.isEmpty()) {
      return List.of();
    }
    List<JsonNode> rows =
        list(rows(shape, List.of(List.of("id", "in", numbers)), "id", numbers.size(), file.timeout()));
    List<CrmRecord> read = new ArrayList<>(records(shape, rows));
    if (shape.kind() == RecordKind.CUSTOMER && rows.size() < numbers.size()) {
      Set<String> missing = numbers.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
      rows.forEach(row -> missing.remove(Rows.id(row)));
      ids.merged(shape, missing)
          .forEach((id, into) -> read.add(CrmRecord.merged(shape.kind(), id, "merged into " + into, 0, into)));
    }
    return read;
  }

  /** Names of all tags in these rows. */
  Map<Long, String> tags(Shape shape, Collection<JsonNode> rows) {
    Set<Long> wanted = new TreeSet<>();
    if (shape.columns().stream().anyMatch(column -> column.form() == Form.TAGS)) {
      rows.forEach(row -> row.path("category_id").forEach(id -> wanted.add(id.asLong())));
    }
    Map<Long, String> names = new HashMap<>();
    if (!wanted.isEmpty()) {
      odoo.ask(
              "res.partner.category",
              "search_read",
              Map.of("domain", List.of(List.of("id", "in", wanted)), "fields", List.of("name"), "context", Shape.context()))
          .forEach(tag -> names.put(tag.path("id").asLong(), Rows.text(tag.path("name"))));
    }
    return names;
  }
}
