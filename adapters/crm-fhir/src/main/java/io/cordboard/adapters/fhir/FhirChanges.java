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
 * What changed, by the server's own stamps alone. A server stamps before it commits: the last seconds before its own
 * time are looked at again by the next page, and what was told from there already is kept in the cursor and left out.
 * What was deleted stands in the history only, which has a place of its own in the cursor, since it is read last.
 */
final class FhirChanges {
  private static final long OVERLAP_MICROS = 5_000_000;
  private static final int MOST_SEEN = 500;
  private static final int MOST_HISTORY = 5_000;
  private static final int HISTORY_PAGE = 200;

  private final Searches searches;
  private final boolean deletions;

  FhirChanges(Searches searches, boolean deletions) {
    this.searches = searches;
    this.deletions = deletions;
  }

  /**
   * A place among stamps.
   *
   * @param from stamps from here on are asked for, microseconds
   * @param seen the versions that were told from there on, with their stamps
   */
  private record Place(long from, Map<String, Long> seen) {
    static Place read(JsonNode json) {
      if (!json.path("from").isIntegralNumber() || !json.path("seen").isObject()) {
        throw new Fault.BadRequest("This is no cursor of a FHIR server: begin anew, and compare everything.");
      }
      Map<String, Long> seen = new HashMap<>();
      json.path("seen").properties().forEach(one -> seen.put(one.getKey(), one.getValue().asLong(0)));
      return new Place(json.path("from").asLong(0), seen);
    }

    void write(ObjectNode to) {
      to.put("from", from);
      ObjectNode all = to.putObject("seen");
      seen.forEach(all::put);
    }

    List<CrmRecord> news(List<CrmRecord> records) {
      return records.stream()
          .filter(record -> !seen.containsKey(key(record)))
          .sorted(Comparator.comparingLong(CrmRecord::changedAt))
          .toList();
    }

    /**
     * After these were told.
     *
     * @param at when the server looked; 0 where it does not tell
     * @param all there is nothing more up to then
     */
    Place after(List<CrmRecord> told, long at, boolean all) {
      Map<String, Long> kept = new HashMap<>(seen);
      long last = from;
      for (CrmRecord record : told) {
        kept.put(key(record), record.changedAt());
        last = Math.max(last, record.changedAt());
      }
      long settled = at - OVERLAP_MICROS;
      long next = at == 0 ? last - OVERLAP_MICROS : all ? settled : Math.min(last, settled);
      if (kept.size() > MOST_SEEN) {
        next = Math.max(next, kept.values().stream().sorted(Comparator.reverseOrder()).toList().get(MOST_SEEN - 1));
      }
      long start = Math.max(from, next);
      kept.values().removeIf(stamp -> stamp < start);
      return new Place(start, kept);
    }

    private static String key(CrmRecord record) {
      return record.id() + "/" + (record.version().isEmpty() ? record.changedAt() : record.version());
    }
  }

  /** Where a page ended: among what is there, and among what was deleted. */
  private record Cursor(Place there, Place gone) {
    static Cursor read(String words) {
      ObjectNode json = FhirJson.read(words.getBytes(StandardCharsets.UTF_8));
      JsonNode read = json == null ? FhirJson.object() : json;
      return new Cursor(Place.read(read.path("there")), Place.read(read.path("gone")));
    }

    String words() {
      ObjectNode json = FhirJson.object();
      there.write(json.putObject("there"));
      gone.write(json.putObject("gone"));
      return new String(FhirJson.bytes(json), StandardCharsets.UTF_8);
    }
  }

  /**
   * What the history tells of.
   *
   * @param at when the server looked; 0 where it does not tell
   * @param tooLong there are more versions than are read
   */
  private record History(List<CrmRecord> gone, long at, boolean tooLong) {}

  ReadChanges.Page page(Shape shape, @Nullable String cursor, int most, Deadline until) {
    if (cursor == null) {
      return new ReadChanges.Page(List.of(), now(shape, until).words(), false, false);
    }
    Cursor from = Cursor.read(cursor);
    Searches.Found found = since(shape, from.there(), most, until);
    List<CrmRecord> news = from.there().news(found.resources().stream().map(shape::record).toList());
    List<CrmRecord> told = new ArrayList<>(news.subList(0, Math.min(most, news.size())));
    boolean all = news.size() <= told.size() && found.next() == null;
    Place there = from.there().after(told, found.at(), all);
    if (!deletions || !all || told.size() == most) {
      boolean more = all ? deletions && told.size() == most : !told.isEmpty();
      return new ReadChanges.Page(told, new Cursor(there, from.gone()).words(), more, false);
    }
    History history = history(shape, from.gone().from(), until);
    if (history.tooLong()) {
      return new ReadChanges.Page(List.of(), now(shape, until).words(), false, true);
    }
    List<CrmRecord> gone = from.gone().news(history.gone());
    List<CrmRecord> toldGone = gone.subList(0, Math.min(most - told.size(), gone.size()));
    boolean allGone = gone.size() == toldGone.size();
    Place after = from.gone().after(toldGone, history.at(), allGone);
    told.addAll(toldGone);
    return new ReadChanges.Page(told, new Cursor(there, after).words(), !allGone, false);
  }

  private Searches.Found since(Shape shape, Place place, int most, Deadline until) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("_lastUpdated", "ge" + instant(place.from()));
    query.put("_sort", "_lastUpdated");
    return searches.search(shape.type(), query, place.seen().size() + most + 1, until);
  }

  /** The last stamp that the server gave; what comes from now on is later, but for what it has not committed yet. */
  private Cursor now(Shape shape, Deadline until) {
    Searches.Found last = searches.search(shape.type(), Map.of("_sort", "-_lastUpdated"), 1, until);
    long at = last.resources().isEmpty() ? 0 : shape.record(last.resources().getFirst()).changedAt();
    Place place = new Place(Math.max(0, at - OVERLAP_MICROS), Map.of());
    return new Cursor(place, place);
  }

  private History history(Shape shape, long from, Deadline until) {
    List<CrmRecord> gone = new ArrayList<>();
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
          gone.add(deleted(shape, entry, newer));
        }
      }
      if (read > MOST_HISTORY) {
        return new History(List.of(), at, true);
      }
      path = searches.next(bundle);
    }
    gone.removeIf(record -> !Shape.isId(record.id()));
    return new History(gone, at, false);
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
