package io.cordboard.adapters.fhir;

import io.cordboard.spi.crm.Value;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What stands in extensions of a resource. */
final class Extensions {
  private Extensions() {}

  static Value get(ObjectNode resource, String url) {
    for (JsonNode one : resource.path("extension")) {
      if (url.equals(one.path("url").asString(""))) {
        JsonNode number = one.has("valueDecimal") ? one.path("valueDecimal") : one.path("valueInteger");
        return number.isNumber() ? new Value.Number(number.decimalValue()) : Value.of(one.path("valueString").asString(""));
      }
    }
    return Value.EMPTY;
  }

  static void put(ObjectNode resource, String url, Value value) {
    ArrayNode all = resource.path("extension") instanceof ArrayNode there ? there : resource.putArray("extension");
    all.removeIf(one -> url.equals(one.path("url").asString("")));
    switch (value) {
      case Value.Text(String text) -> all.addObject().put("url", url).put("valueString", text);
      case Value.Number(BigDecimal number) -> all.addObject().put("url", url).put("valueDecimal", number);
      default -> {
        // nothing stands there any more
      }
    }
    if (all.isEmpty()) {
      resource.remove("extension");
    }
  }
}
