package io.cordboard.core.sync;

import io.cordboard.core.sync.Conversion.NumberForm;
import io.cordboard.core.sync.CrmStore.MappingVersion;
import io.cordboard.core.sync.CrmStore.Row;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.RetrySchedule;
import io.cordboard.core.work.WorkRunner;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The systems that are joined, and what runs for each: a runner of its own that brings records there, and a reader of
 * its changes. Whatever one of them does, the others and the calls do not wait for it. Follows the store, so that a
 * system is joined, changed and taken away while everything runs.
 */
public final class Connections implements AutoCloseable {
  private static final int HELD = 2_000;
  /** After so long another server takes over what a dead one was at. */
  private static final Duration LEASE = Duration.ofSeconds(10);


  private final Parts parts;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<String, String> failed = new ConcurrentHashMap<>();

  public Connections(Parts parts) {
    this.parts = parts;
  }

  /** A login that is refused closes the gate for all: no record has to wait longer by itself. */
  private static final RetrySchedule RETRIES =
      new RetrySchedule(RetrySchedule.STANDARD.pauses(), Duration.ofSeconds(10));

  /**
   * What it is made of.
   *
   * @param adapters by their ids
   * @param yaml reads a configuration file as maps, lists, texts and numbers
   * @param ownNumber whether a number is the company's own
   * @param retries when what failed is tried again
   */
  public record Parts(
      SyncStore store,
      CrmStore crms,
      WorkStore work,
      Map<String, CrmAdapter> adapters,
      Function<String, Map<String, Object>> yaml,
      NumberForm numbers,
      Predicate<String> ownNumber,
      Clock clock,
      Ids ids,
      RandomGenerator random,
      RetrySchedule retries) {
    /** With the usual retries. */
    public Parts(
        SyncStore store, CrmStore crms, WorkStore work, Map<String, CrmAdapter> adapters,
        Function<String, Map<String, Object>> yaml, NumberForm numbers, Predicate<String> ownNumber, Clock clock, Ids ids,
        RandomGenerator random) {
      this(store, crms, work, adapters, yaml, numbers, ownNumber, clock, ids, random, RETRIES);
    }
  }

  /** What runs for one system. */
  public static final class Running implements AutoCloseable {
    final Row row;
    final Joined joined;
    final ReceiveRecords receive;
    final WorkRunner runner;
    final ChangeReader reader;

    private Running(Row row, Joined joined, ReceiveRecords receive, WorkRunner runner, ChangeReader reader) {
      this.row = row;
      this.joined = joined;
      this.receive = receive;
      this.runner = runner;
      this.reader = reader;
    }

    public Row row() {
      return row;
    }

    public Joined joined() {
      return joined;
    }

    public ReceiveRecords receive() {
      return receive;
    }

    public WorkRunner runner() {
      return runner;
    }

    public ChangeReader reader() {
      return reader;
    }

    @Override
    public void close() {
      reader.close();
      runner.close();
      joined.crm().close();
    }
  }

  /** Makes what runs the same as what the store says; to be called at the start, after a change, and now and then. */
  public synchronized void follow() {
    Set<String> wanted = new HashSet<>();
    for (Row row : parts.crms().all()) {
      if (row.on()) {
        wanted.add(row.name());
        follow(row);
      }
    }
    for (String name : Set.copyOf(running.keySet())) {
      if (!wanted.contains(name)) {
        stop(name);
      }
    }
    failed.keySet().retainAll(wanted);
  }

  private void follow(Row row) {
    Running now = running.get(row.name());
    if (now != null && now.row.version() == row.version()) {
      return;
    }
    stop(row.name());
    try {
      Running begun = open(row);
      running.put(row.name(), begun);
      begun.runner.start();
      begun.reader.start();
      failed.remove(row.name());
    } catch (Fault wrong) {
      failed.put(row.name(), wrong.getMessage());
    } catch (RuntimeException mistake) {
      // the others are joined all the same
      failed.put(row.name(), "A mistake of ours: " + mistake.getClass().getSimpleName());
    }
  }

  private void stop(String name) {
    Running ended = running.remove(name);
    if (ended != null) {
      ended.close();
    }
  }

  private Running open(Row row) {
    File file = file(row.file(), row.name());
    CrmAdapter adapter = adapter(row.adapter());
    Crm crm = adapter.open(file.config(row.settings(), row.internal(), parts.clock()));
    Joined joined =
        new Joined(crm, new CrmGate(crm.pace(), parts.clock()), mappings(row, file, crm), file.makeCustomers());
    ReceiveRecords receive = new ReceiveRecords(joined, parts.store(), parts.ids());
    SendRecords send = new SendRecords(joined, parts.store(), receive, parts.clock(), parts.retries());
    WorkRunner runner =
        new WorkRunner(
            parts.work(), List.of(send, new TakeHooks(joined, receive)), List.of(parts.store()::handIn), settings(crm), joined.gate()::isOpen,
            parts.clock(), parts.random());
    ChangeReader reader =
        new ChangeReader(
            joined, parts.store(), receive, file.poll(), parts.clock(), (record, why) -> park(row.name(), record),
            kind -> compareAll(joined, receive, kind));
    return new Running(row, joined, receive, runner, reader);
  }

  /** What it no longer knows is found by comparing everything, and made equal by the same rules. */
  private void compareAll(Joined joined, ReceiveRecords receive, RecordKind kind) {
    if (joined.crm().can(kind, Ability.SCAN)) {
      parts.store().handIn();
      new Reconcile(joined, parts.store(), receive, parts.clock()).all(kind, true, compared -> {});
    }
  }

  private static WorkRunner.Settings settings(Crm crm) {
    WorkRunner.Settings usual = WorkRunner.Settings.standard();
    return new WorkRunner.Settings(
        Math.clamp(crm.pace().parallel(), 1, 16), HELD, LEASE, Duration.ofMillis(200), usual.keepDone(),
        usual.grace());
  }

  /** The mapping that was saved, or the one in the file, or the one that the adapter suggests. */
  private Map<RecordKind, Mapping> mappings(Row row, File file, Crm crm) {
    Map<RecordKind, MappingVersion> saved = parts.crms().mappings(row.name());
    Map<RecordKind, Mapping> mappings = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : row.kinds()) {
      MappingVersion version = saved.get(kind);
      List<FieldRule> rules = version == null ? file.rules(kind, () -> fields(crm, kind)) : version.rules();
      if (!rules.isEmpty()) {
        mappings.put(kind, new Mapping(rules, this::customersNumber));
      }
    }
    return mappings;
  }

  /** A number that may be a customer's: the company's own never is. */
  private Optional<String> customersNumber(String written) {
    return parts.numbers().canonical(written).filter(number -> !parts.ownNumber().test(number));
  }

  private static List<Field> fields(Crm crm, RecordKind kind) {
    return crm.can(kind, Ability.FIELDS) ? crm.as(DescribeFields.class, kind).fields(kind) : List.of();
  }

  /** Kept as work of its own: tried again, and in the end a dead letter with its reason. */
  private void park(String crm, CrmRecord record) {
    RecordKey key = new RecordKey(record.kind(), record.id());
    String once = key.text() + "#" + (record.version().isEmpty() ? record.changedAt() : record.version());
    parts.work().add(List.of(new NewWork(Joined.hookKind(crm), key.text(), once, "", parts.clock().micros())));
  }

  /**
   * A system told us something.
   *
   * @throws Fault.NotFound when there is no such system, or it tells us nothing
   * @throws Fault.AuthLapsed when it cannot prove that it was it
   */
  public void told(String name, Hook hook) {
    Running now = running(name);
    ReceiveHooks hooks =
        now.joined.mappings().keySet().stream()
            .filter(kind -> now.joined.crm().can(kind, Ability.HOOKS))
            .findFirst()
            .map(kind -> now.joined.crm().as(ReceiveHooks.class, kind))
            .orElseThrow(() -> new Fault.NotFound("'%s' is not set up to tell us anything.".formatted(name)));
    List<NewWork> work = new ArrayList<>();
    for (Notice notice : hooks.read(hook)) {
      if (now.joined.flows(notice.kind())) {
        RecordKey key = new RecordKey(notice.kind(), notice.id());
        String once = notice.once().isEmpty() ? parts.ids().next().toString() : notice.once();
        work.add(
            new NewWork(Joined.hookKind(name), key.text(), key.text() + "#" + once, "", parts.clock().micros()));
      }
    }
    if (!work.isEmpty()) {
      parts.work().add(work);
      now.runner.wake();
    }
  }

  /** Something of ours was changed: whoever waits for it looks at once. Costs next to nothing. */
  public void wake() {
    running.values().forEach(one -> one.runner.wake());
  }

  /** All that run. */
  public Collection<Running> running() {
    return Collections.unmodifiableCollection(running.values());
  }

  /**
   * One that runs.
   *
   * @throws Fault.NotFound when there is none of this name; why, where it could not be joined
   */
  public Running running(String name) {
    Running now = running.get(name);
    if (now == null) {
      String why = failed.get(name);
      throw new Fault.NotFound(
          why == null
              ? "There is no connection '%s' that runs.".formatted(Fault.excerpt(name))
              : "The connection '%s' does not run: %s".formatted(name, why));
    }
    return now;
  }

  /** Why some could not be joined, by their names. */
  public Map<String, String> failed() {
    return new TreeMap<>(failed);
  }

  /** Who is asked while a call rings. */
  public Collection<LiveLookUp.Source> sources() {
    return running.values().stream().map(one -> new LiveLookUp.Source(one.joined, one.receive)).toList();
  }

  /** A configuration file, read; its connection need not run. */
  public File file(String text, @Nullable String expected) {
    return File.of(parts.yaml().apply(text), expected);
  }

  /**
   * An adapter.
   *
   * @throws Fault.BadRequest naming those that there are
   */
  public CrmAdapter adapter(String id) {
    CrmAdapter adapter = parts.adapters().get(id);
    if (adapter == null) {
      throw new Fault.BadRequest(
          "crm.adapter: there is no adapter '%s'; there are %s."
              .formatted(Fault.excerpt(id), String.join(", ", new TreeMap<>(parts.adapters()).keySet())));
    }
    return adapter;
  }

  /** A connection that is tried and not kept; to be closed. */
  public Joined tried(File file, Map<String, String> settings, boolean internal) {
    CrmConfig config = file.config(settings, internal, parts.clock());
    Crm crm = adapter(file.adapter()).open(config);
    Row row =
        new Row(file.name(), file.adapter(), "", settings, internal, true, file.kinds(crm.abilities().keySet()), 0);
    return new Joined(crm, new CrmGate(crm.pace(), parts.clock()), mappings(row, file, crm), file.makeCustomers());
  }

  /** What waits for a system. */
  public Optional<WorkStore.Backlog> backlog(String name) {
    return Optional.ofNullable(parts.work().backlogs().get(Joined.workKind(name)));
  }

  @Override
  public synchronized void close() {
    Set.copyOf(running.keySet()).forEach(this::stop);
  }

  /**
   * A configuration file: what is the same for all adapters, and the tree for the adapter.
   *
   * @param wanted which kinds shall flow; empty for all that can
   */
  public record File(
      String name, String adapter, Set<RecordKind> wanted, Duration poll, boolean makeCustomers,
      Map<RecordKind, Object> lines, Map<String, Object> tree) {
    private static final Duration POLL = Duration.ofSeconds(5);

    static File of(Map<String, Object> tree, @Nullable String expected) {
      Map<?, ?> crm = map(tree.get("crm"), "crm");
      String name = name(String.valueOf(crm.get("name")));
      if (expected != null && !expected.equals(name)) {
        throw new Fault.BadRequest("crm.name: it is '%s' and shall be '%s'.".formatted(name, expected));
      }
      Object sync = tree.get("sync");
      Map<?, ?> flow = sync == null ? Map.of() : map(sync, "sync");
      Set<Object> unknown = new HashSet<>(flow.keySet());
      unknown.removeAll(Set.of("kinds", "poll-seconds", "make-customers", "mapping"));
      if (!unknown.isEmpty()) {
        throw new Fault.BadRequest("sync: there is no key " + Fault.excerpt(unknown.toString()) + ".");
      }
      Map<String, Object> rest = new TreeMap<>(tree);
      rest.remove("sync");
      return new File(
          name, String.valueOf(crm.get("adapter")), kinds(flow.get("kinds")), poll(flow.get("poll-seconds")),
          !Boolean.FALSE.equals(flow.get("make-customers")), lines(flow.get("mapping")), rest);
    }

    /** The system as people call it becomes a word for addresses and commands: Request Tracker is request-tracker. */
    private static String name(String called) {
      String name =
          called.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
      if (name.isEmpty() || name.length() > 40) {
        throw new Fault.BadRequest(
            "crm.name: a name has letters from a to z, digits and hyphens, 40 at most.");
      }
      return name;
    }

    private static Map<?, ?> map(@Nullable Object value, String path) {
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      throw new Fault.BadRequest(path + ": a part with keys of its own is missing.");
    }

    private static Set<RecordKind> kinds(@Nullable Object value) {
      Set<RecordKind> kinds = new HashSet<>();
      if (value instanceof Collection<?> words) {
        words.forEach(word -> kinds.add(kind(word, "sync.kinds")));
      } else if (value != null) {
        throw new Fault.BadRequest("sync.kinds: it has to be a list, such as [customer, interaction].");
      }
      return kinds;
    }

    private static RecordKind kind(@Nullable Object word, String path) {
      for (RecordKind kind : RecordKind.values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw new Fault.BadRequest("%s: there is no kind '%s'.".formatted(path, Fault.excerpt(String.valueOf(word))));
    }

    private static Duration poll(@Nullable Object value) {
      if (value == null) {
        return POLL;
      }
      if (value instanceof Number seconds && seconds.doubleValue() >= 0.1 && seconds.doubleValue() <= 86_400) {
        return Duration.ofMillis((long) (seconds.doubleValue() * 1000));
      }
      throw new Fault.BadRequest("sync.poll-seconds: a number between 0.1 and 86400.");
    }

    private static Map<RecordKind, Object> lines(@Nullable Object value) {
      Map<RecordKind, Object> lines = new EnumMap<>(RecordKind.class);
      if (value != null) {
        map(value, "sync.mapping")
            .forEach((word, list) -> lines.put(kind(word, "sync.mapping"), list == null ? List.of() : list));
      }
      return lines;
    }

    /** Which kinds flow, of those that the system can. */
    public Set<RecordKind> kinds(Set<RecordKind> able) {
      Set<RecordKind> kinds = new HashSet<>(able);
      if (!wanted.isEmpty()) {
        kinds.retainAll(wanted);
      }
      return kinds;
    }

    /** As the adapter is given it. */
    public CrmConfig config(Map<String, String> settings, boolean internal, Clock clock) {
      return new CrmConfig(name, tree, settings, internal, clock);
    }

    private List<FieldRule> rules(RecordKind kind, java.util.function.Supplier<List<Field>> fields) {
      Object given = lines.get(kind);
      List<Field> theirs = fields.get();
      return given == null
          ? MappingForm.usual(kind, theirs)
          : MappingForm.read("sync.mapping." + kind.word(), given, kind, theirs).orThrow();
    }
  }
}
