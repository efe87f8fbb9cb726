package io.cordboard.core.setup;

import io.cordboard.core.setup.Setup.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one set-up changes in another. */
public final class SetupDiff {
  private SetupDiff() {}

  /** What becomes of an entry. */
  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED
  }

  /**
   * An entry that is not as it was.
   *
   * @param name as the file names it
   */
  public record Change(Section section, String name, Kind kind, List<Field> fields) {}

  /**
   * A part of the entry.
   *
   * @param gone what no longer stands there, for people to read
   * @param come what stands there from now on
   */
  public record Field(String name, List<String> gone, List<String> come) {}

  /** The changes, in the order of the file. The order of dispositions, fields and
   * templates is that of an agent's lists. */
  public static List<Change> of(Setup before, Setup after) {
    List<Change> changes = new ArrayList<>();
    for (Section section : Section.values()) {
      Map<String, Map<String, Object>> was = SetupForm.entries(before, section);
      Map<String, Map<String, Object>> is = SetupForm.entries(after, section);
      is.forEach((name, form) -> add(changes, section, name, was.get(name), form));
      was.forEach((name, form) -> {
        if (!is.containsKey(name)) {
          add(changes, section, name, form, null);
        }
      });
    }
    order(changes, Section.DISPOSITIONS, before.dispositions(), after.dispositions());
    order(changes, Section.FIELDS, before.fields(), after.fields());
    order(changes, Section.TEMPLATES, before.templates(), after.templates());
    return List.copyOf(changes);
  }

  private static void order(
      List<Change> changes, Section section, Map<String, ?> before, Map<String, ?> after) {
    List<String> was = both(before, after);
    List<String> is = both(after, before);
    if (!was.equals(is)) {
      changes.add(
          new Change(
              section, "*", Kind.CHANGED,
              List.of(
                  new Field(
                      "order", List.of(String.join(", ", was)), List.of(String.join(", ", is))))));
    }
  }

  private static List<String> both(Map<String, ?> one, Map<String, ?> other) {
    return one.keySet().stream().filter(other::containsKey).toList();
  }

  private static void add(
      List<Change> changes, Section section, String name, @Nullable Map<String, Object> was,
      @Nullable Map<String, Object> is) {
    if (was == null && is != null) {
      changes.add(new Change(section, name, Kind.ADDED, fields(Map.of(), is)));
    } else if (was != null && is == null) {
      changes.add(new Change(section, name, Kind.REMOVED, List.of()));
    } else if (was != null && is != null && !was.equals(is)) {
      changes.add(new Change(section, name, Kind.CHANGED, fields(was, is)));
    }
  }

  private static List<Field> fields(Map<String, Object> was, Map<String, Object> is) {
    Set<String> keys = new LinkedHashSet<>(is.keySet());
    keys.addAll(was.keySet());
    List<Field> fields = new ArrayList<>();
    for (String key : keys) {
      List<String> gone = texts(was.get(key));
      List<String> come = texts(is.get(key));
      if (!gone.equals(come)) {
        fields.add(field(key, gone, come));
      }
    }
    return fields;
  }

  /** Of a list only what differs; all of it when only the order does. */
  private static Field field(String key, List<String> gone, List<String> come) {
    List<String> less = gone.stream().filter(text -> !come.contains(text)).toList();
    List<String> more = come.stream().filter(text -> !gone.contains(text)).toList();
    return less.isEmpty() && more.isEmpty()
        ? new Field(key, List.of(String.join(", ", gone)), List.of(String.join(", ", come)))
        : new Field(key, less, more);
  }

  private static List<String> texts(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(SetupDiff::text).toList();
      default -> List.of(text(value));
    };
  }

  private static String text(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
            .collect(Collectors.joining(", "))
        : String.valueOf(value);
  }
}
