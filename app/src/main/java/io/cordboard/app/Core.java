package io.cordboard.app;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.adapters.demo.DemoConfig;
import io.cordboard.adapters.demo.DemoSwitch;
import io.cordboard.adapters.demo.DemoTimer;
import io.cordboard.core.call.Ledger;
import io.cordboard.core.call.SwitchBoard;
import io.cordboard.core.call.SwitchGaps;
import io.cordboard.core.call.Tables;
import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.journey.AfterTheGap;
import io.cordboard.core.journey.AgentDays;
import io.cordboard.core.journey.AgentDesk;
import io.cordboard.core.journey.CallFile;
import io.cordboard.core.journey.CorrectRecord;
import io.cordboard.core.journey.DialledNumbers;
import io.cordboard.core.journey.DoNotCall;
import io.cordboard.core.journey.ImportFiles;
import io.cordboard.core.journey.Journeys;
import io.cordboard.core.journey.LiveCalls;
import io.cordboard.core.journey.NumberCallers;
import io.cordboard.core.journey.TaskBell;
import io.cordboard.core.journey.TeamBoard;
import io.cordboard.core.journey.UsePhone;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.profile.CardStore;
import io.cordboard.core.profile.Notes;
import io.cordboard.core.routing.Policy;
import io.cordboard.core.routing.QueuePace;
import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.AuditTrail;
import io.cordboard.core.trust.AuditVerifier;
import io.cordboard.core.trust.DialWatch;
import io.cordboard.core.trust.FileWitness;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Permission;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.telephony.PhoneSwitch;
import io.cordboard.store.Database;
import io.cordboard.store.JdbcCardStore;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.store.JdbcNotes;
import io.cordboard.store.JdbcQueuePace;
import io.cordboard.store.JdbcCallArchive;
import io.cordboard.store.JdbcTalkQualities;
import io.cordboard.store.JdbcTeamFigures;
import io.cordboard.store.JdbcTrunks;
import io.cordboard.store.JdbcSwitchGaps;
import io.cordboard.store.JournalPartitions;
import io.cordboard.store.customer.JdbcCustomerEditor;
import io.cordboard.store.customer.JdbcSpellings;
import io.cordboard.store.customer.JdbcTasks;
import io.cordboard.store.demo.DemoData;
import io.cordboard.store.trust.JdbcApiKeyStore;
import io.cordboard.store.trust.JdbcAuditStore;
import io.cordboard.store.trust.JdbcSparePhones;
import io.cordboard.store.trust.JdbcUsers;
import io.cordboard.web.session.Argon2Hasher;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The core with its stores and switches: what the doors open to. */
final class Core implements AutoCloseable {
  private static final int JOURNAL_DAYS = 90;
  private static final int CARD_READERS = 2;
  /** What desks ask of the database waits for it there, and keeps nothing else waiting. */
  private static final int DESK_READERS = 4;

  final Clock clock;
  final Ids ids;
  final HikariDataSource pool;
  final Users users;
  final ApiKeys keys;
  final PasswordHasher hasher;
  final AuditTrail audit;
  final AuditVerifier verifier;
  final SwitchBoard board = new SwitchBoard();
  final CardStore cards;
  final Notes notes;
  final TalkQualities qualities;
  final SparePhones spares;
  final Journeys journeys;
  final Ledger ledger;
  final AgentDesk desk;
  final TeamBoard team;
  final AgentDays days;
  final TaskBell taskBell;
  final CustomerParts customers;
  final LiveCalls calls;
  final LiveDirectory directory;
  final SwitchLinks switches;
  final PrometheusRegistry prometheus = new PrometheusRegistry();
  final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT, prometheus, io.micrometer.core.instrument.Clock.SYSTEM);
  final AgentPhones phones;
  final Metrics metrics;
  final DialWatch dialled;
  final Vitals vitals = new Vitals(this);
  final Health health;
  final StandbyRound standby;
  final AfterTheGap afterTheGap;
  final SwitchGaps gaps;
  final TrunkBook trunks;
  final RecordingRoom recordings;
  final WebhookRoom webhooks;
  final CrmRoom crms;
  private final Database database;
  private final JournalPartitions partitions;
  private final FirstRun firstRun;
  private final List<PhoneSwitch> fixedSwitches;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /**
   * Over a database.
   *
   * @param address where people find us
   */
  Core(Database database, Settings settings, Clock clock, SecureRandom random, String address) {
    this.database = database;
    this.clock = clock;
    this.ids = new Ids(clock, random);
    metrics = new Metrics(clock, meters);
    pool = keep(database.pool("cordboard", 10));
    users = new JdbcUsers(pool);
    spares = new JdbcSparePhones(pool);
    keys = new ApiKeys(new JdbcApiKeyStore(pool), clock, ids, random);
    hasher = new Argon2Hasher();
    JdbcAuditStore auditStore = new JdbcAuditStore(pool);
    FileWitness witness = new FileWitness(settings.data().resolve("audit.witness"));
    audit = new AuditTrail(auditStore, witness, clock, AuditTrail.Settings.standard());
    verifier = new AuditVerifier(auditStore, witness);
    partitions = new JournalPartitions(pool, clock, JOURNAL_DAYS);
    cards = new JdbcCardStore(pool);
    notes = new JdbcNotes(pool, clock);
    qualities = new JdbcTalkQualities(pool);
    trunks = new TrunkBook(new JdbcTrunks(pool));
    directory = new LiveDirectory(pool, users, spares, trunks, settings.demo());
    recordings =
        new RecordingRoom(
            pool, settings.data().resolve("recordings"), board, clock, random);
    crms = keep(new CrmRoom(this, new CrmRoom.Place(database, settings.data(), address, random)));
    metrics.onRecorded(
        () -> {
          recordings.wake();
          crms.wake();
        });
    metrics.onEnded(crms::wake);
    dialled = new DialWatch(
            audit, (pbx, phone) -> directory.get().ownerOf(pbx, phone), new DialMeters(meters), clock);
    metrics.onDialled(dialled::heard);
    journeys =
        new Journeys(
            directory, new NumberCallers(trunks::of),
            keep(new CardLoader(cards, CARD_READERS)), Policy.longestIdle(), clock);
    ledger =
        new Ledger(
            keep(new JdbcLedgerStore(database, 0, ids)), journeys, board, Tables.STANDARD, clock,
            ids, metrics);
    ExecutorService slow = keep(deskReaders());
    desk =
        new AgentDesk(
            ledger, journeys, board,
            new CallFile.Files(
                notes, cards, CustomerParts.words(pool, clock, ids), qualities,
                new UsePhone.Choice(spares, audit, directory::reload),
                new CorrectRecord.Records(new JdbcCallArchive(pool), audit),
                new DialledNumbers(
                    new NumberReader(), () -> trunks.of(TrunkBook.USUAL), directory, settings.dial()),
                new DoNotCall(settings.doNotCall(), new JdbcCustomerEditor(pool)::standing, audit),
                this::mustDialOut, slow));
    team =
        new TeamBoard(
            ledger, journeys,
            new TeamBoard.Reading(
                desk, new JdbcTeamFigures(pool), clock, ZoneId.systemDefault(), slow));
    days =
        new AgentDays(
            ledger, journeys,
            new AgentDays.Reading(
                new JdbcTeamFigures(pool), clock, ZoneId.systemDefault(), slow));
    journeys.askElsewhere(crms.lookUp::find);
    journeys.callBacksFrom(new JdbcTasks(pool), slow);
    taskBell = new TaskBell(ledger, journeys, new JdbcTasks(pool), slow);
    ExecutorService importer =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("import").daemon().factory());
    parts.push(importer::shutdownNow);
    customers =
        CustomerParts.of(
            this, crms.waking(desk.liveCustomers()),
            new ImportFiles.Room(settings.data().resolve("imports"), importer));
    webhooks = new WebhookRoom(this, settings.webhookHosts(), random);
    calls = new LiveCalls(ledger, journeys, board);
    phones = new AgentPhones(users, () -> List.copyOf(spares.all().values()), directory::reload);
    Path connection = settings.data().resolve("pbx/connection.json");
    AsteriskBeside asterisk =
        new AsteriskBeside(connection, clock, board, ledger, phones, metrics);
    switches = new SwitchLinks(board, ledger, metrics, asterisk, clock);
    fixedSwitches = settings.demo() ? List.of(demoSwitch(settings, random)) : List.of();
    gaps = new JdbcSwitchGaps(pool);
    afterTheGap = new AfterTheGap(ledger, board, gaps, directory, metrics::linked, slow);
    standby = new StandbyRound(directory, board, metrics::linked, clock);
    health = new Health(this, settings.data());
    firstRun = new FirstRun(users, hasher, keys, clock, ids, random);
  }

  private static ExecutorService deskReaders() {
    return Executors.newFixedThreadPool(
        DESK_READERS, Thread.ofPlatform().name("desk-reader-", 0).daemon().factory());
  }

  private DemoSwitch demoSwitch(Settings settings, SecureRandom random) {
    Path tapes = settings.data().resolve("demo-recordings");
    return new DemoSwitch(DemoConfig.standard(tapes), clock, ids, random, DemoTimer.onOneThread());
  }

  /** Users were added or changed: phones are given out, and open desks learn of it. */
  void teamChanged() {
    phones.allot();
    ledger.ask(
        turn -> {
          turn.agents().all().forEach(agent -> turn.touch(agent.id()));
          return true;
        });
  }

  void prepare() {
    database.migrate();
    partitions.maintain();
    trunks.reload();
    audit.start();
    parts.push(audit);
  }

  FirstRun.Made firstRun(boolean demo, Consumer<String> progress) {
    FirstRun.Made made = firstRun.run(demo);
    if (demo) {
      if (!made.demoLogins().isEmpty()) {
        progress.accept("Loading the demo customers (once)");
      }
      new DemoData(pool, clock)
          .load(
              DemoData.Plan.newcomer(users.list().stream().map(User::id).toList()), rows -> {});
    }
    directory.reload();
    return made;
  }

  void start() {
    long day = TimeUnit.DAYS.toMicros(1);
    journeys.paceBefore(new JdbcQueuePace(pool).took(clock.micros() - day, QueuePace.LAST));
    ledger.start();
    parts.push(ledger);
    switches.start(fixedSwitches);
    parts.push(switches);
    recordings.start();
    parts.push(recordings);
    webhooks.start();
    parts.push(webhooks);
    crms.start();
    new Gauges(this, health, health.data()).register(meters);
    vitals.start();
    parts.push(vitals);
    ScheduledExecutorService rounds =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("rounds").daemon().factory());
    customers.imports().tidy();
    Thread spelling =
        Thread.ofPlatform().name("spelling").daemon().start(new JdbcSpellings(pool)::fill);
    parts.push(spelling::interrupt);
    rounds.scheduleAtFixedRate(desk::tick, 1, 1, TimeUnit.SECONDS);
    rounds.scheduleAtFixedRate(team::tick, 1_000, 400, TimeUnit.MILLISECONDS);
    rounds.scheduleAtFixedRate(days::tick, 1, 1, TimeUnit.SECONDS);
    rounds.scheduleAtFixedRate(taskBell::tick, 1, 1, TimeUnit.SECONDS);
    ScheduledExecutorService beside =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("beside-the-calls").daemon().factory());
    beside.scheduleWithFixedDelay(guarded(standby::tick), 1, 2, TimeUnit.SECONDS);
    beside.scheduleWithFixedDelay(guarded(afterTheGap::tick), 2, 2, TimeUnit.SECONDS);
    parts.push(beside::shutdownNow);
    rounds.scheduleAtFixedRate(partitions::maintain, 6, 6, TimeUnit.HOURS);
    rounds.scheduleAtFixedRate(customers.imports()::dropOld, 6, 6, TimeUnit.HOURS);
    parts.push(rounds::shutdownNow);
  }

  /** What fails once must be tried again: an executor forgets work that throws. */
  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException failed) {
        metrics.bug("Could not look after the time without this server.", failed);
      }
    };
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
      part.close();
    }
  }

  /** Where somebody dials at a phone by hand, no session says who it is and what they may. */
  private void mustDialOut(AgentId agent) {
    users
        .byId(agent)
        .filter(User::active)
        .map(Principal::of)
        .orElseThrow(() -> new Fault.Refused("This user is not active: an administrator can change that."))
        .mustHave(Permission.DIAL_OUT);
  }

}
