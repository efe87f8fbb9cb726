package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds of what comes in. */
public final class Input {
  private Input() {}

  /**
   * The text without blanks around it; refused when it is empty, too long or has control
   * characters.
   */
  public static String text(String name, @Nullable String value, int max) {
    String text = optional(name, value, max);
    if (text == null) {
      throw new Fault.BadRequest("'%s' is missing.".formatted(name));
    }
    return text;
  }

  /** The same where nothing is allowed; blank is nothing. */
  public static @Nullable String optional(String name, @Nullable String value, int max) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = value.strip();
    if (text.length() > max) {
      throw new Fault.BadRequest(
          "'%s' has %d characters; %d are allowed.".formatted(name, text.length(), max));
    }
    if (text.codePoints().anyMatch(Input::isUnwanted)) {
      throw new Fault.BadRequest("'%s' has a control character in it.".formatted(name));
    }
    return text;
  }

  private static boolean isUnwanted(int point) {
    return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
  }

  /** The list, when no entry of it is empty. */
  static <T> List<T> whole(String name, List<T> list) {
    if (list.stream().anyMatch(entry -> entry == null)) {
      throw new Fault.BadRequest("'%s' has an empty entry.".formatted(name));
    }
    return list;
  }

  /** A number within bounds. */
  public static int between(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new Fault.BadRequest(
          "'%s' is %d; it must be between %d and %d.".formatted(name, value, low, high));
    }
    return value;
  }
}
