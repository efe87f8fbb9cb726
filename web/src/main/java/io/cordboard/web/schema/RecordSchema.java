package io.cordboard.web.schema;

import io.cordboard.kernel.Fault;
import io.cordboard.web.json.TypeNames;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema (draft 2020-12) of records, by reflection: sealed types become {@code oneOf} with a
 * constant {@code type}, {@link Nullable} components may be null, ids are UUIDs in text.
 *
 * <p>What we tell always has all its properties; what we hear may leave out those that may be null.
 */
final class RecordSchema {
  private final JsonMapper mapper;
  private final ObjectNode roots;
  private final ObjectNode definitions;
  private final Map<String, Class<?>> named = new HashMap<>();
  private boolean nullableRequired = true;

  RecordSchema(JsonMapper mapper) {
    this.mapper = mapper;
    this.roots = mapper.createObjectNode();
    this.definitions = mapper.createObjectNode();
  }

  /** Adds a message that the server sends. */
  RecordSchema told(String property, Class<?> root) {
    return add(property, root, true);
  }

  /** Adds a message that the server receives. */
  RecordSchema heard(String property, Class<?> root) {
    return add(property, root, false);
  }

  private RecordSchema add(String property, Class<?> root, boolean allRequired) {
    nullableRequired = allRequired;
    roots.set(property, reference(root));
    return this;
  }

  /** The document; its properties are the roots that were added. */
  ObjectNode document(String title) {
    ObjectNode document = mapper.createObjectNode();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("title", title);
    document.put("type", "object");
    document.set("properties", roots);
    roots.propertyNames().forEach(document.withArray("required")::add);
    document.put("additionalProperties", false);
    document.set("$defs", definitions);
    return document;
  }

  private ObjectNode reference(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> known = named.putIfAbsent(name, type);
    if (known == null) {
      definitions.set(name, mapper.createObjectNode());
      definitions.set(name, define(type));
    } else if (known != type) {
      throw new Fault.Bug(
          "%s and %s have the same simple name: rename one, the desk's types need both."
              .formatted(known.getName(), type.getName()),
          null);
    }
    return mapper.createObjectNode().put("$ref", "#/$defs/" + name);
  }

  private ObjectNode define(Class<?> type) {
    if (type.isSealed()) {
      return oneOf(type);
    }
    if (type.isEnum()) {
      return constants(type);
    }
    if (type.isRecord()) {
      return object(type);
    }
    throw new Fault.Bug(type.getName() + " cannot be told to the desk: make it a record.", null);
  }

  private ObjectNode oneOf(Class<?> type) {
    ObjectNode schema = mapper.createObjectNode();
    ArrayNode members = schema.withArray("oneOf");
    Arrays.stream(type.getPermittedSubclasses()).map(this::reference).forEach(members::add);
    return schema;
  }

  private ObjectNode constants(Class<?> type) {
    ObjectNode schema = mapper.createObjectNode().put("type", "string");
    ArrayNode values = schema.withArray("enum");
    Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).forEach(values::add);
    return schema;
  }

  private ObjectNode object(Class<?> type) {
    ObjectNode schema = mapper.createObjectNode().put("type", "object");
    ObjectNode properties = schema.withObject("properties");
    ArrayNode required = schema.withArray("required");
    schema.put("additionalProperties", false);
    if (Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed)) {
      properties.withObject("type").put("const", TypeNames.of(type));
      required.add("type");
    }
    for (RecordComponent component : type.getRecordComponents()) {
      boolean nullable = isNullable(component.getAnnotatedType());
      ObjectNode value = value(component.getGenericType());
      properties.set(component.getName(), nullable ? orNull(value) : value);
      if (!nullable || nullableRequired) {
        required.add(component.getName());
      }
    }
    return schema;
  }

  private ObjectNode value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return container(generic);
    }
    Class<?> raw = (Class<?>) type;
    ObjectNode simple = simple(raw);
    return simple != null ? simple : reference(raw);
  }

  private ObjectNode container(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    ObjectNode schema = mapper.createObjectNode();
    if (Collection.class.isAssignableFrom(raw)) {
      schema.put("type", "array").set("items", value(arguments[0]));
    } else if (Map.class.isAssignableFrom(raw)) {
      schema.put("type", "object").set("additionalProperties", value(arguments[1]));
    } else {
      throw new Fault.Bug(type + " cannot be told to the desk: use a List or a Map.", null);
    }
    return schema;
  }

  private @Nullable ObjectNode simple(Class<?> type) {
    if (type == String.class) {
      return text(null);
    }
    if (type == Instant.class) {
      return text("date-time");
    }
    if (type == LocalDate.class) {
      return text("date");
    }
    if (isId(type)) {
      return text("uuid");
    }
    if (type == boolean.class || type == Boolean.class) {
      return mapper.createObjectNode().put("type", "boolean");
    }
    return number(type);
  }

  private @Nullable ObjectNode number(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return mapper.createObjectNode().put("type", "integer");
    }
    if (type == double.class || type == Double.class) {
      return mapper.createObjectNode().put("type", "number");
    }
    return null;
  }

  private ObjectNode text(@Nullable String format) {
    ObjectNode schema = mapper.createObjectNode().put("type", "string");
    if (format != null) {
      schema.put("format", format);
    }
    return schema;
  }

  /** A record around nothing but a UUID is written as that UUID. */
  private static boolean isId(Class<?> type) {
    return type == UUID.class
        || type.isRecord()
            && type.getRecordComponents().length == 1
            && type.getRecordComponents()[0].getType() == UUID.class;
  }

  private ObjectNode orNull(ObjectNode schema) {
    if (schema.has("$ref")) {
      ObjectNode either = mapper.createObjectNode();
      either.withArray("anyOf").add(schema).add(mapper.createObjectNode().put("type", "null"));
      return either;
    }
    String type = schema.get("type").asString();
    schema.remove("type");
    schema.withArray("type").add(type).add("null");
    return schema;
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
