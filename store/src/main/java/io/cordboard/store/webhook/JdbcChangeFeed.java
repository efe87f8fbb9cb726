package io.cordboard.store.webhook;

import static io.cordboard.store.webhook.JdbcEndpoints.prepared;
import static io.cordboard.store.webhook.JdbcEndpoints.write;

import io.cordboard.core.sync.webhook.ChangeFeed;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The feed as rows of {@code webhook_event}. */
public final class JdbcChangeFeed implements ChangeFeed {
  private static final long KEEP_MICROS = 8 * 86_400_000_000L;
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final String STANDS = "select until, forgotten from change_feed for update";
  private static final String EVENTS =
      """
      select id, type, subject, at, ids, feed_n from webhook_event
      where feed_n > ? order by feed_n limit ?
      """;

  private final Transactions transactions;

  public JdbcChangeFeed(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  private record Stands(long until, long forgotten) {}

  @Override
  public Changes since(long after, int most, long now) {
    return transactions.get(
        "read what changed",
        connection -> {
          Stands stands = stands(connection);
          long forgotten = stands.forgotten();
          if (stands.until() < now) {
            // nobody asked for so long that events were not written
            forgotten = Math.max(forgotten, last(connection));
            write(connection, "update change_feed set forgotten = ?", forgotten);
          }
          if (stands.until() < now + KEEP_MICROS - HOUR_MICROS) {
            write(connection, "update change_feed set until = ?", now + KEEP_MICROS);
          }
          boolean first = after == 0;
          if (first || after < forgotten || stands.until() < now) {
            return new Changes(List.of(), Math.max(1, last(connection)), true);
          }
          return page(connection, after, most);
        });
  }

  private static Changes page(Connection connection, long after, int most) throws SQLException {
    try (PreparedStatement select = prepared(connection, EVENTS, after, most);
        ResultSet row = select.executeQuery()) {
      Map<Long, Event> events = JdbcEventOutbox.events(row);
      long next = events.keySet().stream().mapToLong(n -> n).max().orElse(after);
      return new Changes(List.copyOf(events.values()), next, false);
    }
  }

  private static Stands stands(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STANDS);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Stands(row.getLong(1), row.getLong(2));
    }
  }

  private static long last(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select greatest((select coalesce(max(feed_n), 0) from webhook_event),"
                    + " (select forgotten from change_feed))");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
