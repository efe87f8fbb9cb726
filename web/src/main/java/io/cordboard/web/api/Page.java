package io.cordboard.web.api;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is read as a whole. Who names no limit gets all of it, as programs did before
 * these lists had pages.
 *
 * @param next where the next one begins; null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {
  private static final int MOST = 200;

  /** The last item that was read, and how many there were with it. */
  private record Position(int read, String id) {}

  /**
   * The page after the cursor. An item that was added or taken away meanwhile moves none of the others out
   * of sight.
   *
   * @param id of an item, its own for good
   */
  static <T> Page<T> of(
      List<T> all, @Nullable String cursor, @Nullable Integer limit, Function<T, String> id) {
    Position after =
        Cursor.read(cursor, 2, parts -> new Position(number(parts.get(0)), parts.get(1)));
    int from = after == null ? 0 : Math.min(begin(all, after, id), all.size());
    int most = limit == null ? all.size() - from : Input.between("limit", limit, 1, MOST);
    int to = Math.min(all.size(), from + most);
    return new Page<>(
        all.subList(from, to),
        to == all.size() ? null : Cursor.of(to, id.apply(all.get(to - 1))));
  }

  private static <T> int begin(List<T> all, Position after, Function<T, String> id) {
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(after.id())) {
        return i + 1;
      }
    }
    // it was taken away: what came behind it stands in its place
    return after.read() - 1;
  }

  private static int number(String text) {
    int read = Integer.parseInt(text);
    if (read < 1) {
      throw new Fault.BadRequest("A page ends behind its first item.");
    }
    return read;
  }
}
