package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins; an answer gives it, nobody makes it up. */
final class Cursor {
  private Cursor() {}

  /** A cursor that is a number; the first page begins at 0. */
  static long number(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException noCursor) {
      throw new Fault.BadRequest("'cursor' is none that a list of ours gave.");
    }
  }
}
