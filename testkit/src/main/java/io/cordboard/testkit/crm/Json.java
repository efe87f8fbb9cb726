package io.cordboard.testkit.crm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, {@link BigDecimal}, truth values and {@link #NULL}: lean, since a fake must be fast. */
final class Json {
  /** Where JSON says null. */
  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private static final String HEX = "0123456789abcdef";

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** What stands in a text. */
  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    if (json.at != text.length()) {
      throw json.wrong();
    }
    return value;
  }

  /** An object; what is missing or something else is an empty one. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }

  /** A list; what is missing or something else is an empty one. */
  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value) {
    return value instanceof List ? (List<Object>) value : List.of();
  }

  /** A text; what is missing or something else is an empty one. */
  static String text(@Nullable Object value) {
    return value instanceof String words ? words : "";
  }

  private Object value() {
    space();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> made = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return made;
    }
    do {
      space();
      String name = string();
      space();
      take(':');
      made.put(name, value());
      space();
    } while (another('}'));
    return made;
  }

  private List<Object> list() {
    List<Object> made = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return made;
    }
    do {
      made.add(value());
      space();
    } while (another(']'));
    return made;
  }

  private boolean another(char end) {
    char next = peek();
    if (next != ',' && next != end) {
      throw wrong();
    }
    at++;
    return next == ',';
  }

  private String string() {
    take('"');
    int start = at;
    while (peek() != '"' && peek() != '\\') {
      at++;
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    StringBuilder made = new StringBuilder(text.substring(start, at));
    while (peek() != '"') {
      char next = text.charAt(at++);
      made.append(next == '\\' ? escaped() : next);
    }
    at++;
    return made.toString();
  }

  private char escaped() {
    char next = peek();
    at++;
    return switch (next) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw wrong();
        }
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> next;
    };
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong();
    }
    at += word.length();
    return value;
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (start == at) {
      throw wrong();
    }
    return new BigDecimal(text.substring(start, at));
  }

  private void space() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at);
  }

  private void take(char wished) {
    if (peek() != wished) {
      throw wrong();
    }
    at++;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("No JSON from character " + at + " on.");
  }

  /** Writes a value of those that {@link #parse} gives; whole numbers may also be of Java's own kinds. */
  static StringBuilder write(StringBuilder to, Object value) {
    return switch (value) {
      case Map<?, ?> map -> writeMap(to, map);
      case List<?> list -> writeList(to, list);
      case BigDecimal number -> to.append(number.toPlainString());
      case Number number -> to.append(number);
      case Boolean flag -> to.append(flag.booleanValue());
      case Object none when none.equals(NULL) -> to.append("null");
      default -> quote(to, value.toString());
    };
  }

  private static StringBuilder writeMap(StringBuilder to, Map<?, ?> map) {
    to.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        to.append(',');
      }
      first = false;
      quote(to, entry.getKey().toString()).append(':');
      write(to, entry.getValue());
    }
    return to.append('}');
  }

  private static StringBuilder writeList(StringBuilder to, List<?> list) {
    to.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        to.append(',');
      }
      write(to, list.get(i));
    }
    return to.append(']');
  }

  static StringBuilder quote(StringBuilder to, String words) {
    to.append('"');
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < ' ') {
        to.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        to.append(c);
      }
    }
    return to.append('"');
  }
}
