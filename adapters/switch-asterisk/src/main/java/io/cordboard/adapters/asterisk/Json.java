package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON document as a tree, for answers and files; events are read as a stream ({@link AriEvent}).
 */
record Json(@Nullable Object value) {
  private static final int DEEPEST = 40;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /**
   * Reads a whole document.
   *
   * @throws Fault.BadRequest when it is not one
   */
  static Json read(byte[] utf8) {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      JsonToken first = in.nextToken();
      Json whole = new Json(first == null ? null : tree(in, first));
      if (in.nextToken() != null) {
        throw new Fault.BadRequest("Something follows the JSON document.");
      }
      return whole;
    } catch (JacksonException broken) {
      throw new Fault.BadRequest("This is no JSON: " + Fault.excerpt(broken.getOriginalMessage()));
    }
  }

  /** The field of an object; nothing where there is none. */
  Json at(String name) {
    return new Json(value instanceof Map<?, ?> fields ? fields.get(name) : null);
  }

  /** The elements of an array; none for anything else. */
  List<Json> items() {
    return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
  }

  @Nullable String text() {
    return value instanceof String || value instanceof Number ? value.toString() : null;
  }

  /** The text of a field, "" where there is none. */
  String text(String name) {
    String text = at(name).text();
    return text == null ? "" : text;
  }

  private static @Nullable Object tree(JsonParser in, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser in) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      fields.put(name, tree(in, in.nextToken()));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser in) {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      items.add(tree(in, token));
    }
    return items;
  }

  /** The text as a JSON string, quotes included. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** An object of texts. */
  static String object(Map<String, String> fields) {
    List<String> parts = new ArrayList<>();
    fields.forEach((name, text) -> parts.add(quote(name) + ":" + quote(text)));
    return "{" + String.join(",", parts) + "}";
  }
}
