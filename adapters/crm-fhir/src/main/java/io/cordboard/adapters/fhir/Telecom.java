package io.cordboard.adapters.fhir;

import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The numbers and addresses of a patient. */
final class Telecom {
  static final Set<String> PHONE = Set.of("phone", "sms");
  static final Set<String> EMAIL = Set.of("email");

  private Telecom() {}

  static Mapped mapped(String name, String label, Set<String> systems, String made) {
    return Mapped.of(
        name,
        label,
        DescribeFields.Type.TEXTS,
        name,
        patient -> Value.of(values(patient, systems)),
        (patient, value) -> put(patient, name, systems, made, value));
  }

  /** Those that are still used, in their order. */
  static List<String> values(JsonNode patient, Set<String> systems) {
    List<String> made = new ArrayList<>();
    for (JsonNode one : patient.path("telecom")) {
      if (isLive(one, systems) && !one.path("value").asString("").isBlank()) {
        made.add(one.path("value").asString(""));
      }
    }
    return made;
  }

  private static boolean isLive(JsonNode one, Set<String> systems) {
    return systems.contains(one.path("system").asString("")) && !"old".equals(one.path("use").asString(""));
  }

  /** Those that stay keep what else is known of them. */
  private static void put(ObjectNode patient, String name, Set<String> systems, String made, Value value) {
    List<String> wished =
        switch (value) {
          case Value.Many(List<String> texts) -> texts;
          case Value.Text(String text) -> List.of(text);
          case Value.Empty empty -> List.of();
          default -> throw Mapped.refused(name, "takes texts");
        };
    List<JsonNode> before = new ArrayList<>();
    patient.path("telecom").forEach(before::add);
    ArrayNode after = patient.putArray("telecom");
    before.stream().filter(one -> !isLive(one, systems)).forEach(after::add);
    for (String one : wished) {
      before.stream()
          .filter(known -> isLive(known, systems) && one.equals(known.path("value").asString("")))
          .findFirst()
          .ifPresentOrElse(after::add, () -> after.addObject().put("system", made).put("value", one));
    }
    if (after.isEmpty()) {
      patient.remove("telecom");
    }
  }
}
