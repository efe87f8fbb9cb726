package io.cordboard.app;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.adapters.fhir.FhirAdapter;
import io.cordboard.adapters.odoo.OdooAdapter;
import io.cordboard.adapters.rest.RestAdapter;
import io.cordboard.core.identity.NumberReader;
import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.journey.ConnectCrms;
import io.cordboard.core.journey.CrmParts;
import io.cordboard.core.journey.LiveCustomers;
import io.cordboard.core.journey.MapCrms;
import io.cordboard.core.journey.ReconcileCrms;
import io.cordboard.core.sync.Connections;
import io.cordboard.core.sync.LiveLookUp;
import io.cordboard.core.sync.Conversion.NumberForm;
import io.cordboard.core.sync.CrmStore;
import io.cordboard.core.sync.CrmWatch;
import io.cordboard.core.sync.SyncStore;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.store.Database;
import io.cordboard.store.sync.JdbcCrmStore;
import io.cordboard.store.sync.JdbcReports;
import io.cordboard.store.sync.JdbcSyncStore;
import io.cordboard.store.sync.Seal;
import io.cordboard.store.work.JdbcWorkStore;
import io.cordboard.web.crm.CrmYaml;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Other systems: joined as the database says, on threads and database connections of their own, so that no call waits
 * for any of them.
 */
final class CrmRoom implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.crm");
  private static final int CONNECTIONS = 4;
  private static final long EVERY_SECONDS = 2;
  // what is told in one moment is sent together; below that nobody can tell the difference
  private static final long MOMENT_MILLIS = 5;
  private static final long PATIENCE_SECONDS = 5;

  /** The hour in which everything is compared, by the clock of this machine. */
  private static final int NIGHT = 3;

  /** How long a call that rings may wait for what another system knows of its caller. */
  private static final Duration LOOK_UP = Duration.ofMillis(800);

  final Connections connections;
  final LiveLookUp lookUp;
  final CrmWatch watch;
  final CrmStore crms;
  final SyncStore sync;
  final ConnectCrms connect;
  final MapCrms mappings;
  final ReconcileCrms reconcile;
  private final HikariDataSource pool;
  private final Clock clock;
  private final Coalesced wake;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("crms").daemon().factory());
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("crm-send-all").daemon().factory());
  private final ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable String trouble;

  /**
   * Where it works.
   *
   * @param address where people find us, such as {@code https://cordboard.example}
   */
  record Place(Database database, Path data, String address, SecureRandom random) {}

  CrmRoom(Core core, Place place) {
    clock = core.clock;
    pool = place.database().pool("crm", CONNECTIONS);
    WorkStore work = new JdbcWorkStore(pool, core.clock);
    crms = new JdbcCrmStore(pool, new Seal(SecretKey.in(place.data(), place.random()), place.random()));
    sync = new JdbcSyncStore(pool, core.clock, place.address(), () -> core.taskBell.changed());
    NumberReader reader = new NumberReader();
    NumberForm numbers = written -> reader.canonical(written, core.trunks.of(TrunkBook.USUAL).place());
    connections =
        new Connections(
            new Connections.Parts(
                sync, crms, work, adapters(), CrmYaml::read, numbers, number -> own(core, number), core.clock, core.ids,
                place.random()));
    watch = new CrmWatch(connections, work, core.recordings.deadLetters, core.clock);
    wake = new Coalesced(connections::wake, MOMENT_MILLIS);
    CrmParts parts =
        new CrmParts(
            connections, crms, sync, watch, numbers, core.audit, core.clock, worker, this::followNow);
    lookUp = new LiveLookUp(connections::sources, LOOK_UP, lookers);
    connect = new ConnectCrms(parts);
    mappings = new MapCrms(parts);
    reconcile = new ReconcileCrms(parts, new JdbcReports(pool));
  }

  private static Map<String, CrmAdapter> adapters() {
    return Stream.of(new RestAdapter(), new OdooAdapter(), new FhirAdapter())
        .collect(Collectors.toMap(CrmAdapter::id, Function.identity()));
  }

  private static boolean own(Core core, String number) {
    TrunkRules rules = core.trunks.of(TrunkBook.USUAL);
    return rules.own().contains(number) || core.directory.get().line(number).isPresent();
  }

  void start() {
    reconcile.start();
    rounds.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    rounds.scheduleWithFixedDelay(this::compareAtNight, 1, 10, TimeUnit.MINUTES);
  }

  private void compareAtNight() {
    try {
      if (LocalTime.ofInstant(Instant.ofEpochMilli(clock.micros() / 1000), ZoneId.systemDefault()).getHour() == NIGHT) {
        reconcile.daily();
      }
    } catch (RuntimeException failed) {
      LOG.error("Nothing could be compared with the systems that are joined.", failed);
    }
  }

  private void look() {
    try {
      connections.follow();
      watch.look();
      trouble = null;
    } catch (RuntimeException failed) {
      if (trouble == null) {
        LOG.error("Systems that are joined cannot be looked after.", failed);
      }
      trouble = failed instanceof Fault fault ? fault.getMessage() : "A mistake of ours: see the log.";
    }
  }

  /** Follows a change; who made it need not wait for a system that does not answer. */
  private void followNow() {
    Future<?> done = rounds.submit(this::look);
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException later) {
      LOG.info("A change of a connection takes more than {} s to be followed.", PATIENCE_SECONDS);
    } catch (ExecutionException mistake) {
      throw new Fault.Bug("A change of a connection could not be followed.", mistake);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Why none can be looked after; null when they can. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Something of ours was changed; costs nothing, however often it is called. */
  void wake() {
    wake.ask();
  }

  /** Tells the systems too when somebody changes customers. */
  LiveCustomers waking(LiveCustomers live) {
    return new LiveCustomers() {
      @Override
      public CompletionStage<Void> changed(Set<CustomerId> customers) {
        wake();
        return live.changed(customers);
      }

      @Override
      public CompletionStage<Boolean> verified(AgentId agent, CustomerId customer) {
        return live.verified(agent, customer);
      }
    };
  }

  /** Those that are joined, by their names, and why those that are not could not be. */
  List<String> names() {
    return connections.running().stream().map(one -> one.row().name()).sorted().toList();
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    worker.shutdownNow();
    lookers.shutdownNow();
    wake.close();
    connections.close();
    pool.close();
  }
}
