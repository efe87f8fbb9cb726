package io.cordboard.adapters.rest;

import io.cordboard.adapterkit.http.Allowed;
import io.cordboard.adapters.rest.AnswerRules.Meaning;
import io.cordboard.adapters.rest.PagePlan.Position;
import io.cordboard.adapters.rest.expression.Scope;
import io.cordboard.adapters.rest.expression.Texts;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.WriteRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A system as its file describes it. */
final class RestCrm
    implements Crm, FindByNumber, FindByEmail, ReadRecords, ReadChanges, ScanRecords, WriteRecords, RemoveRecords,
        ReceiveHooks, DescribeFields {
  private final String name;
  private final FilePlan plan;
  private final Clock clock;
  private final Sender sender;
  private final Finder finder;
  private final Feed feed;
  private final Writer writer;
  private final BatchWriter batches;
  private final HookReader hooks;
  private final Map<RecordKind, Set<Ability>> abilities;

  RestCrm(CrmConfig config, FilePlan plan) {
    this.name = config.name();
    this.plan = plan;
    this.clock = config.clock();
    Map<String, Object> open = new HashMap<>();
    Map<String, Object> all = new HashMap<>();
    List<String> secrets = new ArrayList<>();
    plan.settings().forEach((key, setting) -> {
      String value = setting.otherwise() == null
          ? config.mustHave(key) : config.setting(key).orElse(setting.otherwise());
      all.put(key, value);
      if (setting.secret()) {
        secrets.add(value);
      } else {
        open.put(key, value);
      }
    });
    this.sender = new Sender(
        name, plan, new Allowed(hosts(plan, open), config.internal()), config.clock(), Map.copyOf(open), Map.copyOf(all),
        new Masks(secrets));
    this.finder = new Finder(name, sender, plan.numbers(), config.clock());
    this.feed = new Feed(name, sender, config.clock());
    this.writer = new Writer(name, sender, finder);
    this.batches = new BatchWriter(name, sender);
    this.hooks = new HookReader(
        name, plan.hooks(), plan.kinds().keySet(), key -> String.valueOf(all.getOrDefault(key, "")));
    Map<RecordKind, Set<Ability>> able = new EnumMap<>(RecordKind.class);
    plan.kinds().forEach((kind, each) ->
        able.put(kind, Collections.unmodifiableSet(each.abilities(!plan.hooks().isEmpty()))));
    this.abilities = Collections.unmodifiableMap(able);
  }

  private static Set<String> hosts(FilePlan plan, Map<String, Object> cfg) {
    Set<String> hosts = new HashSet<>();
    Scope scope = Scope.of(Map.of("cfg", cfg));
    for (Template each : plan.hosts()) {
      String text = Texts.filled(each.value(scope));
      String host = text == null ? null : text.contains("://") ? FilePlan.hostOf(text) : text.toLowerCase(Locale.ROOT);
      if (host != null) {
        hosts.add(host);
      }
    }
    return hosts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<RecordKind, Set<Ability>> abilities() {
    return abilities;
  }

  @Override
  public Pace pace() {
    return plan.pace();
  }

  @Override
  public void check() {
    if (plan.check() != null) {
      Sender.Answered answer = sender.ask(plan.check(), new HashMap<>(), sender.usual());
      if (answer.meaning() != Meaning.OK) {
        throw new Fault.Refused("'%s' was reached and answered the check with '%s': %s"
            .formatted(name, answer.meaning().word(), answer.words()));
      }
    }
  }

  @Override
  public List<CrmRecord> findByNumber(PhoneNumber number, Duration within) {
    return finder.byNumber(must(RecordKind.CUSTOMER, Ability.FIND_BY_NUMBER, within), number, within);
  }

  @Override
  public List<CrmRecord> findByEmail(String address, Duration within) {
    return finder.byEmail(must(RecordKind.CUSTOMER, Ability.FIND_BY_EMAIL, within), address, within);
  }

  @Override
  public List<CrmRecord> read(RecordKind kind, List<String> ids) {
    return finder.byId(must(kind, Ability.READ), ids);
  }

  @Override
  public int mostRead() {
    return plan.kinds().values().stream().mapToInt(KindPlan::mostRead).max().orElse(1);
  }

  @Override
  public Optional<CrmRecord> findByRef(RecordKind kind, String ref) {
    return finder.byRef(must(kind, Ability.READ), ref);
  }

  @Override
  public ReadChanges.Page changes(RecordKind kind, @Nullable String cursor, int most) {
    KindPlan known = must(kind, Ability.CHANGES);
    FeedPlan live = feedOf(known);
    FeedPlan gone = known.gone();
    if (cursor == null) {
      Cursor liveStart = feed.start(known, live, most);
      return new ReadChanges.Page(
          List.of(), text(liveStart, gone == null ? null : feed.start(known, gone, most)), false, false);
    }
    Map<?, ?> places = places(cursor);
    Feed.Page page = feed.read(known, live, Cursor.of(places.get("live")), most);
    if (gone == null) {
      return new ReadChanges.Page(page.records(), text(page.cursor(), null), page.more(), page.gap());
    }
    Cursor goneAt = Cursor.of(places.get("gone"));
    if (page.more()) {
      return new ReadChanges.Page(page.records(), text(page.cursor(), goneAt), true, page.gap());
    }
    Feed.Page removed = feed.read(known, gone, goneAt, most);
    List<CrmRecord> both = new ArrayList<>(page.records());
    both.addAll(removed.records());
    return new ReadChanges.Page(
        both, text(page.cursor(), removed.cursor()), removed.more(), page.gap() || removed.gap());
  }

  private static FeedPlan feedOf(KindPlan kind) {
    if (kind.changes() == null) {
      throw new Fault.Bug("There is no feed of '%s'.".formatted(kind.kind().word()), null);
    }
    return kind.changes();
  }

  private static Map<?, ?> places(String cursor) {
    if (Json.read(cursor.getBytes(java.nio.charset.StandardCharsets.UTF_8)).value() instanceof Map<?, ?> places) {
      return places;
    }
    throw new Fault.BadRequest("This is no place in a list of changes that we gave.");
  }

  private static String text(Cursor live, @Nullable Cursor gone) {
    Map<String, Object> places = new LinkedHashMap<>();
    places.put("live", live.tree());
    if (gone != null) {
      places.put("gone", gone.tree());
    }
    return Json.text(places);
  }

  @Override
  public ScanRecords.Page scan(RecordKind kind, @Nullable String after, int most) {
    KindPlan known = must(kind, Ability.SCAN);
    KindPlan.List list = known.list();
    if (list == null) {
      throw new Fault.Bug("There is no list of '%s'.".formatted(kind.word()), null);
    }
    Position position = after == null ? list.page().start(most) : Position.of(after);
    Map<String, Object> names = new HashMap<>();
    names.put("page", list.page().seen(position));
    Sender.Answered answer = sender.ask(list.request(), names, sender.usual());
    if (answer.meaning() == Meaning.NONE) {
      return new ScanRecords.Page(List.of(), null);
    }
    if (answer.meaning() != Meaning.OK) {
      throw new Fault.Refused("'%s' answered a question for all records with '%s': %s"
          .formatted(name, answer.meaning().word(), answer.words()));
    }
    List<Object> rows = list.rows().of(answer.scope());
    List<CrmRecord> records = Finder.records(known, rows, answer.scope(), null);
    Position next = list.page().afterAll(
        position, rows.size(), records.isEmpty() ? null : records.getLast().id(), answer.scope());
    return new ScanRecords.Page(records, next == null ? null : next.text());
  }

  @Override
  public List<Written> write(RecordKind kind, List<Write> writes) {
    KindPlan known = must(kind, Ability.WRITE);
    WritePlan how = writePlan(known);
    boolean single = how.way() == WritePlan.Way.NATIVE ? how.upsert() != null : how.create() != null;
    return how.batch() != null && (writes.size() > 1 || !single)
        ? batches.write(known, how, how.batch(), writes)
        : writer.write(known, how, writes);
  }

  @Override
  public int mostWritten() {
    return plan.kinds().values().stream()
        .mapToInt(kind -> kind.write() == null ? 1 : kind.write().most()).max().orElse(1);
  }

  @Override
  public boolean conditional(RecordKind kind) {
    return writePlan(must(kind, Ability.WRITE)).conditional();
  }

  private static WritePlan writePlan(KindPlan kind) {
    if (kind.write() == null) {
      throw new Fault.Bug("Nothing says how '%s' is written.".formatted(kind.kind().word()), null);
    }
    return kind.write();
  }

  @Override
  public void remove(RecordKind kind, String id, String why) {
    RequestPlan request = must(kind, Ability.REMOVE).remove();
    if (request == null) {
      throw new Fault.Bug("Nothing says how '%s' is removed.".formatted(kind.word()), null);
    }
    Sender.Answered answer = sender.change(request, new HashMap<>(Map.of("id", id, "why", why)));
    switch (answer.meaning()) {
      case OK, NOT_FOUND, NONE -> {}
      default -> throw new Fault.Refused("'%s' answered a removal with '%s': %s"
          .formatted(name, answer.meaning().word(), answer.words()));
    }
  }

  @Override
  public List<Notice> read(Hook hook) {
    return hooks.read(hook);
  }

  @Override
  public List<Field> fields(RecordKind kind) {
    KindPlan known = must(kind, Ability.FIELDS);
    Map<String, Field> fields = new LinkedHashMap<>();
    known.row().fields().forEach((key, field) -> fields.put(key, field.field()));
    if (known.describe() != null) {
      discovered(known.describe()).forEach(field -> fields.putIfAbsent(field.name(), field));
    }
    return List.copyOf(fields.values());
  }

  private List<Field> discovered(DescribePlan describe) {
    Sender.Answered answer = sender.ask(describe.request(), new HashMap<>(), sender.usual());
    if (answer.meaning() != Meaning.OK) {
      throw new Fault.Refused("'%s' does not tell its fields: %s".formatted(name, answer.words()));
    }
    List<Field> fields = new ArrayList<>();
    for (Object row : describe.rows().of(answer.scope())) {
      Scope seen = answer.scope().at(row);
      String key = Writer.text(describe.name(), seen);
      if (key != null) {
        String label = Writer.text(describe.label(), seen);
        fields.add(new Field(
            key, label == null ? key : label, type(Writer.text(describe.type(), seen)),
            describe.required() != null && describe.required().holds(seen),
            describe.readOnly() != null && describe.readOnly().holds(seen),
            describe.options() == null ? List.of() : Texts.many(describe.options().value(seen)), null));
      }
    }
    return fields;
  }

  private static Type type(@Nullable String word) {
    for (Type type : Type.values()) {
      if (type.name().equalsIgnoreCase(word)) {
        return type;
      }
    }
    return Type.TEXT;
  }

  private KindPlan must(RecordKind kind, Ability ability) {
    return must(kind, ability, sender.usual());
  }

  private KindPlan must(RecordKind kind, Ability ability, Duration within) {
    KindPlan known = plan.kinds().get(kind);
    if (known == null || !can(kind, ability)) {
      throw new Fault.Refused(
          "'%s' cannot do '%s' with records of kind '%s'; its file does not say how.".formatted(name, ability.word(), kind.word()));
    }
    plan.live().forEach(table -> table.refresh(sender, clock, within));
    return known;
  }

  @Override
  public void close() {
    sender.close();
  }
}
