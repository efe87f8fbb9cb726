package io.cordboard.adapters.rest.expression;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a formula sees.
 *
 * @param root what a plain name is looked up in
 * @param names what is seen as {@code $name} wherever the formula stands
 */
public record Scope(@Nullable Object root, Map<String, Object> names) {
  /** Where plain names are the names themselves. */
  public static Scope of(Map<String, Object> names) {
    return new Scope(names, names);
  }

  /** The same names, seen from a row or another part of an answer. */
  public Scope at(@Nullable Object row) {
    return new Scope(row, names);
  }

  /** With one name more; plain names are the names themselves. */
  public Scope with(String name, Object value) {
    Map<String, Object> more = new HashMap<>(names);
    more.put(name, value);
    return of(more);
  }
}
