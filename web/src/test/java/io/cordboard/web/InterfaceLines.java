package io.cordboard.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The interface as lines: one for an operation, a parameter, an answer, each field of a schema, and each bound. */
final class InterfaceLines {
  private static final List<String> BOUNDS =
      List.of(
          "maxLength", "minLength", "pattern", "maximum", "minimum", "exclusiveMaximum",
          "exclusiveMinimum", "maxItems", "minItems", "multipleOf");
  private final TreeSet<String> lines = new TreeSet<>();

  private InterfaceLines() {}

  /** Of an OpenAPI document. */
  static List<String> of(JsonNode document) {
    InterfaceLines told = new InterfaceLines();
    document
        .path("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEachEntry(
                    (method, one) ->
                        told.operation(method.toUpperCase(Locale.ROOT) + " " + path, one)));
    document.at("/components/schemas").forEachEntry(told::schema);
    return new ArrayList<>(told.lines);
  }

  private void schema(String name, JsonNode schema) {
    schema
        .path("properties")
        .forEachEntry(
            (field, type) -> {
              lines.add(name + "." + field + ": " + type(type));
              bounds(name + "." + field, type);
            });
    schema.path("required").forEach(field -> lines.add(name + "." + field.asString() + "!"));
  }

  private void operation(String name, JsonNode told) {
    lines.add(name + " needs " + told.path("x-needs"));
    told.path("parameters")
        .forEach(
            one -> {
              String parameter =
                  name + " ? " + one.path("in").asString() + " " + one.path("name").asString();
              lines.add(parameter + (one.path("required").asBoolean() ? "!" : ""));
              lines.add(parameter + ": " + type(one.path("schema")));
              bounds(parameter, one.path("schema"));
            });
    JsonNode body = told.path("requestBody");
    if (body.path("required").asBoolean()) {
      lines.add(name + " <!");
    }
    body.path("content")
        .forEachEntry((media, one) -> lines.add(name + " < " + type(one.path("schema"))));
    told.path("responses")
        .forEachEntry(
            (status, answer) ->
                lines.add(
                    name + " > " + status + " "
                        + answer.path("content").valueStream().findFirst()
                            .map(one -> type(one.path("schema"))).orElse("-")));
  }

  private void bounds(String of, JsonNode schema) {
    for (String bound : BOUNDS) {
      if (schema.has(bound)) {
        lines.add(of + " " + bound + " " + schema.get(bound).asString());
      }
    }
    if (schema.has("items")) {
      bounds(of + "[]", schema.get("items"));
    }
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").asString();
      return reference.substring(reference.lastIndexOf('/') + 1);
    }
    if (schema.has("items")) {
      return "[" + type(schema.get("items")) + "]";
    }
    if (schema.has("enum")) {
      return schema.get("enum").valueStream().map(JsonNode::asString).sorted().toList().toString();
    }
    if (schema.has("additionalProperties")) {
      return "{" + type(schema.get("additionalProperties")) + "}";
    }
    String format = schema.path("format").asString("");
    return schema.path("type").asString("any") + (format.isEmpty() ? "" : " " + format);
  }
}
