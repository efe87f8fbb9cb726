package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import io.cordboard.testkit.crm.CrmStore.Put;
import io.cordboard.testkit.crm.CrmStore.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The records of one kind. Its lock is the order of what is done to them. */
final class CrmTable {
  private static final int TAIL = 7;

  private final RecordKind kind;
  private final CrmStore store;
  private final TreeMap<Long, CrmRecord> records = new TreeMap<>();
  private final Map<String, Long> byRef = new HashMap<>();
  private final Map<String, Set<Long>> index = new HashMap<>();
  private final ChangeFeed feed = new ChangeFeed();
  private long lastId;
  private int live;

  CrmTable(RecordKind kind, CrmStore store) {
    this.kind = kind;
    this.store = store;
  }

  /**
   * Makes or changes a record: that of the id, else that of the ref, else a new one.
   *
   * @param ours it came through the interface
   */
  synchronized Put put(
      @Nullable String ref,
      @Nullable String id,
      @Nullable String version,
      String operation,
      SortedMap<String, Value> fields,
      boolean ours) {
    store.schema().mustTake(kind, fields);
    CrmRecord before = before(ref, id);
    if (before == null) {
      return id == null ? new Put(Verdict.MADE, make(ref, operation, fields, ours)) : new Put(Verdict.NONE, null);
    }
    if (before.state() != State.LIVE) {
      return new Put(Verdict.GONE, before);
    }
    if (version != null && !version.equals(before.version())) {
      return new Put(Verdict.STALE, before);
    }
    return new Put(Verdict.CHANGED, change(before, ref, operation, fields, ours));
  }

  private @Nullable CrmRecord before(@Nullable String ref, @Nullable String id) {
    Long key = id != null ? key(id) : ref != null ? byRef.get(ref) : null;
    return key == null ? null : records.get(key);
  }

  private CrmRecord make(@Nullable String ref, String operation, SortedMap<String, Value> fields, boolean ours) {
    CrmRecord made = CrmRecord.live(kind, Long.toString(++lastId), "1", store.stamp(), ref, fields);
    keep(lastId, made);
    live++;
    store.enter(made, operation, Deed.MADE, SyncCheck.hash(fields), ours);
    return made;
  }

  private CrmRecord change(
      CrmRecord before, @Nullable String ref, String operation, SortedMap<String, Value> fields, boolean ours) {
    TreeMap<String, Value> after = new TreeMap<>(before.fields());
    after.putAll(fields);
    String carried = ref == null ? before.ref() : ref;
    boolean same = after.equals(before.fields()) && Objects.equals(carried, before.ref());
    CrmRecord changed = same ? before : CrmRecord.live(kind, before.id(), next(before), store.stamp(), carried, after);
    if (!same) {
      forget(before);
      keep(Long.parseLong(before.id()), changed);
    }
    store.enter(changed, operation, same ? Deed.UNCHANGED : Deed.CHANGED, SyncCheck.hash(fields), ours);
    return changed;
  }

  synchronized Verdict delete(String id, String operation, boolean ours) {
    CrmRecord before = before(null, id);
    if (before == null) {
      return Verdict.NONE;
    }
    if (before.state() != State.LIVE) {
      return Verdict.GONE;
    }
    end(CrmRecord.deleted(kind, id, next(before), store.stamp()), before, operation, Deed.DELETED, ours);
    return Verdict.CHANGED;
  }

  synchronized void merge(String from, String into) {
    CrmRecord before = before(null, from);
    CrmRecord target = before(null, into);
    if (before == null || target == null || before.state() != State.LIVE || target.state() != State.LIVE) {
      throw new IllegalArgumentException("Both records have to be there.");
    }
    end(CrmRecord.merged(kind, from, next(before), store.stamp(), into), before, "", Deed.MERGED, false);
  }

  private void end(CrmRecord ended, CrmRecord before, String operation, Deed deed, boolean ours) {
    forget(before);
    long key = Long.parseLong(ended.id());
    records.put(key, ended);
    feed.add(key);
    live--;
    CrmRecord named =
        new CrmRecord(
            kind, ended.id(), ended.version(), ended.changedAt(), ended.state(), ended.mergedInto(), before.ref(),
            ended.fields());
    store.enter(named, operation, deed, 0, ours);
  }

  private static String next(CrmRecord before) {
    return Long.toString(Long.parseLong(before.version()) + 1);
  }

  private void keep(long key, CrmRecord record) {
    records.put(key, record);
    if (record.ref() != null) {
      byRef.put(record.ref(), key);
    }
    indexed(record).forEach(words -> index.computeIfAbsent(words, none -> new LinkedHashSet<>()).add(key));
    feed.add(key);
  }

  private void forget(CrmRecord record) {
    if (record.ref() != null) {
      byRef.remove(record.ref());
    }
    Long key = Long.valueOf(record.id());
    indexed(record).forEach(words -> index.getOrDefault(words, new LinkedHashSet<>()).remove(key));
  }

  private List<String> indexed(CrmRecord record) {
    if (kind != RecordKind.CUSTOMER) {
      return List.of();
    }
    List<String> made = new ArrayList<>();
    texts(record, "phones").forEach(phone -> made.add(tail(Writing.main(phone))));
    texts(record, "emails").forEach(email -> made.add("@" + email.toLowerCase(Locale.ROOT)));
    return made;
  }

  static List<String> texts(CrmRecord record, String field) {
    return switch (record.fields().get(field)) {
      case Value.Text(String text) -> List.of(text);
      case Value.Many(List<String> texts) -> texts;
      case null, default -> List.of();
    };
  }

  private static String tail(String digits) {
    return digits.substring(Math.max(0, digits.length() - TAIL));
  }

  /** Live records one of whose phones is written exactly so. */
  synchronized List<CrmRecord> byPhone(String written) {
    return indexed(tail(Writing.main(written)), record -> texts(record, "phones").contains(written));
  }

  /** Live records with a phone whose digits, those of an extension not counted, end with these; at least seven. */
  synchronized List<CrmRecord> byEnd(String end) {
    return end.length() < TAIL
        ? List.of()
        : indexed(tail(end), record -> texts(record, "phones").stream().anyMatch(phone -> Writing.main(phone).endsWith(end)));
  }

  /** Live records one of whose phones is this number, however it is written. */
  synchronized List<CrmRecord> byNumber(String e164) {
    return indexed(
        tail(Writing.main(e164)), record -> texts(record, "phones").stream().anyMatch(p -> Writing.same(p, e164)));
  }

  synchronized List<CrmRecord> byEmail(String address) {
    return indexed("@" + address.toLowerCase(Locale.ROOT), record -> true);
  }

  private List<CrmRecord> indexed(String words, Predicate<CrmRecord> wished) {
    List<CrmRecord> found = new ArrayList<>();
    for (Long key : index.getOrDefault(words, Set.of())) {
      CrmRecord record = records.get(key);
      if (record != null && wished.test(record)) {
        found.add(record);
      }
    }
    return found;
  }

  synchronized Optional<CrmRecord> get(String id) {
    return Optional.ofNullable(before(null, id));
  }

  synchronized Optional<CrmRecord> byRef(String ref) {
    return Optional.ofNullable(before(ref, null));
  }

  synchronized int count() {
    return live;
  }

  /** In the order of the ids, from the one after this on; those that are gone too. */
  synchronized List<CrmRecord> scan(@Nullable String after, int most) {
    Long key = after == null ? Long.valueOf(0) : key(after);
    return key == null ? List.of() : records.tailMap(key, false).values().stream().limit(most).toList();
  }

  /** In the order of their stamps and ids, from the one after these on; those that are gone too. */
  synchronized List<CrmRecord> changedSince(long stamp, @Nullable String after, int most) {
    Long afterKey = after == null ? null : key(after);
    long past = afterKey == null ? 0 : afterKey;
    return records.values().stream()
        .filter(r -> r.changedAt() > stamp || (r.changedAt() == stamp && Long.parseLong(r.id()) > past))
        .sorted(Comparator.comparingLong(CrmRecord::changedAt).thenComparing(r -> Long.valueOf(r.id())))
        .limit(most)
        .toList();
  }

  /** Since a cursor; null where that is no longer known. */
  synchronized @Nullable Changes changes(@Nullable String cursor, int most) {
    long from = cursor == null ? feed.end() : ChangeFeed.place(cursor);
    if (from < feed.start() || from > feed.end()) {
      return null;
    }
    ChangeFeed.Page page = feed.page(from, most);
    return new Changes(
        page.keys().stream().map(records::get).toList(), ChangeFeed.cursor(page.next()), page.next() < feed.end());
  }

  synchronized String cursorNow() {
    return ChangeFeed.cursor(feed.end());
  }

  synchronized void remember(int changes) {
    feed.remember(changes);
  }

  /** A page of changes. */
  record Changes(List<CrmRecord> records, String cursor, boolean more) {}

  private static @Nullable Long key(String id) {
    if (id.isEmpty() || id.length() > 18 || !id.chars().allMatch(c -> c >= '0' && c <= '9') || id.charAt(0) == '0') {
      return null;
    }
    return Long.valueOf(id);
  }
}
