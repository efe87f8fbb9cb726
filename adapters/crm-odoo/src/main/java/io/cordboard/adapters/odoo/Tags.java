package io.cordboard.adapters.odoo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Tags of partners, by their names; those that are not there yet are made. */
final class Tags {
  private static final String MODEL = "res.partner.category";

  private final JsonTwo odoo;
  private final Map<String, Long> ids = new ConcurrentHashMap<>();

  Tags(JsonTwo odoo) {
    this.odoo = odoo;
  }

  void make(List<String> names) {
    Set<String> wanted = new LinkedHashSet<>(names);
    wanted.remove("");
    if (wanted.isEmpty()) {
      return;
    }
    // asked each time: a tag can be renamed or removed there at any time
    Map<String, Long> there = new HashMap<>();
    odoo.search(
            MODEL,
            Map.of(
                "domain",
                List.of(List.of("name", "in", wanted)),
                "fields",
                List.of("name"),
                "order",
                "id desc",
                "context",
                Shape.context()))
        .value()
        .forEach(tag -> there.put(Rows.text(tag.path("name")), tag.path("id").asLong()));
    List<String> missing = wanted.stream().filter(name -> !there.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      JsonNode made =
          odoo.order(
              MODEL,
              "create",
              Map.of(
                  "vals_list",
                  missing.stream().map(name -> Map.of("name", name)).toList(),
                  "context",
                  Shape.context()));
      for (int i = 0; i < missing.size(); i++) {
        there.put(missing.get(i), made.path(i).asLong());
      }
    }
    ids.putAll(there);
  }

  /** As they are imported. Their names were given to {@link #make}, or were read from Odoo. */
  String cell(List<String> names) {
    List<String> unknown = new ArrayList<>(names);
    unknown.removeAll(ids.keySet());
    make(unknown);
    return names.stream()
        .flatMap(name -> Stream.ofNullable(ids.get(name)))
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }
}
