package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadChanges.Page;
import io.cordboard.spi.crm.RecordKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What changed, second by second. Odoo tells the time of a change in seconds, and stamps it when
 * the change begins: it becomes visible later, after changes with later stamps. So the end of what
 * was read is never taken for the end of what there is: the last seconds are read again, and what
 * was told of them already is left out.
 */
final class Changes {
  private static final Pattern CURSOR =
      Pattern.compile("o1\\.(-?\\d{1,12})\\.(\\d{1,18})\\.([0-9a-z]{1,40})");
  private static final int REMEMBERED = 8;

  private final Shapes shapes;
  private final RecordKind kind;
  private final Reader reader;
  private final Duration overlap;
  private final String run;
  private final AtomicLong pages = new AtomicLong();
  private final Map<String, Map<String, Told>> told =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Told>> eldest) {
          return size() > REMEMBERED;
        }
      };

  Changes(RecordKind kind, Shapes shapes, Reader reader, Duration overlap, Clock clock) {
    this.kind = kind;
    this.shapes = shapes;
    this.reader = reader;
    this.overlap = overlap;
    this.run = Long.toString(clock.micros(), 36) + "x";
  }

  /** Where a page begins: at a second, and there behind an id; 0 for the whole of it. */
  private record Place(long second, long id) {}

  /** Rows, where the next page begins, and whether it has any. */
  private record Found(List<JsonNode> rows, Place next, boolean more) {}

  /** What was told of a record, and the second of that change. */
  private record Told(String version, long second) {}

  Page page(@Nullable String cursor, int most) {
    Shape shape = shapes.of(kind);
    if (cursor == null) {
      return first(shape, most);
    }
    Map<String, Told> before = told(cursor);
    Found found = find(shape, place(cursor), most);
    List<CrmRecord> read = reader.records(shape, found.rows());
    List<CrmRecord> fresh = read.stream().filter(record -> !isTold(record, before)).toList();
    return new Page(fresh, cursor(found.next(), before, read), found.more(), false);
  }

  // what changed before is not told, and what began before and is not visible yet is
  private Page first(Shape shape, int most) {
    Instant now = reader.rowsWithTime(shape, List.of(List.of("id", "=", 0)), "id", 1).at();
    Place place = new Place(now.minus(overlap).getEpochSecond(), 0);
    Found found = find(shape, place, most);
    Map<String, Told> known = Map.of();
    String cursor = cursor(found.next(), known, reader.records(shape, found.rows()));
    while (found.more()) {
      known = told(cursor);
      found = find(shape, found.next(), most);
      cursor = cursor(found.next(), known, reader.records(shape, found.rows()));
    }
    return new Page(List.of(), cursor, false, false);
  }

  private static boolean isTold(CrmRecord record, Map<String, Told> before) {
    Told told = before.get(record.id());
    return told != null && told.version().equals(record.version());
  }

  private Found find(Shape shape, Place from, int most) {
    List<JsonNode> rows = new ArrayList<>();
    long second = from.second();
    if (from.id() > 0) {
      rows.addAll(within(shape, from, most));
      if (rows.size() >= most) {
        return new Found(rows, new Place(second, lastId(rows)), true);
      }
      second++;
    }
    int room = most - rows.size();
    JsonTwo.Said said =
        reader.rowsWithTime(
            shape, List.of(List.of("write_date", ">=", at(second))), "write_date, id", room);
    List<JsonNode> later = Reader.list(said.value());
    if (later.size() < room) {
      rows.addAll(later);
      return new Found(rows, new Place(said.at().minus(overlap).getEpochSecond(), 0), false);
    }
    // within its last second the order is not by id: that second is left for the next page
    long last = Rows.changedAt(later.getLast()).getEpochSecond();
    later.stream().filter(row -> Rows.changedAt(row).getEpochSecond() < last).forEach(rows::add);
    if (!rows.isEmpty()) {
      return new Found(rows, new Place(last, 0), true);
    }
    List<JsonNode> one = within(shape, new Place(last, 0), most);
    return new Found(one, new Place(last, lastId(one)), true);
  }

  private List<JsonNode> within(Shape shape, Place place, int most) {
    return reader.rows(
        shape,
        List.of(
            List.of("write_date", ">=", at(place.second())),
            List.of("write_date", "<", at(place.second() + 1)),
            List.of("id", ">", place.id())),
        "id",
        most);
  }

  private static long lastId(List<JsonNode> rows) {
    return rows.isEmpty() ? Long.MAX_VALUE : rows.getLast().path("id").asLong();
  }

  private static String at(long second) {
    return Rows.theirs(Instant.ofEpochSecond(second));
  }

  private Place place(String cursor) {
    Matcher matcher = CURSOR.matcher(cursor);
    if (!matcher.matches()) {
      throw new Fault.BadRequest(
          "'%s' is no cursor of Odoo's changes.".formatted(Fault.excerpt(cursor)));
    }
    return new Place(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  private Map<String, Told> told(String cursor) {
    synchronized (told) {
      return told.getOrDefault(cursor, Map.of());
    }
  }

  // only who comes with this very cursor was told these
  private String cursor(Place place, Map<String, Told> before, List<CrmRecord> read) {
    Map<String, Told> now = new HashMap<>(before);
    read.forEach(
        record -> now.put(record.id(), new Told(record.version(), record.changedAt() / 1_000_000)));
    // a page in the middle is nearer than what the next look begins with again
    long oldest = place.second() - overlap.toSeconds();
    now.values().removeIf(old -> old.second() < oldest);
    String cursor =
        "o1.%d.%d.%s%d".formatted(place.second(), place.id(), run, pages.incrementAndGet());
    synchronized (told) {
      told.put(cursor, Map.copyOf(now));
    }
    return cursor;
  }
}
