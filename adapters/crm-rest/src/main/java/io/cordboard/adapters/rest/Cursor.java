package io.cordboard.adapters.rest;

import io.cordboard.kernel.Fault;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a feed.
 *
 * @param from the time from which on records are asked for, microseconds; in a feed by tokens unused
 * @param newest the newest time seen so far in a round that is not sorted
 * @param token theirs; empty for the beginning
 * @param looksBack whether a new round begins, which looks back a while
 * @param page the place within records of one time; empty for the first
 * @param same sum over the page before, by which a page that repeats is noticed
 * @param seen records that were told and lie so near that they come again
 */
record Cursor(
    long from, long newest, String token, boolean looksBack, String page, String same, Set<String> seen) {
  private static final int MOST_SEEN = 1_000;

  Cursor {
    seen = new LinkedHashSet<>(seen);
  }

  /** To begin with. */
  static Cursor at(long from, String token) {
    return new Cursor(from, from, token, true, "", "", Set.of());
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("t", from);
    tree.put("n", newest);
    tree.put("k", token);
    tree.put("b", looksBack);
    tree.put("p", page);
    tree.put("h", same);
    List<String> kept = List.copyOf(seen);
    tree.put("s", kept.subList(Math.max(0, kept.size() - MOST_SEEN), kept.size()));
    return tree;
  }

  static Cursor of(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map && map.get("t") instanceof Number from && map.get("n") instanceof Number newest
        && map.get("k") instanceof String token && map.get("b") instanceof Boolean back
        && map.get("p") instanceof String page && map.get("h") instanceof String same && map.get("s") instanceof List<?> seen) {
      Set<String> known = new LinkedHashSet<>();
      seen.forEach(each -> known.add(String.valueOf(each)));
      return new Cursor(from.longValue(), newest.longValue(), token, back, page, same, known);
    }
    throw new Fault.BadRequest("This is no place in a list of changes that we gave.");
  }
}
