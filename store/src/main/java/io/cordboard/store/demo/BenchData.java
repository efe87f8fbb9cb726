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
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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

  /** What is known of a customer, by which somebody may look for them. */
  public record Sample(
      CustomerId id, String name, String spelled, @Nullable String number, @Nullable String email,
      @Nullable String order) {}

  /** Customers spread evenly over all, about so many of them. */
  public List<Sample> samples(int most) {
    return transactions.get(
        "read the benchmark's customers",
        connection -> {
          long all = count(connection, "select count(*) from customer");
          try (PreparedStatement statement =
              connection.prepareStatement(
                  """
                  select id, name, spelled,
                    (select value from identity where customer_id = c.id and kind <> 'email' limit 1),
                    (select value from identity where customer_id = c.id and kind = 'email' limit 1),
                    (select number from sales_order where customer_id = c.id limit 1)
                  from (select id, name, spelled, row_number() over (order by id) as n from customer) c
                  where n %% %d = 0
                  """
                      .formatted(Math.max(1, all / most)))) {
            return samples(statement);
          }
        });
  }

  private static List<Sample> samples(PreparedStatement statement) throws SQLException {
    List<Sample> samples = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        samples.add(
            new Sample(
                new CustomerId(row.getObject(1, UUID.class)), row.getString(2), row.getString(3),
                row.getString(4), row.getString(5), row.getString(6)));
      }
    }
    return samples;
  }

  /** How large the indexes are that searches read. */
  public Map<String, Long> searchIndexes() {
    return transactions.get(
        "measure the indexes",
        connection -> {
          Map<String, Long> sizes = new TreeMap<>();
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      """
                      select indexrelname, pg_relation_size(indexrelid) from pg_stat_user_indexes
                      where indexrelname in ('customer_search', 'customer_spelled', 'customer_spelled_start',
                        'customer_name_start', 'identity_open', 'identity_search', 'identity_ending',
                        'sales_order_number', 'sales_order_ending', 'service_record_number',
                        'service_record_ending')
                      """)) {
            while (row.next()) {
              sizes.put(row.getString(1), row.getLong(2));
            }
          }
          return sizes;
        });
  }

  /** Records of calls that arrived from this moment on, microseconds. */
  public long recordsSince(long micros) {
    return transactions.get(
        "count the records",
        connection ->
            count(connection, "select count(*) from call_record where arrived_at >= " + micros));
  }

  /** What there is of customers who are not the demo's. */
  public record Brought(long customers, long identities, long changes) {}

  /** Counts it. */
  public Brought brought() {
    return transactions.get(
        "count the customers",
        connection ->
            new Brought(
                count(connection, "select count(*) from customer where not demo"),
                count(
                    connection,
                    """
                    select count(*) from identity i join customer c on c.id = i.customer_id
                    where not c.demo
                    """),
                count(connection, "select count(*) from customer_change")));
  }

  /** Whether numbers are being written at this moment, in one statement for many. */
  public boolean writesNumbers() {
    return transactions.get(
        "look what is being written",
        connection ->
            count(
                    connection,
                    """
                    select count(*) from pg_stat_activity
                    where state = 'active' and query like 'insert into identity%'
                    """)
                > 0);
  }

  /** So many call-backs are owed, and this customer was changed so often; once. */
  public void fillLists(int entries, CustomerId changed) {
    transactions.change(
        "fill the benchmark's lists",
        connection -> {
          try (PreparedStatement tasks =
                  connection.prepareStatement(
                      """
                      insert into task (id, party, customer_id, number, queue, reason, attempts,
                        first_at, last_at, first_call, last_call)
                      select md5('bench task ' || c.id)::uuid, 'customer:' || c.id, c.id, null, 'sales',
                        'missed', 1, row_number() over (order by c.id), 1, md5('bench call ' || c.id)::uuid,
                        md5('bench call ' || c.id)::uuid
                      from (select id from customer where merged_into is null order by id limit ?) c
                      on conflict do nothing
                      """);
              PreparedStatement changes =
                  connection.prepareStatement(
                      """
                      insert into customer_change (id, customer_id, at, by, field, before, after, protected)
                      select md5('bench change ' || c || n)::uuid, c, n, 'system:bench', 'name', 'before', 'after', false
                      from (select ?::uuid c) of, generate_series(1, ?) n on conflict do nothing
                      """)) {
            tasks.setInt(1, entries);
            tasks.executeUpdate();
            changes.setObject(1, changed.value());
            changes.setInt(2, entries);
            changes.executeUpdate();
          }
        });
  }

  /** Takes all customers away, with all that belongs to them. */
  public void forgetCustomers() {
    transactions.change(
        "take the customers away",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("truncate customer cascade");
          }
        });
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
