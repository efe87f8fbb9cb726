package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The interface as others have built upon it: {@code interface.txt}. What stands there stays; what is
 * new is written there with the change that brings it.
 */
class InterfaceTest {
  private static final String FILE = "interface.txt";
  private static TestServer server;
  private static List<String> today;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    today = lines(server.anybody().get("/api/openapi.json").json());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nothingThatIsReliedUponIsTakenAway() throws IOException {
    assertThat(today)
        .as("a line that is gone breaks somebody's program; add beside it instead")
        .containsAll(told());
  }

  @Test
  void whatIsNewIsWrittenDown() throws IOException {
    String out = System.getProperty("cordboard.interface.out");
    if (out != null) {
      Files.write(Path.of(out), today);
    }
    assertThat(told())
        .as(
            "write it anew and read the difference: -Dcordboard.interface.out="
                + "src/test/resources/io/cordboard/web/" + FILE)
        .containsAll(today);
  }

  private static List<String> told() throws IOException {
    try (InputStream in = InterfaceTest.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** One line for an operation, a parameter, an answer, and each field of a schema. */
  private static List<String> lines(JsonNode document) {
    TreeSet<String> lines = new TreeSet<>();
    document
        .get("paths")
        .forEachEntry(
            (path, methods) ->
                methods.forEachEntry(
                    (method, told) ->
                        operation(method.toUpperCase(Locale.ROOT) + " " + path, told, lines)));
    document
        .at("/components/schemas")
        .forEachEntry(
            (name, schema) ->
                schema
                    .path("properties")
                    .forEachEntry(
                        (field, type) -> lines.add(name + "." + field + ": " + type(type))));
    document
        .at("/components/schemas")
        .forEachEntry(
            (name, schema) ->
                schema.path("required").forEach(field -> lines.add(name + "." + field.asString() + "!")));
    return new ArrayList<>(lines);
  }

  private static void operation(String name, JsonNode told, TreeSet<String> lines) {
    lines.add(name + " needs " + told.path("x-needs"));
    told.path("parameters")
        .forEach(
            one ->
                lines.add(
                    name + " ? " + one.path("in").asString() + " " + one.path("name").asString()
                        + (one.path("required").asBoolean() ? "!" : "")));
    told.at("/requestBody/content")
        .forEachEntry((media, body) -> lines.add(name + " < " + type(body.path("schema"))));
    told.path("responses")
        .forEachEntry(
            (status, answer) ->
                lines.add(
                    name + " > " + status + " "
                        + answer.path("content").valueStream().findFirst()
                            .map(body -> type(body.path("schema"))).orElse("-")));
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
