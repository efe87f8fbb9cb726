package io.cordboard.bench.sync;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.adapters.rest.RestAdapter;
import io.cordboard.app.SystemClock;
import io.cordboard.app.postgres.EmbeddedPostgres;
import io.cordboard.core.sync.Connections;
import io.cordboard.core.sync.CrmStore.Row;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.store.Database;
import io.cordboard.store.sync.JdbcCrmStore;
import io.cordboard.store.sync.JdbcSyncStore;
import io.cordboard.store.sync.Seal;
import io.cordboard.store.work.JdbcWorkStore;
import io.cordboard.testkit.crm.FakeCrm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The sync engine with its real database, joined to a CRM behind HTTP by a file. */
final class SyncFloor implements AutoCloseable {
  static final String CRM = "bench";
  private static final int BATCH = 5_000;

  private final EmbeddedPostgres postgres;
  private final HikariDataSource pool;
  private final Clock clock = new SystemClock();
  private final JdbcCrmStore crms;
  private final Ids ids;
  final FakeCrm crm = FakeCrm.start();
  final Connections connections;

  SyncFloor(Path directory, Consumer<String> progress) throws IOException, SQLException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    postgres = EmbeddedPostgres.start(directory, progress);
    Database database = postgres.database();
    database.migrate();
    pool = database.pool("sync", 12);
    SecureRandom random = new SecureRandom();
    ids = new Ids(clock, random);
    crms = new JdbcCrmStore(pool, new Seal(new byte[32], random));
    connections =
        new Connections(
            new Connections.Parts(
                new JdbcSyncStore(pool, clock, "http://localhost"), crms, new JdbcWorkStore(pool, clock),
                Map.of("rest", new RestAdapter()), SyncFloor::yaml, Optional::of, number -> false, clock, ids, random));
    clear();
  }

  private static Map<String, Object> yaml(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private void clear() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate crm, crm_mapping, sync_link, sync_position, sync_clash, sync_outbox, work_item, work_lane, work_attempt, customer, identity, tag, customer_change cascade");
    }
  }

  /** Makes customers, nobody being joined yet. */
  List<String> customers(int count) throws SQLException {
    List<String> made = new ArrayList<>(count);
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into customer (id, kind, name, spelled, language, level, since) values (?::uuid, 'PERSON', ?, '{}', 'en', 'GOLD', '2026-01-01')")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < count; i++) {
        String id = ids.next().toString();
        made.add(id);
        insert.setString(1, id);
        insert.setString(2, "at first " + i);
        insert.addBatch();
        if (i % BATCH == BATCH - 1) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      connection.commit();
      try (Statement tidy = connection.createStatement()) {
        connection.setAutoCommit(true);
        tidy.execute("analyze customer");
      }
    }
    return made;
  }

  /** Joins the CRM; nothing is sent yet. */
  void join() {
    String file = FakeCrm.file().replaceFirst("name: [^,]*,", "name: " + CRM + ",");
    Map<String, String> settings =
        Map.of("address", crm.uri().toString(), "secret", crm.secret(), "hook_secret", "unused-here");
    crms.save(
        new Row(CRM, "rest", file, settings, true, true, Set.of(RecordKind.CUSTOMER), 0), clock.micros(), "bench");
  }

  void start() {
    connections.follow();
    connections.failed().forEach((name, why) -> { throw new Fault.Refused(name + ": " + why); });
  }

  void stop() {
    connections.close();
  }

  void wake() {
    connections.wake();
  }

  HikariDataSource pool() {
    return pool;
  }

  long open() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select (select count(*) from work_item where state = 'OPEN') + (select count(*) from sync_outbox)")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    connections.close();
    crm.close();
    pool.close();
    postgres.close();
  }
}
