package io.cordboard.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that work, by operation: {@code examples.json}. In the tree form that springdoc writes. */
final class Examples {
  private static final String FILE = "examples.json";

  private Examples() {}

  static Map<String, JsonNode> read() {
    try (InputStream in = Examples.class.getResourceAsStream(FILE)) {
      Map<String, JsonNode> examples = new LinkedHashMap<>();
      new ObjectMapper().readTree(in).properties().forEach(e -> examples.put(e.getKey(), e.getValue()));
      return examples;
    } catch (IOException e) {
      throw new Fault.Bug("The examples of requests cannot be read: " + FILE, e);
    }
  }
}
