package io.cordboard.adapters.fhir;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Resources as trees. */
final class FhirJson {
  private static final int DEEPEST = 100;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private FhirJson() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object that stands in these bytes; null where none does. */
  static @Nullable ObjectNode read(byte[] utf8) {
    try {
      return MAPPER.readTree(utf8) instanceof ObjectNode object ? object : null;
    } catch (JacksonException nonsense) {
      return null;
    }
  }

  static byte[] bytes(JsonNode json) {
    return MAPPER.writeValueAsBytes(json);
  }
}
