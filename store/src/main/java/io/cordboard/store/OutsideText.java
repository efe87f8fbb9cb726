package io.cordboard.store;

import org.jspecify.annotations.Nullable;

/** Text that came from outside. */
final class OutsideText {
  private static final int LONGEST = 500;

  private OutsideText() {}

  /** As the database can take it: no NUL, no novel. */
  static @Nullable String clean(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String known = text.indexOf('\0') < 0 ? text : text.replace('\0', '·');
    return known.length() <= LONGEST ? known : known.substring(0, LONGEST);
  }
}
