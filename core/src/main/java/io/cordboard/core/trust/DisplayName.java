package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.text.Normalizer;

/**
 * A name for people to read, of any script, at most {@value #MAX} characters. Nothing invisible
 * that could turn the text around it: no control characters, no direction overrides.
 */
public record DisplayName(String value) {
  static final int MAX = 60;

  public DisplayName {
    value = Normalizer.normalize(value.strip(), Normalizer.Form.NFC);
    int length = value.codePointCount(0, value.length());
    if (length == 0 || length > MAX) {
      throw new Fault.BadRequest(
          "A name has 1 to %d characters; '%s' has %d."
              .formatted(MAX, Fault.excerpt(value), length));
    }
    if (!value.codePoints().allMatch(DisplayName::shown)) {
      throw new Fault.BadRequest(
          "'%s' has a control or direction character in it: type the name again."
              .formatted(Fault.excerpt(value)));
    }
  }

  private static boolean shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // the joiners are part of how Persian names and some emoji are written
      case Character.FORMAT -> c == 0x200C || c == 0x200D;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return value;
  }
}
