package io.cordboard.adapters.fhir;

import io.cordboard.adapterkit.http.Allowed;
import io.cordboard.adapterkit.http.HttpCaller;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.WriteRecords;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A FHIR R4 server. */
final class FhirCrm
    implements Crm,
        FindByNumber,
        ReadRecords,
        ReadChanges,
        ScanRecords,
        WriteRecords,
        RemoveRecords,
        ReceiveHooks,
        DescribeFields {
  private static final int MOST_BYTES = 32 * 1024 * 1024;
  private static final int MOST_READ = 50;
  private static final int MOST_FOUND = 20;
  /** A page of changes takes several requests. */
  private static final int PAGES = 3;

  private final String name;
  private final FhirConfig config;
  private final Clock clock;
  private final HttpCaller caller;
  private final Map<RecordKind, Shape> shapes;
  private final Map<RecordKind, Set<Ability>> abilities = new TreeMap<>();
  private final FhirHttp http;
  private final Searches searches;
  private final FhirWrites writes;
  private final FhirChanges changes;
  private final FhirHooks hooks;

  FhirCrm(CrmConfig connection, FhirConfig config) {
    this.name = connection.name();
    this.config = config;
    this.clock = connection.clock();
    this.caller = new HttpCaller(name, new Allowed(hosts(config), connection.internal()), MOST_BYTES);
    String secret = connection.setting("hookSecret").filter(words -> !words.isBlank()).orElse(null);
    this.shapes = Shapes.of(config, secret != null);
    shapes.forEach((kind, shape) -> abilities.put(kind, shape.abilities()));
    this.http = new FhirHttp(name, config.base(), caller, login(connection, config, caller));
    this.searches = new Searches(name, config.base(), http);
    this.writes = new FhirWrites(name, http);
    this.changes = new FhirChanges(searches, config.deletions());
    this.hooks = new FhirHooks(name, shapes, secret);
  }

  private static Login login(CrmConfig connection, FhirConfig config, HttpCaller caller) {
    try {
      return config.auth() == FhirConfig.Auth.SMART && config.tokenUrl() != null
          ? new SmartLogin(caller, config.tokenUrl(), config.scope(), connection)
          : Login.fixed(config.auth(), connection);
    } catch (Fault incomplete) {
      caller.close();
      throw incomplete;
    }
  }

  private static Set<String> hosts(FhirConfig config) {
    Set<String> hosts = new HashSet<>(Set.of(host(config.base())));
    if (config.tokenUrl() != null) {
      hosts.add(host(config.tokenUrl()));
    }
    return hosts;
  }

  private static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
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
    return config.pace();
  }

  @Override
  public void check() {
    // not the capability statement: it is open to everybody, and takes some servers half a minute
    searches.bundle("Patient?_summary=count", deadline());
  }

  @Override
  public void close() {
    caller.close();
  }

  private Deadline deadline() {
    return Deadline.in(clock, config.within());
  }

  private Shape shape(RecordKind kind) {
    Shape shape = shapes.get(kind);
    if (shape == null) {
      throw new Fault.Refused("'%s' has no records of kind '%s'.".formatted(name, kind.word()));
    }
    return shape;
  }

  @Override
  public List<CrmRecord> findByNumber(PhoneNumber number, Duration within) {
    Deadline until = Deadline.in(clock, within);
    String all =
        NumberWritings.of(number, config.region()).stream().map(Searches::plain).collect(Collectors.joining(","));
    List<ObjectNode> found = searches.search("Patient", Map.of("phone", all), MOST_FOUND + 1, until).resources();
    List<ObjectNode> fitting = found.stream().filter(patient -> has(patient, number)).toList();
    if (fitting.isEmpty() && !found.isEmpty()) {
      throw new Fault.Refused(
          "'%s' answers a search by phone with patients who do not have that number: it does not know this search."
              .formatted(name));
    }
    if (fitting.size() > MOST_FOUND) {
      throw new Fault.Refused("More than %d patients of '%s' have this number.".formatted(MOST_FOUND, name));
    }
    fitting.forEach(patient -> observed(patient, until));
    return records(shape(RecordKind.CUSTOMER), fitting).stream()
        .filter(record -> record.state() == State.LIVE)
        .toList();
  }

  private boolean has(ObjectNode patient, PhoneNumber number) {
    return Telecom.values(patient, Telecom.PHONE).stream()
        .anyMatch(written -> NumberWritings.same(written, number, config.region()));
  }

  private void observed(ObjectNode patient, Deadline until) {
    if (config.observations() > 0) {
      Observations.put(searches, patient, config.observations(), until);
    }
  }

  private static List<CrmRecord> records(Shape shape, List<ObjectNode> resources) {
    return resources.stream().map(shape::record).toList();
  }

  @Override
  public List<CrmRecord> read(RecordKind kind, List<String> ids) {
    Shape shape = shape(kind);
    List<String> known = ids.stream().filter(Shape::isId).distinct().toList();
    if (known.isEmpty()) {
      return List.of();
    }
    Deadline until = deadline();
    Map<String, String> query = Map.of("_id", String.join(",", known));
    List<ObjectNode> found = searches.search(shape.type(), query, known.size(), until).resources();
    if (kind == RecordKind.CUSTOMER) {
      found.forEach(patient -> observed(patient, until));
    }
    return records(shape, found).stream().filter(record -> known.contains(record.id())).toList();
  }

  @Override
  public int mostRead() {
    return MOST_READ;
  }

  @Override
  public Optional<CrmRecord> findByRef(RecordKind kind, String ref) {
    Shape shape = shape(kind);
    Map<String, String> query = Map.of("identifier", Searches.plain(shape.system()) + "|" + Searches.plain(ref));
    return records(shape, searches.search(shape.type(), query, 2, deadline()).resources()).stream()
        .filter(record -> record.state() != State.DELETED && ref.equals(record.ref()))
        .findFirst();
  }

  @Override
  public ReadChanges.Page changes(RecordKind kind, @Nullable String cursor, int most) {
    return changes.page(shape(kind), cursor, most, Deadline.in(clock, config.within().multipliedBy(PAGES)));
  }

  @Override
  public ScanRecords.Page scan(RecordKind kind, @Nullable String after, int most) {
    Shape shape = shape(kind);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("_sort", "_id");
    query.put("_count", Integer.toString(most));
    if (after != null && !after.matches("(?s)(" + shape.type() + ")?\\?.*")) {
      throw new Fault.BadRequest("This is no page of '%s': begin anew.".formatted(name));
    }
    Searches.Found found =
        searches.page(after == null ? shape.type() + "?" + Searches.query(query) : after, shape.type(), deadline());
    List<CrmRecord> there =
        records(shape, found.resources()).stream().filter(record -> record.state() != State.DELETED).toList();
    return new ScanRecords.Page(there, found.next());
  }

  @Override
  public List<Written> write(RecordKind kind, List<Write> all) {
    Shape shape = shape(kind);
    return all.stream().map(write -> writes.write(shape, write, deadline())).toList();
  }

  @Override
  public int mostWritten() {
    return 1;
  }

  @Override
  public boolean conditional(RecordKind kind) {
    return true;
  }

  @Override
  public void remove(RecordKind kind, String id, String why) {
    writes.makeVoid(shape(kind), id, why, deadline());
  }

  @Override
  public List<Notice> read(Hook hook) {
    return hooks.read(hook);
  }

  @Override
  public List<Field> fields(RecordKind kind) {
    return shape(kind).described();
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return "FhirCrm[" + name + "]";
  }
}
