package io.cordboard.core.setup;

import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the file while it is read. What is wrong is noted with its place, and reading goes on,
 * so that everything is told at once. Values are texts, lists and mappings.
 */
final class Form {
  private static final int MAX_TEXT = 2000;

  private final String path;
  private final Map<?, ?> values;
  private final List<Wrong> wrong;
  private final Set<String> asked = new LinkedHashSet<>();

  private Form(String path, Map<?, ?> values, List<Wrong> wrong) {
    this.path = path;
    this.values = values;
    this.wrong = wrong;
  }

  /** The mapping at this place; an empty one, noted, where something else stands. */
  static Form of(String path, @Nullable Object value, List<Wrong> wrong) {
    if (value instanceof Map<?, ?> map) {
      return new Form(path, map, wrong);
    }
    wrong.add(new Wrong(path, "Here belong keys with values, such as 'label: Care'."));
    return new Form(path, Map.of(), wrong);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "/" + key;
  }

  /** The place of this mapping. */
  String at() {
    return path;
  }

  /** How much is wrong so far. */
  int faults() {
    return wrong.size();
  }

  boolean has(String key) {
    asked.add(key);
    return values.get(key) != null;
  }

  void wrong(String key, String detail) {
    wrong.add(new Wrong(key.isEmpty() ? path : path(key), detail));
  }

  /** The text; null, noted, where it is missing. */
  @Nullable String needed(String key) {
    if (!has(key)) {
      wrong("", "'%s' is missing.".formatted(key));
      return null;
    }
    return text(key);
  }

  /** Whether a text stands there, and neither a list nor a mapping. */
  boolean isText(String key) {
    return has(key) && values.get(key) instanceof String;
  }

  /** The text; null where nothing is told. */
  @Nullable String text(String key) {
    return has(key) ? text(path(key), values.get(key)) : null;
  }

  private @Nullable String text(String at, @Nullable Object value) {
    if (!(value instanceof String text) || text.isBlank()) {
      wrong.add(new Wrong(at, "Here belongs a text."));
      return null;
    }
    if (text.length() > MAX_TEXT) {
      wrong.add(new Wrong(at, "The text has %d characters; %d are allowed.".formatted(text.length(), MAX_TEXT)));
      return null;
    }
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      wrong.add(new Wrong(at, "The text has a control character in it: type it again."));
      return null;
    }
    return text.strip();
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> {
        wrong(key, "'%s' is neither true nor false.".formatted(Fault.excerpt(text)));
        yield otherwise;
      }
    };
  }

  int number(String key, int otherwise, int low, int high) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (low <= value && value <= high) {
        return value;
      }
    } catch (NumberFormatException noNumber) {
      // told below
    }
    wrong(
        key,
        "'%s' cannot be: write a whole number from %d to %d."
            .formatted(Fault.excerpt(text), low, high));
    return otherwise;
  }

  /** The texts; a single text stands for a list of one. */
  List<String> texts(String key) {
    List<String> found = new ArrayList<>();
    if (!has(key)) {
      return found;
    }
    if (values.get(key) instanceof String) {
      String one = text(key);
      return one == null ? found : List.of(one);
    }
    List<?> items = list(key);
    for (int i = 0; i < items.size(); i++) {
      String text = text(path(key) + "/" + i, items.get(i));
      if (text != null) {
        if (found.contains(text)) {
          wrong.add(new Wrong(path(key) + "/" + i, "'%s' stands here twice: take one away.".formatted(Fault.excerpt(text))));
        } else {
          found.add(text);
        }
      }
    }
    return found;
  }

  /** The mappings of a list. */
  List<Form> forms(String key) {
    List<Form> forms = new ArrayList<>();
    if (has(key)) {
      List<?> items = list(key);
      for (int i = 0; i < items.size(); i++) {
        forms.add(of(path(key) + "/" + i, items.get(i), wrong));
      }
    }
    return forms;
  }

  @Nullable Form form(String key) {
    return has(key) ? of(path(key), values.get(key), wrong) : null;
  }

  private List<?> list(String key) {
    if (values.get(key) instanceof List<?> list) {
      return list;
    }
    wrong(key, "Here belongs a list: each entry on a line of its own, after '- '.");
    return List.of();
  }

  /** One of the constants, in any writing of letters and - or _. */
  <E extends Enum<E>> @Nullable E one(String key, Class<E> type) {
    String text = text(key);
    return text == null ? null : one(path(key), text, type);
  }

  <E extends Enum<E>> Set<E> some(String key, Class<E> type) {
    Set<E> found = new LinkedHashSet<>();
    List<String> texts = texts(key);
    for (int i = 0; i < texts.size(); i++) {
      E one = one(path(key) + "/" + i, texts.get(i), type);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  private <E extends Enum<E>> @Nullable E one(String at, String text, Class<E> type) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Form::written).toList();
    wrong.add(
        new Wrong(
            at,
            "'%s' is none of %s%s"
                .formatted(Fault.excerpt(text), String.join(", ", known), meant(text, known))));
    return null;
  }

  /** A constant as the file writes it. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is made of a text; null, noted, where it cannot be made. */
  <T> @Nullable T made(String key, @Nullable String text, Function<String, T> make) {
    if (text == null) {
      return null;
    }
    try {
      return make.apply(text);
    } catch (Fault.BadRequest bad) {
      wrong(key, bad.getMessage());
      return null;
    }
  }

  /** Notes the keys that nobody asked for. */
  void done() {
    for (Object key : values.keySet()) {
      String name = String.valueOf(key);
      if (!asked.contains(name)) {
        wrong(name, unknown(name));
      }
    }
  }

  private String unknown(String name) {
    if (name.toLowerCase(Locale.ROOT).contains("password")) {
      return "No password stands in this file: a new user gets one for once when the file is applied. Take the line away.";
    }
    return "'%s' is no key that belongs here; known are %s%s"
        .formatted(Fault.excerpt(name), String.join(", ", asked), meant(name, asked));
  }

  /** A question whether the nearest of them was meant, where one is near. */
  static String meant(String name, Collection<String> known) {
    String nearest = "";
    int least = Math.min(3, name.length() / 2 + 1);
    for (String other : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = other;
      }
    }
    return nearest.isEmpty() ? "." : ". Did you mean '%s'?".formatted(nearest);
  }

  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= Math.min(a.length(), 60); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(Math.min(now[j - 1], before[j]) + 1, before[j - 1] + change);
      }
      before = now;
    }
    return before[b.length()];
  }
}
