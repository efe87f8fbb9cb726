package io.cordboard.store.sync;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Value;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** Fields of a record as JSON, always in the same order. */
public final class FieldsText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private FieldsText() {}

  public static String of(SortedMap<String, Value> fields) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      fields.forEach(
          (name, value) -> {
            if (!(value instanceof Value.Hidden)) {
              json.writeName(name);
              write(json, value);
            }
          });
      json.writeEndObject();
    }
    return text.toString();
  }

  /** One value. */
  public static String of(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Value value) {
    switch (value) {
      case Value.Text one -> json.writeString(one.text().replace('\0', '·'));
      case Value.Number one -> json.writeNumber(one.number());
      case Value.Flag one -> json.writeBoolean(one.yes());
      case Value.Many many -> {
        json.writeStartArray();
        many.texts().forEach(one -> json.writeString(one.replace('\0', '·')));
        json.writeEndArray();
      }
      case Value.Empty _, Value.Hidden _ -> json.writeNull();
    }
  }

  public static SortedMap<String, Value> read(String text) {
    SortedMap<String, Value> fields = new TreeMap<>();
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        fields.put(name, value(json, json.nextToken()));
      }
      return fields;
    } catch (JacksonException e) {
      throw new Fault.Bug("What was agreed on cannot be read.", e);
    }
  }

  private static Value value(JsonParser json, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> new Value.Text(json.getString());
      case VALUE_TRUE -> new Value.Flag(true);
      case VALUE_FALSE -> new Value.Flag(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.Number(new BigDecimal(json.getString()));
      case START_ARRAY -> many(json);
      default -> Value.EMPTY;
    };
  }

  private static Value many(JsonParser json) {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getString());
    }
    return new Value.Many(texts);
  }
}
