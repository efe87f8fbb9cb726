package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.PagePlan.Position;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.adapters.rest.expression.Times;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one feed page by page. A sorted feed is asked anew from the time of the last record on, so that a record that
 * moves while we read is not passed over; only among records of one time do we leaf on. Each round looks back a while,
 * for records that became visible late, and leaves out what it told already.
 */
final class Feed {
  private static final int MOST_AT_START = 200;
  private static final int MOST_BACK = 10;
  // how far their clock may be behind ours
  private static final long CLOCKS = 15 * 60 * 1_000_000L;

  private final String system;
  private final Sender sender;
  private final Clock clock;

  /** A page. */
  record Page(List<CrmRecord> records, Cursor cursor, boolean more, boolean gap) {}

  Feed(String system, Sender sender, Clock clock) {
    this.system = system;
    this.sender = sender;
    this.clock = clock;
  }

  /** The place from which on everything is new: what is there already counts as told. */
  Cursor start(KindPlan kind, FeedPlan plan, int most) {
    if (!plan.byTime()) {
      return Cursor.at(0, startToken(kind, plan, most));
    }
    Cursor cursor = Cursor.at(clock.micros() - CLOCKS, "");
    for (int i = 0; i < MOST_AT_START; i++) {
      Page page = read(kind, plan, cursor, most);
      cursor = page.cursor();
      if (!page.more()) {
        return cursor;
      }
    }
    return cursor;
  }

  private String startToken(KindPlan kind, FeedPlan plan, int most) {
    if (plan.start() != null) {
      Map<String, Object> names = new HashMap<>(Map.of("call",
          Map.of("millis", clock.micros() / 1_000, "seconds", clock.micros() / 1_000_000)));
      String token = Texts.filled(plan.start().value(Scope.of(names)));
      if (token == null) {
        throw new Fault.Refused("'%s' gives no place to begin with: look at 'cursor.start'.".formatted(system));
      }
      return token;
    }
    Cursor cursor = Cursor.at(0, "");
    for (int i = 0; i < MOST_AT_START; i++) {
      Page page = read(kind, plan, cursor, most);
      cursor = page.cursor();
      if (!page.more()) {
        break;
      }
    }
    return cursor.token();
  }

  /** The next page. */
  Page read(KindPlan kind, FeedPlan plan, Cursor cursor, int most) {
    long from = cursor.looksBack() ? cursor.from() - micros(plan.overlap()) : cursor.from();
    Position position = cursor.page().isEmpty() ? plan.page().start(most) : Position.of(cursor.page());
    Sender.Answered answer = sender.ask(plan.request(), names(plan, cursor, from, position), sender.usual());
    if (answer.meaning() == Meaning.GAP) {
      return new Page(List.of(), start(kind, plan, most), true, true);
    }
    if (answer.meaning() != Meaning.OK && answer.meaning() != Meaning.NONE) {
      throw new Fault.Refused("'%s' answered a question for changes with '%s': %s"
          .formatted(system, answer.meaning().word(), answer.words()));
    }
    List<Object> rows = answer.meaning() == Meaning.NONE ? List.of() : plan.rows().of(answer.scope());
    List<CrmRecord> records = Finder.records(kind, rows, answer.scope(), plan.deleted() ? plan : null);
    String lastId = records.isEmpty() ? null : records.getLast().id();
    Position after = plan.page().after(position, rows.size(), lastId, answer.scope());
    if (after == null && isCutShort(plan, position, rows.size())) {
      return cutShort(plan, cursor, from, records, position);
    }
    return plan.byTime()
        ? byTime(plan, cursor, from, records, position, after)
        : byToken(plan, cursor, records, answer.scope(), rows.size());
  }

  // one page is all that there is, and it is full: what follows is asked for by its time
  private static boolean isCutShort(FeedPlan plan, Position position, int rows) {
    return plan.byTime() && plan.sorted() && plan.page().kind() == PagePlan.Kind.NONE && plan.page().last() == null
        && rows >= position.limit();
  }

  private Page cutShort(FeedPlan plan, Cursor cursor, long from, List<CrmRecord> records, Position position) {
    if (records.getLast().changedAt() <= from) {
      throw new Fault.Refused(
          "'%s' has more changes of one time than it gives at once: say under 'page' how the next ones are asked for."
              .formatted(system));
    }
    return byTime(plan, cursor, from, records, position, position);
  }

  private static Map<String, Object> names(FeedPlan plan, Cursor cursor, long from, Position position) {
    Map<String, Object> place = new HashMap<>();
    if (plan.byTime()) {
      long step = Math.max(1, micros(plan.resolution()));
      long floor = Math.floorDiv(from, step) * step;
      place.put("time", Times.iso(plan.strict() ? floor - step : floor));
    } else if (!cursor.token().isEmpty()) {
      place.put("token", cursor.token());
    }
    Map<String, Object> names = new HashMap<>();
    names.put("cursor", place);
    names.put("page", plan.page().seen(position));
    return names;
  }

  private Page byToken(FeedPlan plan, Cursor cursor, List<CrmRecord> records, Scope answer, int rows) {
    String token = plan.next() == null ? null : Texts.filled(plan.next().value(answer));
    if (token == null) {
      throw new Fault.Refused(
          "'%s' does not say how to go on after these changes: look at 'cursor.next'.".formatted(system));
    }
    boolean same = token.equals(cursor.token());
    boolean more = !same && (plan.page().last() != null ? !plan.page().last().holds(answer) : rows > 0);
    return new Page(records, Cursor.at(0, token), more, false);
  }

  private Page byTime(
      FeedPlan plan, Cursor cursor, long from, List<CrmRecord> records, Position position, @Nullable Position after) {
    List<CrmRecord> fresh = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>(cursor.seen());
    long last = Long.MIN_VALUE;
    long newest = cursor.newest();
    for (CrmRecord record : records) {
      long at = record.changedAt() == 0 ? Math.max(last, from) : record.changedAt();
      if (plan.sorted() && at < last) {
        throw new Fault.Refused(
            "'%s' tells changes in another order than by their time: ask for them sorted, or say 'order: none'.".formatted(system));
      }
      last = Math.max(last, at);
      newest = Math.max(newest, at);
      if (told.add(key(record, at))) {
        fresh.add(record);
      }
    }
    String sum = sum(records);
    if (!cursor.page().isEmpty() && !records.isEmpty() && sum.equals(cursor.same())) {
      throw new Fault.Refused(
          "'%s' gives the same page again: look at how the next page is asked for.".formatted(system));
    }
    boolean moved = plan.sorted() && last > from && after != null;
    Position next = after == null ? null : overlapping(plan, position, after, records.size());
    if (isTorn(plan, cursor, records)) {
      return new Page(fresh, new Cursor(from, newest, "", false, "", "", told), true, false);
    }
    long near = (after == null ? newest : Math.max(last, from)) - micros(plan.overlap()) - micros(plan.resolution());
    told.removeIf(key -> Long.parseLong(key.substring(0, key.indexOf(' '))) < near);
    Cursor place = next == null
        ? new Cursor(newest, newest, "", true, "", "", told)
        : moved
            ? new Cursor(last, newest, "", false, "", "", told)
            : new Cursor(from, newest, "", false, next.text(), sum, told);
    return new Page(fresh, place, next != null, false);
  }

  // where we leaf by counting, a record that is taken out meanwhile would pull another one over the edge of a page
  private static Position overlapping(FeedPlan plan, Position now, Position after, int rows) {
    if (plan.page().kind() != PagePlan.Kind.OFFSET || rows < 2) {
      return after;
    }
    return new Position(Integer.toString(Integer.parseInt(after.at()) - back(rows)), now.limit());
  }

  private static int back(int rows) {
    return Math.min(MOST_BACK, rows / 2);
  }

  // nothing of the page before comes again: more was taken out than the pages have in common
  private static boolean isTorn(FeedPlan plan, Cursor cursor, List<CrmRecord> records) {
    if (cursor.page().isEmpty() || plan.page().kind() != PagePlan.Kind.OFFSET || Position.of(cursor.page()).limit() < 2) {
      return false;
    }
    return records.stream().noneMatch(record -> cursor.seen().contains(key(record, record.changedAt())));
  }

  private static String key(CrmRecord record, long at) {
    return at + " " + Long.toHexString(hash(record.id() + '|' + record.version() + '|' + record.state()));
  }

  private static String sum(List<CrmRecord> records) {
    StringBuilder all = new StringBuilder();
    records.forEach(record -> all.append(record.id()).append('|').append(record.changedAt()).append('\n'));
    return Long.toHexString(hash(all.toString()));
  }

  // FNV-1a: short and the same in every run
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static long micros(java.time.Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
