package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.WriteRecords;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A CRM in memory: what tests of the work on our side talk to. It can do what it is told to be able to, and fails when it
 * is told to, before or after it has done what it was asked for. Thread-safe.
 */
public final class MemoryCrm
    implements Crm,
        FindByNumber,
        FindByEmail,
        ReadRecords,
        ReadChanges,
        ScanRecords,
        WriteRecords,
        RemoveRecords,
        DescribeFields {
  private static final int MOST = 100;
  private static final Set<Ability> ALL =
      EnumSet.complementOf(EnumSet.of(Ability.FIND_BY_NUMBER, Ability.FIND_BY_EMAIL, Ability.HOOKS));

  private final String name;
  private final CrmStore store;
  private final Map<RecordKind, Set<Ability>> abilities = new EnumMap<>(RecordKind.class);
  private final Deque<Failing> failing = new ArrayDeque<>();
  private volatile boolean conditional = true;
  private volatile Pace pace = Pace.unlimited(8);
  private volatile int mostWritten = MOST;
  private volatile int calls;

  private record Failing(Fault fault, boolean done) {}

  /** One that can do everything but receive hooks, with all kinds of records. */
  public MemoryCrm(String name, Clock clock) {
    this(name, new CrmStore(clock));
  }

  /** The same over records that there are. */
  public MemoryCrm(String name, CrmStore store) {
    this.name = name;
    this.store = store;
    for (RecordKind kind : RecordKind.values()) {
      abilities.put(kind, EnumSet.copyOf(ALL));
    }
    abilities.put(RecordKind.CUSTOMER, EnumSet.complementOf(EnumSet.of(Ability.HOOKS)));
  }

  /** It can do only this with records of the kind; to be said before it is used. */
  public MemoryCrm can(RecordKind kind, Set<Ability> only) {
    if (only.isEmpty()) {
      abilities.remove(kind);
    } else {
      abilities.put(kind, EnumSet.copyOf(only));
    }
    return this;
  }

  /** Whether its writes can be bound to a version. */
  public MemoryCrm conditional(boolean is) {
    conditional = is;
    return this;
  }

  /** How it wants to be asked. */
  public MemoryCrm pace(Pace wished) {
    pace = wished;
    return this;
  }

  /** How many it takes at once. */
  public MemoryCrm mostWritten(int most) {
    mostWritten = most;
    return this;
  }

  /** The next request fails and does nothing; several of these wait in their order. */
  public synchronized void failNext(Fault fault) {
    failing.add(new Failing(fault, false));
  }

  /** The next request is done and fails all the same. */
  public synchronized void failNextAfter(Fault fault) {
    failing.add(new Failing(fault, true));
  }

  /** What it keeps, and what people do there. */
  public CrmStore store() {
    return store;
  }

  /** All that was done to it. */
  public List<CrmLedger.Effect> ledger() {
    return store.ledger().effects();
  }

  /** How often it was asked for anything. */
  public int calls() {
    return calls;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<RecordKind, Set<Ability>> abilities() {
    return Map.copyOf(abilities);
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public void check() {
    asked(() -> true);
  }

  @Override
  public void close() {}

  private <T> T asked(Supplier<T> deed) {
    Failing next = next();
    if (next != null && !next.done()) {
      throw next.fault();
    }
    T answer = deed.get();
    if (next != null) {
      throw next.fault();
    }
    return answer;
  }

  private synchronized @Nullable Failing next() {
    calls++;
    return failing.poll();
  }

  @Override
  public List<CrmRecord> findByNumber(PhoneNumber number, Duration within) {
    return asked(() -> store.table(RecordKind.CUSTOMER).byNumber(number.e164()));
  }

  @Override
  public List<CrmRecord> findByEmail(String address, Duration within) {
    return asked(() -> store.table(RecordKind.CUSTOMER).byEmail(address));
  }

  @Override
  public List<CrmRecord> read(RecordKind kind, List<String> ids) {
    return asked(() -> ids.stream().flatMap(id -> store.get(kind, id).stream()).toList());
  }

  @Override
  public int mostRead() {
    return MOST;
  }

  @Override
  public Optional<CrmRecord> findByRef(RecordKind kind, String ref) {
    return asked(() -> store.byRef(kind, ref));
  }

  @Override
  public ReadChanges.Page changes(RecordKind kind, @Nullable String cursor, int most) {
    return asked(
        () -> {
          CrmTable table = store.table(kind);
          CrmTable.Changes page = table.changes(cursor, most);
          return page == null
              ? new ReadChanges.Page(List.of(), table.cursorNow(), false, true)
              : new ReadChanges.Page(page.records(), page.cursor(), page.more(), false);
        });
  }

  @Override
  public ScanRecords.Page scan(RecordKind kind, @Nullable String after, int most) {
    return asked(
        () -> {
          List<CrmRecord> page = store.table(kind).scan(after, most);
          return new ScanRecords.Page(
              page.stream().filter(record -> record.state() == State.LIVE).toList(),
              page.size() < most ? null : page.getLast().id());
        });
  }

  @Override
  public List<Written> write(RecordKind kind, List<Write> writes) {
    return asked(
        () -> {
          List<Written> verdicts = new ArrayList<>(writes.size());
          writes.forEach(write -> verdicts.add(written(kind, write)));
          return verdicts;
        });
  }

  private Written written(RecordKind kind, Write write) {
    try {
      String version = conditional ? write.version() : null;
      CrmStore.Put put =
          store.table(kind).put(write.ref(), write.id(), version, write.operation(), write.fields(), true);
      CrmRecord record = put.record();
      return switch (put.verdict()) {
        case STALE -> new Written.Stale();
        case NONE, GONE -> new Written.Failed(new Fault.NotFound(gone(write.id())));
        case MADE, CHANGED ->
            record == null
                ? new Written.Failed(new Fault.NotFound(gone(write.id())))
                : new Written.Done(
                    record.id(), record.version(), put.verdict() == CrmStore.Verdict.MADE ? Made.YES : Made.NO);
      };
    } catch (CrmSchema.No no) {
      return new Written.Failed(new Fault.Refused("'%s' says: %s".formatted(name, no.getMessage())));
    }
  }

  private String gone(@Nullable String id) {
    return "'%s' has no record '%s' (any more).".formatted(name, id);
  }

  @Override
  public int mostWritten() {
    return mostWritten;
  }

  @Override
  public boolean conditional(RecordKind kind) {
    return conditional;
  }

  @Override
  public void remove(RecordKind kind, String id, String why) {
    asked(() -> store.table(kind).delete(id, "", true));
  }

  @Override
  public List<Field> fields(RecordKind kind) {
    return asked(
        () ->
            store.schema().names(kind).stream()
                .map(
                    field ->
                        new Field(
                            field,
                            field,
                            OurFields.find(kind, field).map(OurFields.Field::type).orElse(Type.TEXT),
                            false,
                            false,
                            store.schema().optionsOf(kind, field),
                            OurFields.find(kind, field).isPresent() ? field : null))
                .toList());
  }
}
