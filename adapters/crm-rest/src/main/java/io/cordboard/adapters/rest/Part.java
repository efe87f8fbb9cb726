package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a configuration file while it is read: knows where it stands, collects what is wrong, and notices keys
 * that nobody asked for. What is wrong is replaced by something harmless, so that all mistakes are found at once.
 */
final class Part {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})\\s*(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*(kB|MB)");

  private final String path;
  private final Map<String, Object> values;
  private final Set<String> asked = new HashSet<>();
  private final List<Mistake> mistakes;

  private Part(String path, Map<String, Object> values, List<Mistake> mistakes) {
    this.path = path;
    this.values = values;
    this.mistakes = mistakes;
  }

  static Part root(Map<String, Object> tree, List<Mistake> mistakes) {
    return new Part("", tree, mistakes);
  }

  String path() {
    return path;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Remembers a mistake in one key. */
  void mistake(String key, String words) {
    mistakes.add(new Mistake(path(key), words));
  }

  /** Remembers a mistake in the whole part. */
  void mistake(String words) {
    mistakes.add(new Mistake(path, words));
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  /** What stands there, whatever it is. */
  @Nullable Object raw(String key) {
    asked.add(key);
    return values.get(key);
  }

  /** The part below a key; empty where there is none. */
  Part at(String key) {
    return part(path(key), raw(key), has(key));
  }

  /** The part below a key that has to be there. */
  Part mustAt(String key) {
    if (!has(key)) {
      mistake(key, "This is missing.");
    }
    return at(key);
  }

  /** The parts of a list. */
  List<Part> parts(String key) {
    List<Part> parts = new ArrayList<>();
    List<?> several = several(key);
    for (int i = 0; i < several.size(); i++) {
      parts.add(part(path(key) + "[" + i + "]", several.get(i), true));
    }
    return parts;
  }

  /** A list of anything. */
  List<?> several(String key) {
    Object value = raw(key);
    if (value == null || value instanceof List) {
      return value == null ? List.of() : (List<?>) value;
    }
    mistake(key, "Here stands a list.");
    return List.of();
  }

  /** A list of texts; a single one counts as a list of one. */
  List<String> texts(String key) {
    Object value = raw(key);
    List<String> texts = new ArrayList<>();
    for (Object each : Texts.list(value)) {
      String text = Texts.of(each);
      if (text == null) {
        mistake(key, "Here stands a list of texts.");
      } else {
        texts.add(text);
      }
    }
    return texts;
  }

  @Nullable String text(String key) {
    Object value = raw(key);
    String text = Texts.of(value);
    if (value != null && text == null) {
      mistake(key, "Here stands a text.");
    }
    return text;
  }

  String mustText(String key) {
    String text = text(key);
    if (text == null || text.isBlank()) {
      mistake(key, "This is missing: a text.");
      return "";
    }
    return text;
  }

  String text(String key, String otherwise) {
    String text = text(key);
    return text == null ? otherwise : text;
  }

  /** One of several words. */
  String word(String key, String otherwise, String... words) {
    String text = text(key, otherwise);
    if (!List.of(words).contains(text)) {
      mistake(key, "'%s' is not known here: use one of %s.".formatted(text, String.join(", ", words)));
      return otherwise;
    }
    return text;
  }

  int number(String key, int otherwise, int low, int high) {
    Object value = raw(key);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Integer number) || number < low || number > high) {
      mistake(key, "Here stands a whole number from %d to %d.".formatted(low, high));
      return otherwise;
    }
    return number;
  }

  boolean flag(String key, boolean otherwise) {
    Object value = raw(key);
    if (value != null && !(value instanceof Boolean)) {
      mistake(key, "Here stands true or false.");
    }
    return value instanceof Boolean flag ? flag : otherwise;
  }

  Duration duration(String key, Duration otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    Duration read = duration(text);
    if (read == null) {
      mistake(key, "Here stands a duration such as 500ms, 8s, 10m, 2h or 1d.");
      return otherwise;
    }
    return read;
  }

  /** Null where it is none. */
  static @Nullable Duration duration(String text) {
    Matcher read = DURATION.matcher(text.strip());
    if (!read.matches()) {
      return null;
    }
    long number = Long.parseLong(read.group(1));
    return switch (read.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  int bytes(String key, int otherwise) {
    String text = text(key);
    Matcher read = SIZE.matcher(text == null ? "" : text.strip());
    if (text != null && !read.matches()) {
      mistake(key, "Here stands a size such as 500kB or 2MB.");
    }
    if (text == null || !read.matches()) {
      return otherwise;
    }
    long bytes = Long.parseLong(read.group(1)) * ("MB".equals(read.group(2)) ? 1 << 20 : 1 << 10);
    return (int) Math.min(bytes, 256L << 20);
  }

  /** Remembers every key that nobody asked for. */
  void close() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        mistake(key, "'%s' is not known here: %s.".formatted(key, asked.isEmpty()
            ? "nothing stands here"
            : "what may stand here is " + String.join(", ", asked.stream().sorted().toList())));
      }
    }
  }

  private Part part(String where, @Nullable Object value, boolean there) {
    if (value == null || value instanceof Map) {
      Map<String, Object> read = new LinkedHashMap<>();
      if (value != null) {
        ((Map<?, ?>) value).forEach((key, each) -> read.put(String.valueOf(key), each));
      } else if (there) {
        mistakes.add(new Mistake(where, "Nothing stands here."));
      }
      return new Part(where, read, mistakes);
    }
    mistakes.add(new Mistake(where, "Here stand keys with values."));
    return new Part(where, Map.of(), mistakes);
  }
}
