package io.cordboard.store;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Keeps a partition of the journal for each day: makes the next days' ahead, drops those that are past
 * retention. The app calls {@link #maintain()} at its start and every hour. Thread-safe.
 */
public final class JournalPartitions {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'journal_'yyyyMMdd");
  private static final int DAYS_AHEAD = 3;
  // others' flushes queue behind a lock that we wait for
  private static final String PATIENCE = "set local lock_timeout = '500ms'";

  private final DataSource pool;
  private final Clock clock;
  private final int retentionDays;

  /**
   * Over a pool.
   *
   * @param retentionDays how many whole days before today are kept, at least 1
   */
  public JournalPartitions(DataSource pool, Clock clock, int retentionDays) {
    if (retentionDays < 1) {
      throw new Fault.BadRequest(
          "The journal's retention is %d days: keep at least 1.".formatted(retentionDays));
    }
    this.pool = pool;
    this.clock = clock;
    this.retentionDays = retentionDays;
  }

  /**
   * Makes and drops what is due. Safe to repeat; never drops a day from which a call still lives.
   *
   * @throws Fault.Unreachable when the database is away or too busy to give a lock: repeat later
   */
  public void maintain() {
    LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      List<LocalDate> days = days(connection);
      for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
        LocalDate day = today.plusDays(ahead);
        if (!days.contains(day)) {
          make(connection, day);
        }
      }
      LocalDate keepFrom = keepFrom(connection, today.minusDays(retentionDays));
      for (LocalDate day : days) {
        if (day.isBefore(keepFrom)) {
          execute(connection, "drop table " + NAME.format(day));
        }
      }
      deleteBefore(connection, micros(keepFrom));
    } catch (SQLException e) {
      throw SqlFaults.of(e, "maintain the journal's partitions");
    }
  }

  private static List<LocalDate> days(Connection connection) throws SQLException {
    List<LocalDate> days = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'journal'::regclass and c.relname ~ '^journal_[0-9]{8}$'
                """)) {
      while (rows.next()) {
        days.add(LocalDate.parse(rows.getString(1), NAME));
      }
    }
    connection.commit();
    return days;
  }

  // a live call is rebuilt from its first entry
  private static LocalDate keepFrom(Connection connection, LocalDate retained) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select coalesce(min(oldest_live), 0) from writer_pos")) {
      rows.next();
      Instant oldest = Clock.instant(rows.getLong(1));
      LocalDate live = LocalDate.ofInstant(oldest, ZoneOffset.UTC);
      connection.commit();
      return live.isBefore(retained) ? live : retained;
    }
  }

  // entries of this day may be in the default partition already; nobody may add one meanwhile
  private static void make(Connection connection, LocalDate day) throws SQLException {
    String name = NAME.format(day);
    long from = micros(day);
    long to = micros(day.plusDays(1));
    execute(
        connection,
        "lock table journal_default in access exclusive mode",
        "create table " + name + " (like journal including all)",
        """
        with moved as (delete from journal_default where at >= %d and at < %d returning *)
        insert into %s select * from moved
        """
            .formatted(from, to, name),
        "alter table journal attach partition %s for values from (%d) to (%d)"
            .formatted(name, from, to));
  }

  private static void deleteBefore(Connection connection, long micros) throws SQLException {
    UUID bound = new UUID(micros / 1000 << 16, 0);
    try (PreparedStatement entries =
            connection.prepareStatement("delete from journal_default where at < ?");
        PreparedStatement offers =
            connection.prepareStatement(
                "delete from offer where call_id < ? and at < ? and not holds")) {
      entries.setLong(1, micros);
      entries.executeUpdate();
      offers.setObject(1, bound);
      offers.setLong(2, micros);
      offers.executeUpdate();
      connection.commit();
    }
  }

  private static void execute(Connection connection, String... sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PATIENCE);
      for (String one : sql) {
        statement.execute(one);
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  private static long micros(LocalDate day) {
    return day.toEpochDay() * 86_400_000_000L;
  }
}
