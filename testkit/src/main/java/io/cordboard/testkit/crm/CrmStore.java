package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a fake CRM keeps: records of all kinds with their versions, what changed in which order, and a ledger. The
 * methods {@code make}, {@code change}, {@code delete} and {@code merge} are the hands of people who work there.
 * Thread-safe.
 */
public final class CrmStore {
  private final Clock clock;
  private final CrmLedger ledger = new CrmLedger();
  private final CrmSchema schema = new CrmSchema();
  private final Map<RecordKind, CrmTable> tables = new EnumMap<>(RecordKind.class);
  private final AtomicLong skewMicros = new AtomicLong();
  private volatile long stampMicros = 1000;
  private volatile BiConsumer<CrmRecord, Deed> told = (record, deed) -> {};

  /** An empty one. */
  public CrmStore(Clock clock) {
    this.clock = clock;
    for (RecordKind kind : RecordKind.values()) {
      tables.put(kind, new CrmTable(kind, this));
    }
  }

  /** What became of a write. */
  record Put(Verdict verdict, @Nullable CrmRecord record) {}

  /** How a write went. */
  enum Verdict {
    MADE,
    CHANGED,
    STALE,
    /** There is no record of this id. */
    NONE,
    /** It was deleted, or is a part of another. */
    GONE
  }

  /** All that was done. */
  public CrmLedger ledger() {
    return ledger;
  }

  /** Its fields. */
  public CrmSchema schema() {
    return schema;
  }

  /** Its clock goes wrong by this much. */
  public void skew(Duration by) {
    skewMicros.set(by.toNanos() / 1000);
  }

  /** The smallest time that its stamps know. */
  public void stamps(Duration resolution) {
    stampMicros = Math.max(1, resolution.toNanos() / 1000);
  }

  /** A person makes a record. */
  public String make(RecordKind kind, SortedMap<String, Value> fields) {
    return made(table(kind).put(null, null, null, "", fields, false)).id();
  }

  /** A person changes some fields. */
  public void change(RecordKind kind, String id, SortedMap<String, Value> fields) {
    made(table(kind).put(null, id, null, "", fields, false));
  }

  /** A person deletes a record; false where there was none. */
  public boolean delete(RecordKind kind, String id) {
    return table(kind).delete(id, "", false) == Verdict.CHANGED;
  }

  /** A person says that two are one: the first is a part of the second from now on. */
  public void merge(RecordKind kind, String from, String into) {
    table(kind).merge(from, into);
  }

  /** A record, also one that is gone. */
  public Optional<CrmRecord> get(RecordKind kind, String id) {
    return table(kind).get(id);
  }

  /** The live record that carries this id of ours. */
  public Optional<CrmRecord> byRef(RecordKind kind, String ref) {
    return table(kind).byRef(ref);
  }

  /** All live records. */
  public List<CrmRecord> live(RecordKind kind) {
    return table(kind).scan(null, Integer.MAX_VALUE).stream()
        .filter(record -> record.state() == CrmRecord.State.LIVE)
        .toList();
  }

  /** How many live records there are. */
  public int count(RecordKind kind) {
    return table(kind).count();
  }

  /** Remembers no more than so many of the last changes; who asks for earlier ones is told of a gap. */
  public void remember(RecordKind kind, int changes) {
    table(kind).remember(changes);
  }

  /** Tells of each change, after it was made. */
  void onChange(BiConsumer<CrmRecord, Deed> listener) {
    told = listener;
  }

  CrmTable table(RecordKind kind) {
    CrmTable table = tables.get(kind);
    if (table == null) {
      throw new IllegalArgumentException("No records of this kind: " + kind);
    }
    return table;
  }

  long stamp() {
    long now = clock.micros() + skewMicros.get();
    return now - Math.floorMod(now, stampMicros);
  }

  void enter(CrmRecord record, String operation, Deed deed, long hash, boolean ours) {
    ledger.add(
        new CrmLedger.Effect(
            clock.nanos(),
            record.kind(),
            record.ref() == null ? "" : record.ref(),
            record.id(),
            Long.parseLong(record.version()),
            operation,
            deed,
            hash,
            ours));
    if (deed != Deed.UNCHANGED) {
      told.accept(record, deed);
    }
  }

  private static CrmRecord made(Put put) {
    if (put.record() == null) {
      throw new IllegalStateException("The record is not there: " + put.verdict());
    }
    return put.record();
  }
}
