package io.cordboard.store.demo;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What a benchmark sets up in a database of its own, and reads from it afterwards. */
public final class BenchData {
  /** The line that is called: it rings, and is not recorded. */
  public static final String LINE = DemoSettings.RINGING_LINE;

  private final DataSource pool;
  private final Transactions transactions;

  public BenchData(DataSource pool) {
    this.pool = pool;
    this.transactions = new Transactions(pool);
  }

  /** A customer and a number that is theirs alone. */
  public record Caller(String number, CustomerId customer) {}

  /** Exactly these agents serve the line, and nobody is told that all are busy. */
  public void staff(List<AgentId> agents) {
    transactions.change(
        "set the benchmark's queue up",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("delete from queue_member");
            statement.execute("update phone_line set max_wait_seconds = 86400");
          }
          DemoSettings.load(connection, agents);
        });
  }

  /** Callers spread evenly over all customers, about so many of them. */
  public List<Caller> callers(int most) {
    return transactions.get(
        "read the benchmark's callers",
        connection -> {
          long all = count(connection, "select count(*) from customer");
          try (PreparedStatement statement =
              connection.prepareStatement(
                  """
                  select i.value, i.customer_id from identity i
                  where i.kind = 'mobile' and i.until = 0
                    and abs(hashtext(i.customer_id::text)::bigint) % greatest(?, 1) = 0
                    and not exists (select from identity o
                      where o.value = i.value and o.until = 0 and o.customer_id <> i.customer_id)
                  order by i.value
                  """)) {
            statement.setLong(1, all / most);
            return callers(statement);
          }
        });
  }

  private static List<Caller> callers(PreparedStatement statement) throws SQLException {
    List<Caller> callers = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        callers.add(
            new Caller(row.getString(1), new CustomerId(row.getObject(2, UUID.class))));
      }
    }
    return callers;
  }

  /** Records of calls that arrived from this moment on, microseconds. */
  public long recordsSince(long micros) {
    return transactions.get(
        "count the records",
        connection ->
            count(connection, "select count(*) from call_record where arrived_at >= " + micros));
  }

  /** Size of the tables that hold the present, not the past; calls leave nothing in them. */
  public long bytesOfThePresent() {
    return transactions.get(
        "measure the tables",
        connection ->
            count(
                connection,
                """
                select sum(pg_total_relation_size(name)) from unnest(array[
                  'agent_state', 'writer_pos', 'work_lane', 'task']::regclass[]) name
                """));
  }

  /** Does now what autovacuum would do in the middle of a measurement. */
  public void tidy() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '256MB'");
      statement.execute("vacuum (analyze)");
      statement.execute("checkpoint");
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
