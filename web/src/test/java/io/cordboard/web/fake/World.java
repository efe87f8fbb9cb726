package io.cordboard.web.fake;

import io.cordboard.core.customer.MemoryCustomers;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.journey.ConnectCrms;
import io.cordboard.core.journey.CrmParts;
import io.cordboard.core.journey.EditCustomer;
import io.cordboard.core.journey.ImportFiles;
import io.cordboard.core.journey.ManageWebhooks;
import io.cordboard.core.journey.MapCrms;
import io.cordboard.core.journey.MergeCustomers;
import io.cordboard.core.journey.OwnNumbers;
import io.cordboard.core.journey.ReconcileCrms;
import io.cordboard.core.journey.SeeCustomer;
import io.cordboard.core.journey.WorkLeads;
import io.cordboard.core.journey.WorkTasks;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.sync.webhook.MemoryWebhooks;
import io.cordboard.core.sync.Connections;
import io.cordboard.core.sync.CrmWatch;
import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.LoginThrottle;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import io.cordboard.web.crm.CrmYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Everything that the web part stands on, in memory. */
public final class World {
  /** The password of everybody here. */
  public static final String PASSWORD = "correct horse battery";

  /** The local token here. */
  public static final String LOCAL_TOKEN = "local-token-local-token-local-token";

  public final HandClock clock = new HandClock();
  public final SecureRandom random = new SecureRandom();
  public final Ids ids = new Ids(clock, random);
  public final FakeUsers users = new FakeUsers();
  public final FakeHasher hasher = new FakeHasher();
  public final FakeAudit audit = new FakeAudit();
  public final FakeDesk desk = new FakeDesk();
  public final FakeTeam team = new FakeTeam();
  public final FakePhones phones = new FakePhones();
  public final ApiKeys keys = new ApiKeys(new FakeKeys(), clock, ids, random);
  public final LoginThrottle throttle = new LoginThrottle(clock);
  public final FakeCalls calls = new FakeCalls();
  public final FakeHealth health = new FakeHealth();
  public final FakeArchive archive = new FakeArchive();
  public final Map<String, Boolean> autoAnswers = new ConcurrentHashMap<>();
  public final FakeSparePhones spares = new FakeSparePhones();
  public final FakeQualities qualities = new FakeQualities();
  public final FakeAlarms alarms = new FakeAlarms();
  public final FakeRecordings recordings = new FakeRecordings();
  public final FakeSwitches switches = new FakeSwitches();
  public final FakeTrunks trunks = new FakeTrunks();
  public final FakeSetup setup = new FakeSetup(users, spares);
  public final FakeIce ice = new FakeIce();
  public final FakeLetters letters = new FakeLetters();
  public final MemoryCustomers customers = new MemoryCustomers();
  public final FakeTasks tasks = new FakeTasks();
  private final OwnNumbers numbers =
      new OwnNumbers(
          new NumberReader(),
          () -> TrunkRules.of(Place.of("CN")).owning("2001-2099", "+861085550000"),
          World::directory);
  private final EditCustomer.Making making = new EditCustomer.Making(clock, ids);
  public final SeeCustomer see =
      new SeeCustomer(
          new SeeCustomer.Files(customers, customers, customers, customers), customers, numbers,
          audit);
  public final EditCustomer edit =
      new EditCustomer(customers, customers, numbers, customers, audit, making);
  public final MergeCustomers merges = new MergeCustomers(customers, customers, audit, making);
  public final FakeLeads leads = new FakeLeads(customers);
  public final WorkLeads workLeads = new WorkLeads(leads, audit, making);
  public final FakeImports imports = new FakeImports();
  public final ImportFiles files =
      new ImportFiles(
          imports, new ImportFiles.Room(folder(), Runnable::run), numbers, customers, audit, making);
  public final AtomicInteger taskChanges = new AtomicInteger();
  public final WorkTasks work = new WorkTasks(tasks, World::directory, audit, clock, taskChanges::incrementAndGet);
  public final MemoryWebhooks webhooks = new MemoryWebhooks();
  public final ManageWebhooks hooks =
      new ManageWebhooks(
          new ManageWebhooks.Rooms(webhooks, webhooks, new FakeSender()), audit,
          new ManageWebhooks.Making(clock, ids, random), webhooks.changes::incrementAndGet);
  public final FakeCrms crms = new FakeCrms();
  public final FakeSync sync = new FakeSync();
  public final FakeCrmAdapter crmAdapter = new FakeCrmAdapter();
  public final FakeWork durable = new FakeWork();
  public final Connections connections =
      new Connections(
          new Connections.Parts(
              sync, crms, durable, Map.of("memory", crmAdapter), CrmYaml::read,
              written -> new NumberReader().canonical(written, Place.of("CN")), written -> false, clock, ids, random));
  private final CrmWatch watch = new CrmWatch(connections, durable, letters, clock);
  private final CrmParts crmParts =
      new CrmParts(
          connections, crms, sync, watch, written -> new NumberReader().canonical(written, Place.of("CN")), audit, clock,
          Runnable::run, this::follow);
  public final ConnectCrms connect = new ConnectCrms(crmParts);
  public final MapCrms mappings = new MapCrms(crmParts);
  public final ReconcileCrms reconcile = new ReconcileCrms(crmParts, new FakeReports());
  public final FakeTickets tickets = new FakeTickets();
  public final FakeFeed feed = new FakeFeed();
  public final AtomicInteger teamChanges = new AtomicInteger();
  public final AtomicBoolean teamChangesFail = new AtomicBoolean();
  private final AtomicInteger made = new AtomicInteger();

  private static Path folder() {
    try {
      return Files.createTempDirectory("imports");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private void follow() {
    connections.follow();
    watch.look();
  }

  /** Somebody new, whose password is {@link #PASSWORD}. */
  public User person(Role role) {
    return person(role, new Phone("asterisk", "2" + made.incrementAndGet(), Phone.Kind.BROWSER));
  }

  /** Somebody new with this phone. */
  public User person(Role role, @Nullable Phone phone) {
    return person(role, phone, Set.of(), false);
  }

  /** Somebody new. */
  public User person(Role role, @Nullable Phone phone, Set<Permission> grants, boolean mustChange) {
    Username name =
        new Username(role.name().toLowerCase(java.util.Locale.ROOT) + made.incrementAndGet());
    User user =
        new User(
            new AgentId(ids.next()),
            name,
            new DisplayName("王小明 " + name),
            role,
            grants,
            true,
            phone,
            mustChange,
            clock.micros());
    users.create(user, hasher.hash(PASSWORD));
    return user;
  }

  /** A line, its queue and two outcomes. */
  public static Directory directory() {
    Line.Notice words = new Line.Notice("1", "zh", "您好");
    Line line =
        new Line(
            "4008001234", "客服", "care", Line.Waiting.MUSIC, words, true, 20, 60, 30, 300, words);
    return new Directory(
        Map.of(line.did(), line),
        Map.of("care", new Directory.Queue("care", "客服", Set.of())),
        Map.of(),
        List.of(
            new Directory.Disposition("solved", "已解决", "Solved"),
            new Directory.Disposition("call-back", "需回电", "Call back")));
  }

  /** A program's key. */
  public String key(Role role) {
    return keys.create("key" + made.incrementAndGet(), role).secret();
  }

  /** Somebody else reads the team again, or cannot. */
  public void teamChanged() {
    if (teamChangesFail.get()) {
      throw new Fault.Unreachable("The database is away.", null);
    }
    teamChanges.incrementAndGet();
  }
}
