package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which fields the records of a fake CRM have, and what may stand in them: at first those that they have with us. It may
 * drift while it runs, as the people who keep a CRM make it drift. Thread-safe.
 */
public final class CrmSchema {
  private final Map<RecordKind, Map<String, Set<String>>> fields = new ConcurrentHashMap<>();
  private final Map<String, Integer> longest = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  CrmSchema() {
    for (RecordKind kind : RecordKind.values()) {
      Map<String, Set<String>> known = new LinkedHashMap<>();
      OurFields.of(kind).forEach(field -> known.put(field.name(), Set.copyOf(field.options())));
      fields.put(kind, known);
    }
  }

  /** A write that the CRM says no to. */
  static final class No extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final String code;
    final String field;

    No(String code, String field, String words) {
      super(words, null, false, false);
      this.code = code;
      this.field = field;
    }
  }

  /** Names of the fields. */
  public List<String> names(RecordKind kind) {
    return List.copyOf(known(kind).keySet());
  }

  /** A field more. */
  public void add(RecordKind kind, String field, String... options) {
    change(kind, known -> known.put(field, Set.of(options)));
  }

  /** The field is no more: a write of it is refused, and records no longer show it. */
  public void remove(RecordKind kind, String field) {
    change(kind, known -> known.remove(field));
  }

  /** The field has another name from now on; what stands in it stands there. */
  public void rename(RecordKind kind, String from, String to) {
    remove(kind, from);
    add(kind, to);
  }

  /** Only these may stand in it. */
  public void options(RecordKind kind, String field, String... options) {
    add(kind, field, options);
  }

  /** Writes of the field are refused from now on, or no longer. */
  public void refuse(RecordKind kind, String field, boolean on) {
    if (on) {
      refused.add(kind + "." + field);
    } else {
      refused.remove(kind + "." + field);
    }
  }

  /** No more than so many characters may stand in it. */
  public void longest(RecordKind kind, String field, int characters) {
    longest.put(kind + "." + field, characters);
  }

  /** What may stand in a field; empty where anything may. */
  public List<String> optionsOf(RecordKind kind, String field) {
    return known(kind).getOrDefault(field, Set.of()).stream().sorted().toList();
  }

  boolean shows(RecordKind kind, String field) {
    return known(kind).containsKey(field);
  }

  void mustTake(RecordKind kind, Map<String, Value> written) {
    Map<String, Set<String>> known = known(kind);
    written.forEach((name, value) -> mustTake(kind, known, name, value));
  }

  private void mustTake(RecordKind kind, Map<String, Set<String>> known, String name, Value value) {
    Set<String> options = known.get(name);
    String key = kind + "." + name;
    if (options == null) {
      throw new No("unknown_field", name, "There is no field '" + name + "'.");
    }
    if (refused.contains(key)) {
      throw new No("read_only", name, "The field '" + name + "' may not be written.");
    }
    if (value instanceof Value.Text(String text)) {
      if (!options.isEmpty() && !options.contains(text)) {
        throw new No("invalid_value", name, "This may not stand in the field '" + name + "'.");
      }
      if (text.length() > longest.getOrDefault(key, Integer.MAX_VALUE)) {
        throw new No("too_long", name, "This is too long for the field '" + name + "'.");
      }
    }
  }

  private Map<String, Set<String>> known(RecordKind kind) {
    return fields.getOrDefault(kind, Map.of());
  }

  private void change(RecordKind kind, Consumer<Map<String, Set<String>>> by) {
    Map<String, Set<String>> copy = new TreeMap<>(known(kind));
    by.accept(copy);
    fields.put(kind, copy);
  }
}
