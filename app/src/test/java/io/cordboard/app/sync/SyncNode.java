package io.cordboard.app.sync;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.adapters.rest.RestAdapter;
import io.cordboard.app.SystemClock;
import io.cordboard.core.sync.Connections;
import io.cordboard.core.work.RetrySchedule;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.sync.JdbcCrmStore;
import io.cordboard.store.sync.JdbcSyncStore;
import io.cordboard.store.sync.Seal;
import io.cordboard.store.work.JdbcWorkStore;
import io.cordboard.web.crm.CrmYaml;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.security.SecureRandom;

/** What one server does for the systems that are joined; in this process, or as a process of its own that may be killed. */
final class SyncNode implements AutoCloseable {
  final HikariDataSource pool;
  final Clock clock = new SystemClock();
  final Ids ids;
  final JdbcCrmStore crms;
  final JdbcSyncStore store;
  final Connections connections;

  SyncNode(Database database) {
    SecureRandom random = new SecureRandom();
    pool = database.pool("node", 8);
    ids = new Ids(clock, random);
    crms = new JdbcCrmStore(pool, new Seal(new byte[32], random));
    store = new JdbcSyncStore(pool, clock, "https://cordboard.example");
    connections =
        new Connections(
            new Connections.Parts(
                store, crms, new JdbcWorkStore(pool, clock), Map.of("rest", new RestAdapter()), CrmYaml::read,
                written -> Optional.of(written.replaceAll("[^+0-9]", "")).filter(number -> number.length() > 4),
                number -> false, clock, ids, random, quick()));
  }

  /** Soon and often, so that a test need not wait for minutes; what comes of it is the same. */
  private static RetrySchedule quick() {
    return new RetrySchedule(Collections.nCopies(500, Duration.ofMillis(200)), Duration.ofMillis(200));
  }

  @Override
  public void close() {
    connections.close();
    pool.close();
  }

  /** URL, user and password of the database; runs until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    SyncNode node = new SyncNode(new Database(args[0], args[1], args[2]));
    node.connections.follow();
    System.out.println("follows");
    Thread.currentThread().join();
  }
}
