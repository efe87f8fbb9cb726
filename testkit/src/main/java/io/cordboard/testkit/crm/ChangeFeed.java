package io.cordboard.testkit.crm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which records changed in which order; tells each one once, at the place of its last change. Not thread-safe. */
final class ChangeFeed {
  private final Map<Long, Long> last = new HashMap<>();
  private List<Long> keys = new ArrayList<>();
  private long start;

  /** A page; where the next one begins. */
  record Page(List<Long> keys, long next) {}

  void add(long key) {
    last.put(key, end());
    keys.add(key);
  }

  long start() {
    return start;
  }

  long end() {
    return start + keys.size();
  }

  Page page(long from, int most) {
    List<Long> found = new ArrayList<>();
    long at = from;
    while (at < end() && found.size() < most) {
      Long key = keys.get((int) (at - start));
      if (Long.valueOf(at).equals(last.get(key))) {
        found.add(key);
      }
      at++;
    }
    return new Page(found, at);
  }

  void remember(int changes) {
    int dropped = Math.max(0, keys.size() - changes);
    keys = new ArrayList<>(keys.subList(dropped, keys.size()));
    start += dropped;
  }

  static String cursor(long place) {
    return "f" + place;
  }

  /** The place of a cursor; one that cannot be read is of no place. */
  static long place(String cursor) {
    return cursor.matches("f\\d{1,18}") ? Long.parseLong(cursor.substring(1)) : -1;
  }
}
