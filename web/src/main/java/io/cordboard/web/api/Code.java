package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Short words that come in: one of a list, a code, an id. */
public final class Code {
  private Code() {}

  /** One of the constants, written in any case with - for _. */
  public static <E extends Enum<E>> E of(String name, Class<E> type, @Nullable String text) {
    String asked = text == null ? "" : text.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new Fault.BadRequest(
                    "'%s' is '%s'; it must be one of %s."
                        .formatted(
                            name,
                            Fault.excerpt(text == null ? "" : text),
                            Arrays.toString(type.getEnumConstants()))));
  }

  /** Small letters, digits and dashes. */
  public static String short40(String name, @Nullable String text) {
    String code = Input.text(name, text, 40);
    if (!code.matches("[a-z0-9-]+")) {
      throw new Fault.BadRequest(
          "'%s' is '%s'; it must be small letters, digits and dashes."
              .formatted(name, Fault.excerpt(code)));
    }
    return code;
  }

  public static UUID id(String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException noId) {
      // told below
    }
    throw new Fault.BadRequest(
        "'%s' is no id: it must be a UUID of 36 characters.".formatted(Fault.excerpt(text)));
  }
}
