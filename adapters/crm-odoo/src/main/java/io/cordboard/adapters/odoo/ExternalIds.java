package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Our ids at Odoo's records: external ids of a module that is ours alone, of which Odoo keeps each
 * once. A customer has a second one that says Odoo's own id: when two are merged there Odoo moves
 * it to the one that stays.
 */
final class ExternalIds {
  static final String MODULE = "cordboard";
  private static final String MODEL = "ir.model.data";

  private final JsonTwo odoo;

  ExternalIds(JsonTwo odoo) {
    this.odoo = odoo;
  }

  /** The name of an external id that carries one of ours. */
  static String name(RecordKind kind, String ref) {
    return kind.word() + "_" + written(ref);
  }

  private static String formerly(RecordKind kind, String id) {
    return "at_" + kind.word() + "_" + id;
  }

  /** Our ids of those records that have one, by theirs. */
  Map<String, String> refs(Shape shape, Collection<String> ids) {
    Map<String, List<String>> names = new HashMap<>();
    if (!ids.isEmpty()) {
      for (JsonNode row :
          search(shape, List.of("res_id", "in", ids.stream().map(Long::valueOf).toList()))) {
        names
            .computeIfAbsent(row.path("res_id").asString(), id -> new ArrayList<>())
            .add(row.path("name").asString());
      }
    }
    Map<String, String> refs = new HashMap<>();
    names.forEach((id, of) -> ref(shape.kind(), id, of).ifPresent(ref -> refs.put(id, ref)));
    return refs;
  }

  // one that others were merged into has theirs too; its own is at the place of its own second id
  private static Optional<String> ref(RecordKind kind, String id, List<String> names) {
    String start = kind.word() + "_";
    List<String> ours = names.stream().filter(name -> name.startsWith(start)).toList();
    List<String> formerly = names.stream().filter(name -> name.startsWith("at_" + start)).toList();
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    int place =
        ours.size() == formerly.size() ? Math.max(0, formerly.indexOf(formerly(kind, id))) : 0;
    return Optional.of(read(ours.get(place).substring(start.length())));
  }

  /** Theirs of those of ours that are known there. */
  Map<String, String> ids(Shape shape, Collection<String> refs) {
    Map<String, String> byName = new HashMap<>();
    refs.forEach(ref -> byName.put(name(shape.kind(), ref), ref));
    Map<String, String> ids = new HashMap<>();
    for (JsonNode row : search(shape, List.of("name", "in", byName.keySet()))) {
      String ref = byName.get(row.path("name").asString());
      if (ref != null) {
        ids.put(ref, row.path("res_id").asString());
      }
    }
    return ids;
  }

  /** Into which record each of these went, where Odoo merged it. */
  Map<String, String> merged(Shape shape, Collection<String> ids) {
    Map<String, String> byName = new HashMap<>();
    ids.forEach(id -> byName.put(formerly(shape.kind(), id), id));
    Map<String, String> into = new HashMap<>();
    for (JsonNode row : search(shape, List.of("name", "in", byName.keySet()))) {
      String id = byName.get(row.path("name").asString());
      String now = row.path("res_id").asString();
      if (id != null && !now.equals(id)) {
        into.put(id, now);
      }
    }
    return into;
  }

  /**
   * Makes these records carry these ids of ours, by theirs; whatever carried one before does no
   * longer.
   */
  void link(Shape shape, Map<String, String> refs) {
    Map<String, JsonNode> there = new HashMap<>();
    List<String> names = new ArrayList<>();
    Map<String, String> wanted = new LinkedHashMap<>();
    refs.forEach(
        (id, ref) -> {
          wanted.put(name(shape.kind(), ref), id);
          if (shape.kind() == RecordKind.CUSTOMER) {
            wanted.put(formerly(shape.kind(), id), id);
          }
        });
    names.addAll(wanted.keySet());
    search(shape, List.of("name", "in", names))
        .forEach(row -> there.put(row.path("name").asString(), row));
    List<Map<String, Object>> made = new ArrayList<>();
    wanted.forEach(
        (name, id) -> {
          JsonNode row = there.get(name);
          Map<String, Object> values =
              Map.of(
                  "module",
                  MODULE,
                  "name",
                  name,
                  "model",
                  shape.model(),
                  "res_id",
                  Long.valueOf(id),
                  "noupdate",
                  true);
          if (row == null) {
            made.add(values);
          } else if (!row.path("res_id").asString().equals(id)) {
            odoo.order(
                MODEL, "write", Map.of("ids", List.of(row.path("id").asLong()), "vals", values));
          }
        });
    if (!made.isEmpty()) {
      odoo.order(MODEL, "create", Map.of("vals_list", made));
    }
  }

  private JsonNode search(Shape shape, List<?> condition) {
    return odoo.search(
            MODEL,
            Map.of(
                "domain",
                List.of(
                    List.of("module", "=", MODULE),
                    List.of("model", "=", shape.model()),
                    condition),
                "fields",
                List.of("name", "res_id"),
                "order",
                "id"))
        .value();
  }

  /** Names may hold no blanks; what else is unusual is written by its number. */
  private static String written(String ref) {
    StringBuilder name = new StringBuilder();
    for (char c : ref.toCharArray()) {
      boolean plain =
          c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      name.append(plain ? String.valueOf(c) : "_%04x".formatted((int) c));
    }
    if (name.length() > 200) {
      throw new Fault.BadRequest("An id of more than 200 characters cannot be kept in Odoo.");
    }
    return name.toString();
  }

  private static String read(String name) {
    StringBuilder ref = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '_' && name.substring(i).matches("(?s)_[0-9a-f]{4}.*")) {
        ref.append((char) Integer.parseInt(name.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        ref.append(name.charAt(i));
      }
    }
    return ref.toString();
  }
}
