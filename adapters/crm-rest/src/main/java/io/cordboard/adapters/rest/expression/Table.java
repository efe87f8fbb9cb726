package io.cordboard.adapters.rest.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of their values stands for which of ours.
 *
 * @param theirs by our value
 * @param otherwise theirs for a value of ours that is not listed; null where that is a mistake
 * @param ours by their value as text, for reading
 */
public record Table(Map<String, Object> theirs, @Nullable Object otherwise, Map<String, String> ours) {
  /** The key under which a file says what stands for everything else. */
  public static final String OTHERWISE = "otherwise";

  /** From what stands in a file: the first of ours that has a value of theirs is the one it is read as. */
  public static Table of(Map<String, Object> rows) {
    Map<String, Object> theirs = new LinkedHashMap<>(rows);
    Object otherwise = theirs.remove(OTHERWISE);
    Map<String, String> ours = new LinkedHashMap<>();
    theirs.forEach((key, value) -> {
      String text = Texts.of(value);
      if (text != null) {
        ours.putIfAbsent(text, key);
      }
    });
    return new Table(theirs, otherwise, ours);
  }
}
