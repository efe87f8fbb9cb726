package io.cordboard.adapters.fhir;

import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a kind of records stands in resources of one type.
 *
 * @param type of the resources
 * @param abilities what can be done with them
 * @param system of the identifier that carries our id
 * @param fresh puts into a new resource what it cannot be without
 */
record Shape(
    RecordKind kind,
    String type,
    Set<Ability> abilities,
    String system,
    Consumer<ObjectNode> fresh,
    @Nullable Path voidReason,
    Map<String, Mapped> fields,
    List<Field> described) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final String VOID = "entered-in-error";

  Shape(
      RecordKind kind, String type, Set<Ability> abilities, String system, Consumer<ObjectNode> fresh,
      @Nullable Path voidReason, List<Mapped> fields) {
    this(
        kind,
        type,
        abilities,
        system + ":ref",
        fresh,
        voidReason,
        fields.stream().collect(Collectors.toUnmodifiableMap(Mapped::name, Function.identity())),
        fields.stream().map(Mapped::field).toList());
  }

  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** A new resource that carries our id. */
  ObjectNode made(String ref) {
    ObjectNode made = FhirJson.object().put("resourceType", type);
    carry(made, ref);
    fresh.accept(made);
    return made;
  }

  /** Our id is in the resource from now on. */
  void carry(ObjectNode resource, String ref) {
    ArrayNode all = resource.path("identifier") instanceof ArrayNode there ? there : resource.putArray("identifier");
    if (!ref.equals(ref(resource))) {
      all.removeIf(one -> system.equals(one.path("system").asString("")));
      all.addObject().put("system", system).put("value", ref);
    }
  }

  private @Nullable String ref(JsonNode resource) {
    for (JsonNode one : resource.path("identifier")) {
      if (system.equals(one.path("system").asString("")) && one.path("value").isString()) {
        return one.path("value").asString("");
      }
    }
    return null;
  }

  /** Puts what shall stand in these fields; all else stays. */
  void apply(ObjectNode resource, SortedMap<String, Value> values) {
    values.forEach(
        (name, value) -> {
          Mapped mapped = fields.get(name);
          if (mapped == null) {
            throw Mapped.refused(name, "is not known for resources of type " + type);
          }
          if (mapped.put() == null) {
            throw Mapped.refused(name, "can only be read");
          }
          if (!(value instanceof Value.Hidden)) {
            mapped.put().accept(resource, value);
          }
        });
  }

  /** It was a mistake that it was ever there: how that is said of clinical data. */
  void makeVoid(ObjectNode resource, String why) {
    resource.put("status", VOID);
    if (voidReason != null) {
      voidReason.set(resource, JsonNodeFactory.instance.stringNode(why));
    }
  }

  boolean isVoid(JsonNode resource) {
    return VOID.equals(resource.path("status").asString(""));
  }

  /** The record that a resource is. */
  CrmRecord record(ObjectNode resource) {
    String id = resource.path("id").asString("");
    String version = version(resource);
    long at = micros(resource.path("meta").path("lastUpdated").asString(""));
    if (isVoid(resource)) {
      return CrmRecord.deleted(kind, id, version, at);
    }
    SortedMap<String, Value> values = new TreeMap<>();
    fields.forEach((name, mapped) -> values.put(name, mapped.get().apply(resource)));
    String into = replacedBy(resource);
    State state = into == null ? State.LIVE : State.MERGED;
    return new CrmRecord(kind, id, version, at, state, into, ref(resource), values);
  }

  private static @Nullable String replacedBy(ObjectNode resource) {
    for (JsonNode link : resource.path("link")) {
      String other = link.path("other").path("reference").asString("");
      if ("replaced-by".equals(link.path("type").asString("")) && other.contains("Patient/")) {
        return other.substring(other.lastIndexOf("Patient/") + "Patient/".length()).split("/", -1)[0];
      }
    }
    return null;
  }

  static String version(JsonNode resource) {
    return resource.path("meta").path("versionId").asString("");
  }

  /** A moment as FHIR writes it; 0 where there is none. */
  static long micros(String written) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException none) {
      return 0;
    }
  }
}
