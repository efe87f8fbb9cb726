package io.cordboard.store.work;

import io.cordboard.core.work.DeadLetters;
import io.cordboard.core.work.Payloads;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Dead letters among the rows of {@code work_item}. */
public final class JdbcDeadLetters implements DeadLetters {
  private static final String LIST =
      """
      select i.id, i.kind, i.key, i.attempt, coalesce(i.reason, ''),
          (select count(*) from work_item b where b.lane = i.lane and b.state = 'OPEN' and b.id > i.id),
          i.created_at, i.settled_at, i.payload, i.in_doubt
        from work_item i where i.state = 'DEAD' and i.id > ?
          and (cardinality(?::text[]) = 0 or i.kind = any(?)) order by i.id limit ?
      """;
  private static final String COUNTS =
      "select kind, count(*), min(settled_at) from work_item where state = 'DEAD' group by kind";
  private static final String HISTORY =
      """
      select item, attempt, at, in_doubt, reason from work_attempt where item = any(?)
        order by item, at, attempt
      """;
  // the lane first, as everywhere; the item's state is read again after that
  private static final String LOCK =
      """
      select l.id from work_lane l
        where l.id = (select lane from work_item where id = ? and state = 'DEAD') for update
      """;
  private static final String RETRY =
      """
      update work_item set state = 'OPEN', attempt = 0, due_at = ?, settled_at = 0
        where id = ? and state = 'DEAD'
      """;
  private static final String DISMISS =
      """
      update work_item set state = 'DISMISSED', settled_at = ?, payload = ''
        where id = ? and state = 'DEAD'
      """;

  private final Transactions transactions;
  private final Clock clock;
  private final Runnable wake;

  /**
   * Over a database.
   *
   * @param wake tells the runner that there is work
   */
  public JdbcDeadLetters(DataSource source, Clock clock, Runnable wake) {
    this.transactions = new Transactions(source);
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public List<DeadLetter> list(long after, int most) {
    return list(Set.of(), after, most);
  }

  @Override
  public List<DeadLetter> list(Set<String> kinds, long after, int most) {
    return transactions.get(
        "list dead letters",
        connection -> {
          try (PreparedStatement list = connection.prepareStatement(LIST)) {
            list.setLong(1, after);
            list.setArray(2, connection.createArrayOf("text", kinds.toArray()));
            list.setArray(3, connection.createArrayOf("text", kinds.toArray()));
            list.setInt(4, most);
            List<DeadLetter> letters = new ArrayList<>();
            try (ResultSet rows = list.executeQuery()) {
              while (rows.next()) {
                letters.add(letter(rows));
              }
            }
            return withHistory(connection, letters);
          }
        });
  }

  private static List<DeadLetter> withHistory(Connection connection, List<DeadLetter> letters)
      throws SQLException {
    Map<Long, List<Failure>> failures = new HashMap<>();
    try (PreparedStatement read = connection.prepareStatement(HISTORY)) {
      read.setArray(1, Lanes.array(connection, letters.stream().map(DeadLetter::id).toList()));
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          failures
              .computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
              .add(
                  new Failure(
                      rows.getInt(2), rows.getLong(3), rows.getBoolean(4), rows.getString(5)));
        }
      }
    }
    return letters.stream()
        .map(letter -> letter.with(failures.getOrDefault(letter.id(), List.of())))
        .toList();
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        Payloads.masked(row.getString(9)),
        row.getBoolean(10),
        List.of());
  }

  @Override
  public long count() {
    return transactions.get(
        "count dead letters",
        connection -> {
          try (PreparedStatement count =
                  connection.prepareStatement(
                      "select count(*) from work_item where state = 'DEAD'");
              ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Override
  public Map<String, Waiting> counts() {
    return transactions.get(
        "count dead letters",
        connection -> {
          Map<String, Waiting> counts = new TreeMap<>();
          try (PreparedStatement count = connection.prepareStatement(COUNTS);
              ResultSet rows = count.executeQuery()) {
            while (rows.next()) {
              counts.put(rows.getString(1), new Waiting(rows.getLong(2), rows.getLong(3)));
            }
          }
          return counts;
        });
  }

  @Override
  public void retry(long id) {
    change("retry a dead letter", id, RETRY);
  }

  @Override
  public void dismiss(long id) {
    change("dismiss a dead letter", id, DISMISS);
  }

  private void change(String doing, long id, String sql) {
    transactions.change(
        doing,
        connection -> {
          long lane = lock(connection, id);
          try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setLong(1, clock.micros());
            change.setLong(2, id);
            if (change.executeUpdate() == 0) {
              throw unknown(id);
            }
          }
          Lanes.refresh(connection, List.of(lane));
        });
    wake.run();
  }

  private static long lock(Connection connection, long id) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setLong(1, id);
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next()) {
          throw unknown(id);
        }
        return row.getLong(1);
      }
    }
  }

  private static Fault.NotFound unknown(long id) {
    return new Fault.NotFound("There is no dead letter " + id + " (any more).");
  }
}
