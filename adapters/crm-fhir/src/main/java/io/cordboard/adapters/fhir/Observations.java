package io.cordboard.adapters.fhir;

import io.cordboard.spi.crm.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was measured last of a patient, in a clinic or by a wearable, as lines that a person can read. */
final class Observations {
  /** The field of a patient in which they are told. */
  static final String FIELD = "observations";

  private Observations() {}

  /** Puts the newest into a patient that was read, where {@link #get} finds them. */
  static void put(Searches searches, ObjectNode patient, int most, Deadline until) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("subject", "Patient/" + patient.path("id").asString(""));
    query.put("_sort", "-date");
    var lines = patient.putArray(FIELD);
    searches.search("Observation", query, most, until).resources().forEach(one -> lines.add(line(one)));
  }

  static Value get(ObjectNode patient) {
    List<String> lines = new ArrayList<>();
    patient.path(FIELD).forEach(line -> lines.add(line.asString("")));
    return Value.of(lines);
  }

  static String line(JsonNode observation) {
    JsonNode code = observation.path("code");
    String what = code.path("text").asString(code.path("coding").path(0).path("display").asString("?"));
    String when = observation.path("effectiveDateTime").asString(observation.path("issued").asString(""));
    List<String> parts = new ArrayList<>();
    parts.add(value(observation));
    observation.path("component").forEach(part -> parts.add(value(part)));
    parts.removeIf(String::isBlank);
    return "%s: %s (%s)".formatted(what, String.join(" / ", parts), when);
  }

  private static String value(JsonNode of) {
    JsonNode quantity = of.path("valueQuantity");
    if (quantity.isObject()) {
      String unit = quantity.path("unit").asString(quantity.path("code").asString(""));
      return (quantity.path("value").asString("") + " " + unit).strip();
    }
    JsonNode concept = of.path("valueCodeableConcept");
    return concept.isObject()
        ? concept.path("text").asString(concept.path("coding").path(0).path("display").asString(""))
        : of.path("valueString").asString(of.path("valueInteger").asString(""));
  }
}
