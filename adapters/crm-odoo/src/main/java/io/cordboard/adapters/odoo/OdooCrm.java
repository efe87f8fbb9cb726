package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.Preparable;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.WriteRecords;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A connection to one Odoo. */
public final class OdooCrm
    implements Crm,
        FindByNumber,
        FindByEmail,
        ReadRecords,
        ReadChanges,
        ScanRecords,
        WriteRecords,
        RemoveRecords,
        ReceiveHooks,
        DescribeFields,
        Preparable {
  private static final int CHOICE = 20;
  private static final int MOST_READ = 200;
  private static final int MOST_WRITTEN = 50;

  private final String name;
  private final CrmConfig config;
  private final Map<RecordKind, Set<Ability>> abilities;
  private final OdooFile file;
  private final JsonTwo odoo;
  private final Shapes shapes;
  private final ExternalIds ids;
  private final Reader reader;
  private final Writer writer;
  private final Notices notices;
  private final Map<RecordKind, Changes> changes;

  OdooCrm(CrmConfig config, OdooFile file) {
    this.name = config.name();
    this.config = config;
    this.abilities = abilities(file.kinds());
    this.file = file;
    this.odoo =
        new JsonTwo(name, file, config.mustHave("api_key"), config.internal(), config.clock());
    this.shapes = new Shapes(odoo, file);
    this.ids = new ExternalIds(odoo);
    this.reader = new Reader(odoo, ids, file);
    this.writer = new Writer(name, odoo, reader, ids, file);
    this.notices = new Notices(name, config.setting("hook_secret"));
    this.changes =
        Arrays.stream(RecordKind.values())
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    kind -> new Changes(kind, shapes, reader, file.overlap(), config.clock())));
  }

  private static Map<RecordKind, Set<Ability>> abilities(Set<RecordKind> kinds) {
    Map<RecordKind, Set<Ability>> abilities = new EnumMap<>(RecordKind.class);
    for (RecordKind kind : kinds) {
      Set<Ability> of = EnumSet.allOf(Ability.class);
      if (kind != RecordKind.CUSTOMER) {
        of.removeAll(Set.of(Ability.FIND_BY_NUMBER, Ability.FIND_BY_EMAIL));
      }
      if (kind == RecordKind.INTERACTION) {
        of.remove(Ability.HOOKS);
      }
      if (kind == RecordKind.ORDER) {
        of.remove(Ability.REMOVE);
      }
      abilities.put(kind, Set.copyOf(of));
    }
    return Map.copyOf(abilities);
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
    return Pace.unlimited(file.parallel());
  }

  @Override
  public void check() {
    shapes.user();
    List<?> none = List.of(List.of("id", "=", 0));
    for (RecordKind kind : abilities.keySet()) {
      odoo.ask(Shape.model(kind), "search_count", Map.of("domain", none));
    }
    odoo.ask(
        "res.partner",
        "search_count",
        Map.of("domain", JsonTwo.all(none, List.of(List.of("phone_sanitized", "=", "+1")))));
    odoo.ask("ir.model.data", "search_count", Map.of("domain", none));
  }

  /**
   * Makes a group with the rights that our user needs, and the rules by which Odoo tells of changes.
   *
   * @throws Fault.BadRequest when there is an address and no setting {@code hook_secret}
   */
  @Override
  public void prepare(String administratorKey, @Nullable String noticesTo) {
    String secret = noticesTo == null ? "" : config.mustHave("hook_secret");
    long user = shapes.user();
    try (JsonTwo administrator =
        new JsonTwo(name, file, administratorKey, config.internal(), config.clock())) {
      Preparation preparation = new Preparation(name, administrator, abilities.keySet());
      preparation.letIn(user);
      if (noticesTo == null) {
        preparation.silence();
      } else {
        preparation.tell(noticesTo, secret, user);
      }
    }
  }

  @Override
  public List<CrmRecord> findByNumber(PhoneNumber number, Duration within) {
    // the first is Odoo's own reading of a number, the second any punctuation of it: both are the
    // whole number
    return find(
        List.of(
            "|",
            List.of("phone_sanitized", "=", number.e164()),
            List.of("phone_mobile_search", "=", number.e164())),
        within);
  }

  @Override
  public List<CrmRecord> findByEmail(String address, Duration within) {
    return find(
        List.of(List.of("email_normalized", "=", address.strip().toLowerCase(Locale.ROOT))),
        within);
  }

  private List<CrmRecord> find(List<?> domain, Duration within) {
    Shape shape = shapes.of(RecordKind.CUSTOMER);
    Reader hurried = reader.within(within);
    List<JsonNode> rows = hurried.rows(shape, JsonTwo.all(domain, living(shape)), "id", CHOICE + 1);
    if (rows.size() > CHOICE) {
      throw new Fault.Refused("More than %d customers in '%s' have that.".formatted(CHOICE, name));
    }
    return hurried.records(shape, rows);
  }

  @Override
  public List<CrmRecord> read(RecordKind kind, List<String> wanted) {
    return reader.read(shapes.of(kind), wanted);
  }

  @Override
  public int mostRead() {
    return MOST_READ;
  }

  @Override
  public Optional<CrmRecord> findByRef(RecordKind kind, String ref) {
    Shape shape = shapes.of(kind);
    String id = ids.ids(shape, List.of(ref)).get(ref);
    return id == null ? Optional.empty() : reader.read(shape, List.of(id)).stream().findFirst();
  }

  @Override
  public ReadChanges.Page changes(RecordKind kind, @Nullable String cursor, int most) {
    Changes of = changes.get(kind);
    if (of == null) {
      throw new IllegalArgumentException(kind.word());
    }
    return of.page(cursor, most);
  }

  @Override
  public ScanRecords.Page scan(RecordKind kind, @Nullable String after, int most) {
    Shape shape = shapes.of(kind);
    long from = after == null ? 0 : number(after);
    List<JsonNode> rows =
        reader.rows(
            shape, JsonTwo.all(List.of(List.of("id", ">", from)), living(shape)), "id", most);
    String next = rows.size() < most ? null : Rows.id(rows.getLast());
    List<CrmRecord> records =
        reader.records(shape, rows).stream()
            .filter(record -> record.state() == CrmRecord.State.LIVE)
            .toList();
    return new ScanRecords.Page(records, next);
  }

  private static List<?> living(Shape shape) {
    return shape.goneWhenArchived() ? List.of(List.of("active", "=", true)) : List.of();
  }

  private static long number(String after) {
    try {
      return Long.parseLong(after);
    } catch (NumberFormatException unreadable) {
      throw new Fault.BadRequest(
          "'%s' is no place in a list of Odoo's.".formatted(Fault.excerpt(after)));
    }
  }

  @Override
  public List<Written> write(RecordKind kind, List<Write> writes) {
    return writer.write(shapes.of(kind), writes);
  }

  @Override
  public int mostWritten() {
    return MOST_WRITTEN;
  }

  @Override
  public boolean conditional(RecordKind kind) {
    return false;
  }

  @Override
  public void remove(RecordKind kind, String id, String why) {
    Shape shape = shapes.of(kind);
    List<Long> one = List.of(number(id));
    List<JsonNode> there = reader.rows(shape, one);
    if (there.isEmpty()) {
      return;
    }
    if (shape.goneWhenArchived() && there.getFirst().path("active").asBoolean(true)) {
      odoo.order(
          shape.model(),
          "message_post",
          Map.of("ids", one, "body", why, "subtype_xmlid", "mail.mt_note"));
      odoo.order(shape.model(), "write", Map.of("ids", one, "vals", Map.of("active", false)));
    } else if (!shape.goneWhenArchived()) {
      odoo.order(shape.model(), "unlink", Map.of("ids", one));
    }
  }

  @Override
  public List<Notice> read(Hook hook) {
    return notices.read(hook);
  }

  @Override
  public List<Field> fields(RecordKind kind) {
    return shapes.fields(kind);
  }

  @Override
  public void close() {
    odoo.close();
  }
}
