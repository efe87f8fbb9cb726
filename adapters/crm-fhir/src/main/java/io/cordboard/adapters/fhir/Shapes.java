package io.cordboard.adapters.fhir;

import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which resources our kinds of records are, and where their fields stand. */
final class Shapes {
  private static final String V3 = "http://terminology.hl7.org/CodeSystem/v3-";
  private static final Set<String> ENDED =
      Set.of("completed", "cancelled", "failed", "rejected", "entered-in-error");
  private static final Set<Ability> READING =
      EnumSet.of(Ability.READ, Ability.CHANGES, Ability.SCAN, Ability.FIELDS);

  private Shapes() {}

  /** All of them. */
  static Map<RecordKind, Shape> of(FhirConfig config, boolean hooks) {
    Map<RecordKind, Shape> made = new TreeMap<>();
    for (Shape shape :
        List.of(
            patient(config),
            config.encounters() ? encounter(config) : communication(config),
            task(config),
            carePlan(config),
            serviceRequest(config))) {
      Set<Ability> abilities = EnumSet.copyOf(shape.abilities());
      if (hooks) {
        abilities.add(Ability.HOOKS);
      }
      made.put(
          shape.kind(),
          new Shape(
              shape.kind(), shape.type(), abilities, shape.system(), shape.fresh(), shape.voidReason(), shape.fields(),
              shape.described()));
    }
    return made;
  }

  private static Set<Ability> reading(Ability... more) {
    Set<Ability> made = EnumSet.copyOf(READING);
    made.addAll(List.of(more));
    return made;
  }

  // ---- Patient

  private static Shape patient(FhirConfig config) {
    List<Mapped> fields =
        new ArrayList<>(
            List.of(
                Mapped.of("name", "Name", DescribeFields.Type.TEXT, "name", Shapes::name, Shapes::putName),
                Mapped.text("family", "Family name", "name[0].family", null),
                Mapped.of("given", "Given names", DescribeFields.Type.TEXTS, null, Shapes::given, Shapes::putGiven),
                Telecom.mapped("phones", "Phones", Telecom.PHONE, "phone"),
                Telecom.mapped("emails", "E-mail", Telecom.EMAIL, "email"),
                Mapped.text("language", "Language", "communication[0].language.coding[0].code", "language"),
                Mapped.code("gender", "Gender", "gender", List.of("male", "female", "other", "unknown")),
                Mapped.date("birthDate", "Born", "birthDate"),
                Mapped.of("active", "Active", DescribeFields.Type.FLAG, null, Shapes::active, Shapes::putActive),
                Mapped.of("address", "Address", DescribeFields.Type.TEXT, null, Shapes::address, null),
                Mapped.of("identifiers", "Identifiers", DescribeFields.Type.TEXTS, null, Shapes::identifiers, null)));
    if (config.observations() > 0) {
      fields.add(Mapped.of(Observations.FIELD, "Last measured", DescribeFields.Type.TEXTS, null, Observations::get, null));
    }
    return new Shape(
        RecordKind.CUSTOMER,
        "Patient",
        reading(Ability.WRITE, Ability.FIND_BY_NUMBER),
        config.system(),
        resource -> resource.put("active", true),
        null,
        fields);
  }

  private static Value name(ObjectNode patient) {
    JsonNode name = patient.path("name").path(0);
    String text = name.path("text").asString("");
    if (!text.isEmpty()) {
      return Value.of(text);
    }
    List<String> given = texts(name.path("given"));
    String family = name.path("family").asString("");
    boolean eastern = family.codePoints().anyMatch(Character::isIdeographic);
    String joined = eastern ? family + String.join("", given) : String.join(" ", given) + " " + family;
    return Value.of(joined.strip());
  }

  private static void putName(ObjectNode patient, Value value) {
    Path.of("name[0].text").set(patient, Mapped.node(Mapped.text("name", value)));
  }

  private static Value given(ObjectNode patient) {
    return Value.of(texts(patient.path("name").path(0).path("given")));
  }

  private static void putGiven(ObjectNode patient, Value value) {
    if (value instanceof Value.Empty) {
      Path.of("name[0].given").set(patient, null);
      return;
    }
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    if (value instanceof Value.Many(List<String> texts)) {
      texts.forEach(names::add);
    } else {
      names.add(Mapped.text("given", value));
    }
    Path.of("name[0].given").set(patient, names);
  }

  private static Value active(ObjectNode patient) {
    JsonNode active = patient.path("active");
    return active.isBoolean() ? new Value.Flag(active.booleanValue()) : Value.EMPTY;
  }

  private static void putActive(ObjectNode patient, Value value) {
    switch (value) {
      case Value.Flag(boolean yes) -> patient.put("active", yes);
      case Value.Empty empty -> patient.remove("active");
      default -> throw Mapped.refused("active", "has to be yes or no");
    }
  }

  private static Value address(ObjectNode patient) {
    JsonNode address = patient.path("address").path(0);
    List<String> parts = new ArrayList<>(texts(address.path("line")));
    for (String part : List.of("city", "district", "state", "postalCode", "country")) {
      parts.add(address.path(part).asString(""));
    }
    parts.removeIf(String::isBlank);
    return Value.of(address.path("text").asString(String.join(", ", parts)));
  }

  private static Value identifiers(ObjectNode patient) {
    List<String> made = new ArrayList<>();
    for (JsonNode one : patient.path("identifier")) {
      made.add(one.path("system").asString("") + "|" + one.path("value").asString(""));
    }
    return Value.of(made);
  }

  private static List<String> texts(JsonNode list) {
    List<String> made = new ArrayList<>();
    list.forEach(one -> made.add(one.asString("")));
    return made;
  }

  // ---- calls

  private static Shape communication(FhirConfig config) {
    List<Mapped> fields =
        new ArrayList<>(
            List.of(
                Mapped.patient("subject"),
                Mapped.text("subject", "Topic", "topic.text", "subject"),
                Mapped.time("at", "Sent", "sent", "at"),
                Mapped.text("notes", "Note", "note[0].text", "notes"),
                Mapped.text("recording", "Recording", "payload[0].contentAttachment.url", "recording")));
    fields.addAll(ofCalls(config.system()));
    return new Shape(
        RecordKind.INTERACTION,
        "Communication",
        reading(Ability.WRITE, Ability.REMOVE),
        config.system(),
        Shapes::freshCommunication,
        Path.of("statusReason.text"),
        fields);
  }

  private static void freshCommunication(ObjectNode made) {
    made.put("status", "completed");
    coding(made.putArray("medium").addObject(), V3 + "ParticipationMode", "PHONE");
  }

  private static void coding(ObjectNode concept, String system, String code) {
    concept.putArray("coding").addObject().put("system", system).put("code", code);
  }

  private static Shape encounter(FhirConfig config) {
    List<Mapped> fields =
        new ArrayList<>(
            List.of(
                Mapped.patient("subject"),
                Mapped.text("subject", "Reason", "reasonCode[0].text", "subject"),
                Mapped.time("at", "Start", "period.start", "at"),
                Mapped.extension(config.system(), "notes", "Notes", DescribeFields.Type.TEXT),
                Mapped.extension(config.system(), "recording", "Recording", DescribeFields.Type.TEXT)));
    fields.addAll(ofCalls(config.system()));
    return new Shape(
        RecordKind.INTERACTION,
        "Encounter",
        reading(Ability.WRITE, Ability.REMOVE),
        config.system(),
        made -> made.put("status", "finished").putObject("class").put("system", V3 + "ActCode").put("code", "VR"),
        null,
        fields);
  }

  private static List<Mapped> ofCalls(String system) {
    return List.of(
        Mapped.extension(system, "direction", "Direction", DescribeFields.Type.TEXT),
        Mapped.extension(system, "number", "Number", DescribeFields.Type.TEXT),
        Mapped.extension(system, "line", "Line", DescribeFields.Type.TEXT),
        Mapped.extension(system, "agent", "Agent", DescribeFields.Type.TEXT),
        Mapped.extension(system, "outcome", "Outcome", DescribeFields.Type.TEXT),
        Mapped.extension(system, "disposition", "Disposition", DescribeFields.Type.TEXT),
        Mapped.extension(system, "seconds", "Seconds", DescribeFields.Type.NUMBER),
        Mapped.extension(system, "waitSeconds", "Seconds waited", DescribeFields.Type.NUMBER));
  }

  // ---- Task

  private static Shape task(FhirConfig config) {
    List<Mapped> fields =
        List.of(
            Mapped.patient("for"),
            Mapped.text("title", "Description", "description", "title"),
            new Mapped(
                new Field("state", "State", DescribeFields.Type.TEXT, false, false, List.of("OPEN", "DONE"), "state"),
                task -> Value.of(ENDED.contains(task.path("status").asString("")) ? "DONE" : "OPEN"),
                Shapes::putState),
            Mapped.shown("status", "Status", DescribeFields.Type.TEXT, "status", null),
            Mapped.time("due", "Due", "restriction.period.end", "due"),
            Mapped.text("owner", "Owner", "owner.display", "owner"),
            Mapped.text("notes", "Note", "note[0].text", null),
            Mapped.shown("priority", "Priority", DescribeFields.Type.TEXT, "priority", null));
    return new Shape(
        RecordKind.TASK,
        "Task",
        reading(Ability.WRITE, Ability.REMOVE),
        config.system(),
        made -> made.put("status", "requested").put("intent", "order"),
        Path.of("statusReason.text"),
        fields);
  }

  private static void putState(ObjectNode task, Value value) {
    String wished = Mapped.text("state", value);
    boolean ended = ENDED.contains(task.path("status").asString(""));
    switch (wished) {
      case "DONE" -> {
        if (!ended) {
          task.put("status", "completed");
        }
      }
      case "OPEN" -> {
        if (ended) {
          task.put("status", "requested");
        }
      }
      default -> throw Mapped.refused("state", "has to be OPEN or DONE");
    }
  }

  // ---- what is only read

  private static Shape carePlan(FhirConfig config) {
    return new Shape(
        RecordKind.TICKET,
        "CarePlan",
        READING,
        config.system(),
        made -> {},
        null,
        List.of(
            Mapped.patient("subject"),
            Mapped.shown("number", "Identifier", DescribeFields.Type.TEXT, "identifier[0].value", "number"),
            Mapped.shown("title", "Title", DescribeFields.Type.TEXT, "title", "title"),
            Mapped.shown("state", "Status", DescribeFields.Type.TEXT, "status", "state"),
            Mapped.shown("openedAt", "From", DescribeFields.Type.TIME, "period.start", "openedAt"),
            Mapped.shown("closedAt", "To", DescribeFields.Type.TIME, "period.end", "closedAt"),
            Mapped.shown("description", "Description", DescribeFields.Type.TEXT, "description", null)));
  }

  private static Shape serviceRequest(FhirConfig config) {
    return new Shape(
        RecordKind.ORDER,
        "ServiceRequest",
        READING,
        config.system(),
        made -> {},
        null,
        List.of(
            Mapped.patient("subject"),
            Mapped.shown("number", "Identifier", DescribeFields.Type.TEXT, "identifier[0].value", "number"),
            Mapped.shown("title", "What", DescribeFields.Type.TEXT, "code.text", "title"),
            Mapped.shown("state", "Status", DescribeFields.Type.TEXT, "status", "state"),
            Mapped.shown("at", "Ordered", DescribeFields.Type.TIME, "authoredOn", "at")));
  }
}
