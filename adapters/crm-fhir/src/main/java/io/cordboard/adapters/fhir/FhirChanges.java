package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadChanges;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changed, by the server's own stamps alone. Each page looks a little further back than the one before ended, since
 * a server stamps before it commits; what was told from there already is kept in the cursor and left out.
 */
final class FhirChanges {
  private static final long OVERLAP_MICROS = 5_000_000;
  private static final int MOST_SEEN = 500;
  private static final int MOST_HISTORY = 5_000;
  private static final int HISTORY_PAGE = 200;
  private static final long TOO_LONG = -2;

  private final Searches searches;
  private final boolean deletions;

  FhirChanges(Searches searches, boolean deletions) {
    this.searches = searches;
    this.deletions = deletions;
  }

  /**
   * Where a page ended.
   *
   * @param from stamps from here on are asked for, microseconds
   * @param at the last stamp that was told
   * @param seen the versions that were told, with their stamps
   */
  private record Cursor(long from, long at, Map<String, Long> seen) {
    static Cursor read(String words) {
      ObjectNode json = FhirJson.read(words.getBytes(StandardCharsets.UTF_8));
      if (json == null || !json.path("from").isIntegralNumber() || !json.path("seen").isObject()) {
        throw new Fault.BadRequest("This is no cursor of a FHIR server: begin anew, and compare everything.");
      }
      Map<String, Long> seen = new HashMap<>();
      json.path("seen").properties().forEach(one -> seen.put(one.getKey(), one.getValue().asLong(0)));
      return new Cursor(json.path("from").asLong(0), json.path("at").asLong(0), seen);
    }

    String words() {
      ObjectNode json = FhirJson.object().put("from", from).put("at", at);
      ObjectNode all = json.putObject("seen");
      seen.forEach(all::put);
      return new String(FhirJson.bytes(json), StandardCharsets.UTF_8);
    }

    /**
     * After these were told.
     *
     * @param all all that there was up to this time of the server; 0 where there may be more
     */
    Cursor after(List<CrmRecord> told, long all) {
      Map<String, Long> kept = new HashMap<>(seen);
      long last = at;
      for (CrmRecord record : told) {
        kept.put(key(record), record.changedAt());
        last = Math.max(last, record.changedAt());
      }
      long start = Math.max(from, Math.max(last, all) - OVERLAP_MICROS);
      if (kept.size() > MOST_SEEN) {
        List<Long> newest = kept.values().stream().sorted(Comparator.reverseOrder()).toList();
        start = Math.max(start, newest.get(MOST_SEEN - 1));
      }
      long from = start;
      kept.values().removeIf(stamp -> stamp < from);
      return new Cursor(from, last, kept);
    }
  }

  private static String key(CrmRecord record) {
    return record.id() + "/" + (record.version().isEmpty() ? record.changedAt() : record.version());
  }

  ReadChanges.Page page(Shape shape, @Nullable String cursor, int most, Deadline until) {
    if (cursor == null) {
      return new ReadChanges.Page(List.of(), now(shape, until).words(), false, false);
    }
    Cursor from = Cursor.read(cursor);
    // the history first: what is searched for after it is not older than what the history ended with
    List<CrmRecord> all = new ArrayList<>();
    long historyAt = deletions ? deleted(shape, from.from(), all, until) : Long.MAX_VALUE;
    if (historyAt == TOO_LONG) {
      return new ReadChanges.Page(List.of(), now(shape, until).words(), false, true);
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("_lastUpdated", "ge" + instant(from.from()));
    query.put("_sort", "_lastUpdated");
    int wished = from.seen().size() + most + 1;
    Searches.Found found = searches.search(shape.type(), query, wished, until);
    found.resources().forEach(resource -> all.add(shape.record(resource)));
    all.removeIf(record -> from.seen().containsKey(key(record)));
    all.sort(Comparator.comparingLong(CrmRecord::changedAt));
    List<CrmRecord> told = List.copyOf(all.subList(0, Math.min(most, all.size())));
    boolean unread = found.next() != null;
    boolean more = all.size() > told.size() || (unread && !told.isEmpty());
    long upTo = more || unread ? 0 : Math.min(historyAt, found.at());
    return new ReadChanges.Page(told, from.after(told, upTo).words(), more, false);
  }

  /** The last stamp that the server gave; what comes from now on is later, but for what it has not committed yet. */
  private Cursor now(Shape shape, Deadline until) {
    Searches.Found last = searches.search(shape.type(), Map.of("_sort", "-_lastUpdated"), 1, until);
    long at = last.resources().isEmpty() ? 0 : shape.record(last.resources().getFirst()).changedAt();
    return new Cursor(Math.max(0, at - OVERLAP_MICROS), at, Map.of());
  }

  /** Adds what was deleted since; when the server looked, 0 where it does not tell, or {@link #TOO_LONG}. */
  private long deleted(Shape shape, long from, List<CrmRecord> made, Deadline until) {
    String path = shape.type() + "/_history?_since=" + Searches.encoded(instant(from)) + "&_count=" + HISTORY_PAGE;
    int read = 0;
    long at = -1;
    long newer = from;
    while (path != null) {
      ObjectNode bundle = history(path, until);
      if (at < 0) {
        at = Searches.at(bundle);
        newer = Math.max(from, at);
      }
      for (JsonNode entry : bundle.path("entry")) {
        read++;
        newer = stamp(entry, newer);
        if ("DELETE".equals(entry.path("request").path("method").asString(""))) {
          made.add(deleted(shape, entry, newer));
        }
      }
      if (read > MOST_HISTORY) {
        return TOO_LONG;
      }
      path = searches.next(bundle);
    }
    made.removeIf(record -> !Shape.isId(record.id()));
    return at;
  }

  private ObjectNode history(String path, Deadline until) {
    try {
      return searches.bundle(path, until);
    } catch (Fault.Refused none) {
      throw new Fault.Refused(
          none.getMessage() + " Where it keeps no history by type, say 'deletions: none' in the configuration.");
    }
  }

  // newest first; where a server does not tell when something was deleted, it was before what came next
  private static long stamp(JsonNode entry, long newer) {
    String told = entry.path("resource").path("meta").path("lastUpdated").asString("");
    long at = Shape.micros(told.isEmpty() ? entry.path("response").path("lastModified").asString("") : told);
    return at == 0 ? newer : at;
  }

  private static CrmRecord deleted(Shape shape, JsonNode entry, long at) {
    String[] url = entry.path("request").path("url").asString("").split("/", -1);
    String id = "";
    String version = entry.path("response").path("etag").asString("").replaceAll("[W/\"]", "");
    for (int i = 0; i + 1 < url.length; i++) {
      if (url[i].equals(shape.type())) {
        id = url[i + 1];
      } else if (url[i].equals("_history") && version.isEmpty()) {
        version = url[i + 1];
      }
    }
    return CrmRecord.deleted(shape.kind(), id, version, at);
  }

  private static String instant(long micros) {
    return Clock.instant(micros).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
