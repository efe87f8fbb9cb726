package io.cordboard.core.journey;

import io.cordboard.core.sync.Connections;
import io.cordboard.core.sync.Connections.File;
import io.cordboard.core.sync.CrmGate;
import io.cordboard.core.sync.CrmStore.Row;
import io.cordboard.core.sync.CrmWatch.Flow;
import io.cordboard.core.sync.Mapping;
import io.cordboard.core.sync.MappingForm;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.DescribeFields.Field;
import io.cordboard.spi.crm.Preparable;
import io.cordboard.spi.crm.RecordKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An administrator joins another system, sees how it stands, tries it, changes it and takes it away. In the audit before
 * it is done; what stands in no file, such as a password, is taken and never shown.
 */
public final class ConnectCrms {
  private static final int PAGE = 1_000;
  private static final int MOST_SETTINGS = 50;
  private static final int MOST_LETTERS = 10_000;
  private static final int MOST_TOLD = 20;

  private final CrmParts parts;
  private final CrmSamples samples;
  private final Map<String, Long> sending = new ConcurrentHashMap<>();

  public ConnectCrms(CrmParts parts) {
    this.parts = parts;
    this.samples = new CrmSamples(parts.crms(), parts.sync());
  }

  /** How a system is to be joined: its file, and what stands in no file. */
  public record Given(String file, Map<String, String> settings, boolean internal) {
    public Given {
      settings = Map.copyOf(settings);
    }

    /** Without the settings: they may be secret. */
    @Override
    public String toString() {
      return "Given[" + settings.keySet() + "]";
    }
  }

  /**
   * What shall be otherwise; null leaves it as it is.
   *
   * @param version that it was made from; null to change whatever stands
   * @param settings by their names; an empty one is forgotten, those that are not named stay
   */
  public record Change(
      @Nullable Long version, @Nullable String file, Map<String, String> settings, @Nullable Boolean internal,
      @Nullable Boolean on) {
    public Change {
      settings = Map.copyOf(settings);
    }

    /** Without the settings: they may be secret. */
    @Override
    public String toString() {
      return "Change[" + settings.keySet() + "]";
    }
  }

  /** Whether records flow. */
  public enum State {
    /** They do. */
    RUNNING,
    /** It does not answer, or asks for a pause: what waits is kept. */
    WAITING,
    /** It could not be joined, see why. */
    FAILED,
    /** It was switched off. */
    OFF
  }

  /**
   * How a system stands.
   *
   * @param abilities what it can do; empty while it does not run
   * @param trouble why records do not flow, or changes are not read; null when all is well
   * @param perSecond how many requests it is sent a second at most; 0 for no limit
   * @param marked how many of our customers were handed in to be sent, while that goes on; null otherwise
   */
  public record Standing(
      Row row, State state, Map<RecordKind, Set<Ability>> abilities, @Nullable String trouble, double perSecond,
      long requests, Flow flow, @Nullable Long marked) {}

  /** A connection as it was given; of its settings the names alone. */
  public record Detail(Standing standing, Set<String> settings) {}

  /** All, in the order of their names. */
  public List<Standing> list(Principal who) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    return parts.crms().all().stream().map(this::standing).toList();
  }

  /** One with its file. */
  public Detail read(Principal who, String name) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    return detail(parts.row(name));
  }

  private Detail detail(Row row) {
    return new Detail(standing(row), new TreeSet<>(row.settings().keySet()));
  }

  private Standing standing(Row row) {
    Connections connections = parts.connections();
    Flow flow = parts.watch().of(row.name());
    Long marked = sending.get(row.name());
    Connections.Running running =
        connections.running().stream().filter(one -> one.row().name().equals(row.name())).findFirst().orElse(null);
    if (running == null || !row.on()) {
      String why = connections.failed().get(row.name());
      State state = row.on() ? State.FAILED : State.OFF;
      String trouble = row.on() && why == null ? "It is being joined." : why;
      return new Standing(row, state, Map.of(), row.on() ? trouble : null, 0, 0, flow, marked);
    }
    CrmGate.State gate = running.joined().gate().state();
    String trouble = gate.trouble() == null ? running.runner().trouble() : gate.trouble();
    trouble = trouble == null ? running.reader().trouble() : trouble;
    return new Standing(
        row, gate.open() ? State.RUNNING : State.WAITING, running.joined().crm().abilities(), trouble, gate.perSecond(),
        gate.requests(), flow, marked);
  }

  /** Tries it with some real records and keeps nothing; what is wrong stands in the answer. */
  public CrmTrial dryRun(Principal who, Given given) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    File file = parts.connections().file(given.file(), null);
    // a connection that is there may be tried with another file and the settings that it has
    Map<String, String> settings = new HashMap<>(parts.crms().find(file.name()).map(Row::settings).orElse(Map.of()));
    settings.putAll(given.settings());
    parts.audited(who, "crm-tried", file.name(), Map.of("internal", String.valueOf(given.internal())));
    List<Mistake> mistakes = mistakes(file, settings, given.internal());
    return mistakes.isEmpty()
        ? trial(file, settings, given.internal())
        : new CrmTrial(file.name(), file.adapter(), mistakes, null, List.of());
  }

  /** Looks whether each thing that it can do works; changes nothing there. */
  public CrmTrial test(Principal who, String name) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    parts.audited(who, "crm-tested", name, Map.of());
    return trial(parts.connections().file(row.file(), name), row.settings(), row.internal());
  }

  private CrmTrial trial(File file, Map<String, String> settings, boolean internal) {
    Crm crm;
    try {
      crm = parts.connections().adapter(file.adapter()).open(file.config(settings, internal, parts.clock()));
    } catch (Fault.BadRequest incomplete) {
      return new CrmTrial(
          file.name(), file.adapter(), List.of(new Mistake("settings", incomplete.getMessage())), null, List.of());
    }
    try (crm) {
      crm.check();
      List<Mistake> mistakes = new ArrayList<>();
      List<CrmTrial.Kind> kinds = new ArrayList<>();
      for (RecordKind kind : new TreeSet<>(file.kinds(crm.abilities().keySet()))) {
        MappingForm.Read read = rules(file, kind, fields(crm, kind));
        mistakes.addAll(read.mistakes());
        kinds.add(samples.kind(crm, kind, new Mapping(read.rules(), parts.numbers())));
      }
      return new CrmTrial(file.name(), file.adapter(), mistakes, null, kinds);
    } catch (Fault failed) {
      return new CrmTrial(file.name(), file.adapter(), List.of(), failed.getMessage(), List.of());
    }
  }

  private static List<Field> fields(Crm crm, RecordKind kind) {
    return crm.can(kind, Ability.FIELDS) ? crm.as(DescribeFields.class, kind).fields(kind) : List.of();
  }

  /** The rules that were saved, or those of the file, or what is usual. */
  private MappingForm.Read rules(File file, RecordKind kind, List<Field> theirs) {
    if (file.lines().containsKey(kind)) {
      MappingForm.Read read = MappingForm.read("sync.mapping." + kind.word(), file.lines().get(kind), kind, theirs);
      if (!read.mistakes().isEmpty()) {
        return read;
      }
    }
    return new MappingForm.Read(MapCrms.rules(parts.crms(), file, kind, theirs), List.of());
  }

  private List<Mistake> mistakes(File file, Map<String, String> settings, boolean internal) {
    CrmAdapter adapter = parts.connections().adapter(file.adapter());
    List<Mistake> mistakes = new ArrayList<>(adapter.mistakes(file.config(settings, internal, parts.clock())));
    file.lines()
        .forEach(
            (kind, lines) ->
                mistakes.addAll(
                    MappingForm.read("sync.mapping." + kind.word(), lines, kind, List.of()).mistakes()));
    return mistakes;
  }

  /** Joins a system; it need not answer at the moment. */
  public Detail add(Principal who, Given given) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    File file = parts.connections().file(given.file(), null);
    Row row = checked(file, given.file(), given.settings(), given.internal(), true, 0);
    parts.audited(who, "crm-added", row.name(), told(given.settings().keySet(), given.internal(), true));
    parts.crms().save(row, parts.clock().micros(), who.auditName());
    return follow(row.name());
  }

  /** Changes what is given, and nothing else. */
  public Detail change(Principal who, String name, Change change) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row now = parts.row(name);
    Map<String, String> settings = new HashMap<>(now.settings());
    settings.putAll(change.settings());
    settings.values().removeIf(String::isEmpty);
    String text = change.file() == null ? now.file() : change.file();
    boolean internal = change.internal() == null ? now.internal() : change.internal();
    boolean on = change.on() == null ? now.on() : change.on();
    long version = change.version() == null ? now.version() : change.version();
    // what is only switched off may well have a file that nobody can read any more
    boolean same = change.file() == null && change.settings().isEmpty() && change.internal() == null;
    Row row =
        same
            ? new Row(name, now.adapter(), text, settings, internal, on, now.kinds(), version)
            : checked(parts.connections().file(text, name), text, settings, internal, on, version);
    parts.audited(who, "crm-changed", name, told(change.settings().keySet(), internal, on));
    parts.crms().save(row, parts.clock().micros(), who.auditName());
    return follow(name);
  }

  private Row checked(
      File file, String text, Map<String, String> settings, boolean internal, boolean on, long version) {
    if (settings.size() > MOST_SETTINGS || settings.values().stream().anyMatch(one -> one.length() > MOST_LETTERS)) {
      throw new Fault.BadRequest(
          "A connection has at most %d settings of at most %d characters each.".formatted(MOST_SETTINGS, MOST_LETTERS));
    }
    List<Mistake> mistakes = mistakes(file, settings, internal);
    if (!mistakes.isEmpty()) {
      throw new Fault.BadRequest(
          String.join(
              "\n",
              mistakes.stream().limit(MOST_TOLD).map(one -> one.path() + ": " + one.words()).toList()));
    }
    CrmConfig config = file.config(settings, internal, parts.clock());
    try (Crm crm = parts.connections().adapter(file.adapter()).open(config)) {
      return new Row(
          file.name(), file.adapter(), text, settings, internal, on, file.kinds(crm.abilities().keySet()), version);
    }
  }

  private static Map<String, String> told(Set<String> settings, boolean internal, boolean on) {
    return Map.of(
        "settings", String.join(" ", new TreeSet<>(settings)), "internal", String.valueOf(internal), "on",
        String.valueOf(on));
  }

  private Detail follow(String name) {
    parts.changed().run();
    return detail(parts.row(name));
  }

  /**
   * Makes a system ready with the key of an administrator there, which is used for this alone: never kept, logged or
   * told.
   *
   * @param noticesTo our address to which it tells of changes; null where it shall not
   * @throws Fault.Refused when there is nothing to make ready in such a system
   */
  public void prepare(Principal who, String name, String administratorKey, @Nullable String noticesTo) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    prepare(
        who, parts.connections().file(row.file(), name), new Given(row.file(), row.settings(), row.internal()),
        administratorKey, noticesTo);
  }

  /** The same before it is joined: what is not ready could not be tried. Keeps nothing. */
  public void prepare(Principal who, Given given, String administratorKey, @Nullable String noticesTo) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    prepare(who, parts.connections().file(given.file(), null), given, administratorKey, noticesTo);
  }

  private void prepare(
      Principal who, File file, Given given, String administratorKey, @Nullable String noticesTo) {
    if (administratorKey.isBlank() || administratorKey.length() > MOST_LETTERS) {
      throw new Fault.BadRequest(
          "The key of an administrator of '%s' is missing, or too long.".formatted(file.name()));
    }
    if (noticesTo != null) {
      mustBeAddress(noticesTo);
    }
    CrmConfig config = file.config(given.settings(), given.internal(), parts.clock());
    try (Crm crm = parts.connections().adapter(file.adapter()).open(config)) {
      if (!(crm instanceof Preparable preparable)) {
        throw new Fault.Refused(
            "'%s' needs no preparation, or its adapter '%s' cannot do it: './cordboard crm test %s' tells whether it works."
                .formatted(file.name(), file.adapter(), file.name()));
      }
      parts.audited(who, "crm-prepared", file.name(), Map.of("notices", String.valueOf(noticesTo != null)));
      preparable.prepare(administratorKey, noticesTo);
    }
  }

  private static void mustBeAddress(String address) {
    try {
      URI uri = URI.create(address);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
        return;
      }
    } catch (IllegalArgumentException unreadable) {
      // said below
    }
    throw new Fault.BadRequest(
        "What is told by itself needs an address such as https://cordboard.example/api/v1/hooks/NAME.");
  }

  /** Takes it away. What both sides agreed on stays, so that it can be joined again without doubles. */
  public void remove(Principal who, String name) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    parts.row(name);
    parts.audited(who, "crm-removed", name, Map.of());
    parts.crms().remove(name);
    parts.changed().run();
  }

  /** Hands every customer of ours in to be sent; goes on after it has returned. */
  public void sendAll(Principal who, String name) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    Row row = parts.row(name);
    if (!row.on() || !row.kinds().contains(RecordKind.CUSTOMER)) {
      throw new Fault.Refused(
          row.on()
              ? "Customers do not flow to '%s': add 'customer' to sync.kinds in its file.".formatted(name)
              : "The connection '%s' is switched off: switch it on first.".formatted(name));
    }
    if (sending.putIfAbsent(name, 0L) != null) {
      throw new Fault.Refused("All customers are being handed in already: wait for the end.");
    }
    try {
      parts.audited(who, "crm-all-sent", name, Map.of());
      parts.worker().execute(() -> markAll(name));
    } catch (RuntimeException refused) {
      sending.remove(name);
      throw refused;
    }
  }

  private void markAll(String name) {
    try {
      List<String> page = parts.crms().ours(RecordKind.CUSTOMER, "", PAGE);
      while (!page.isEmpty()) {
        parts.sync().mark(name, RecordKind.CUSTOMER, page);
        sending.merge(name, (long) page.size(), Long::sum);
        page = parts.crms().ours(RecordKind.CUSTOMER, page.getLast(), PAGE);
      }
    } finally {
      sending.remove(name);
    }
  }

  /** What each of some connections can do, as words such as {@code customer:write}. */
  public static List<String> words(Map<RecordKind, Set<Ability>> abilities) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(abilities)
        .forEach(
            (kind, able) ->
                new TreeSet<>(new HashSet<>(able)).forEach(ability -> words.add(kind.word() + ":" + ability.word())));
    return words;
  }
}
