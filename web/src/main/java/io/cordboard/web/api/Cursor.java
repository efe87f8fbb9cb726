package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins; an answer gives it, nobody makes it up. */
public final class Cursor {
  private Cursor() {}

  /** A cursor that is a number; the first page begins at 0. */
  public static long number(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException noCursor) {
      throw new Fault.BadRequest("'cursor' is none that a list of ours gave.");
    }
  }

  /** A cursor of several parts, none of which has a line break in it. */
  public static String of(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(text.isEmpty() ? "" : "\n").append(part.toString().replace('\n', ' '));
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the parts; null for the first page. */
  public static <T> @Nullable T read(@Nullable String cursor, int parts, Reader<T> reader) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> list = List.of(text.split("\n", -1));
      if (list.size() == parts) {
        return reader.read(list);
      }
    } catch (IllegalArgumentException | Fault.BadRequest noCursor) {
      // told below
    }
    throw new Fault.BadRequest("'cursor' is none that a list of ours gave.");
  }

  /** Makes a position of parts. */
  public interface Reader<T> {
    T read(List<String> parts);
  }
}
