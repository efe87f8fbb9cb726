package io.cordboard.store.webhook;

import io.cordboard.core.sync.webhook.DeliverWebhook;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.Endpoints;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.sync.webhook.SigningSecret;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Endpoints as rows of {@code webhook_endpoint}. */
public final class JdbcEndpoints implements Endpoints {
  private static final String HEALTH =
      "last_success_at, last_failure_at, failing_since, failures, last_failure, off_at, off_why";
  private static final String SELECT =
      "select " + HEALTH + ", id, url, description, events, form, active, created_at"
          + " from webhook_endpoint ";
  private static final String INSERT =
      """
      insert into webhook_endpoint (url, description, events, form, active, created_at, id)
      values (?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String CHANGE =
      """
      update webhook_endpoint set url = ?, description = ?, events = ?, form = ?, active = ?,
        last_success_at = ?, last_failure_at = ?, failing_since = ?, failures = ?, last_failure = ?,
        off_at = ?, off_why = ?
      where id = ?
      """;
  private static final String ADD_SECRET =
      "insert into webhook_secret (endpoint_id, made_at, secret) values (?, ?, ?)";
  private static final String SECRETS =
      """
      select secret from webhook_secret where endpoint_id = ? and (until = 0 or until > ?)
      order by made_at desc
      """;
  private static final String SUCCEEDED =
      """
      update webhook_endpoint set last_success_at = greatest(last_success_at, ?), failing_since = 0,
        failures = 0 where id = ?
      """;
  private static final String FAILED =
      """
      update webhook_endpoint set last_failure_at = greatest(last_failure_at, ?),
        failing_since = case when failures = 0 then ? else failing_since end,
        failures = failures + 1, last_failure = ?
      where id = ? returning
      """
          + HEALTH;
  private static final String OFF =
      "update webhook_endpoint set active = false, off_at = ?, off_why = ? where id = ? and active";

  private final Transactions transactions;

  public JdbcEndpoints(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public List<Endpoint> list() {
    return transactions.get(
        "read the webhook endpoints", c -> select(c, "order by created_at desc, id desc"));
  }

  @Override
  public Optional<Endpoint> find(UUID id) {
    return transactions
        .get("read the webhook endpoint", c -> select(c, "where id = ?", id))
        .stream()
        .findFirst();
  }

  private static List<Endpoint> select(Connection connection, String rest, Object... values)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, SELECT + rest, values);
        ResultSet row = select.executeQuery()) {
      List<Endpoint> found = new ArrayList<>();
      while (row.next()) {
        found.add(
            new Endpoint(
                row.getObject("id", UUID.class), row.getString("url"),
                row.getString("description"), events(row), Form.valueOf(row.getString("form")),
                row.getBoolean("active"), row.getLong("created_at"), health(row)));
      }
      return found;
    }
  }

  private static Set<EventType> events(ResultSet row) throws SQLException {
    Set<EventType> events = EnumSet.noneOf(EventType.class);
    Arrays.stream((Object[]) row.getArray("events").getArray())
        .forEach(code -> events.add(EventType.stored(code.toString())));
    return events;
  }

  private static Health health(ResultSet row) throws SQLException {
    return new Health(
        row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4), row.getString(5),
        row.getLong(6), row.getString(7));
  }

  @Override
  public void add(Endpoint endpoint, SigningSecret secret) {
    transactions.change(
        "keep the webhook endpoint",
        connection -> {
          write(
              connection, INSERT, endpoint.url(), endpoint.description(),
              codes(connection, endpoint), endpoint.form().name(), endpoint.active(),
              endpoint.createdAt(), endpoint.id());
          write(connection, ADD_SECRET, endpoint.id(), endpoint.createdAt(), secret.key());
        });
  }

  @Override
  public void change(Endpoint endpoint) {
    Health health = endpoint.health();
    transactions.change(
        "change the webhook endpoint",
        connection ->
            mustBeThere(
                write(
                    connection, CHANGE, endpoint.url(), endpoint.description(),
                    codes(connection, endpoint), endpoint.form().name(), endpoint.active(),
                    health.lastSuccessAt(), health.lastFailureAt(), health.failingSince(),
                    health.failures(), health.lastFailure(), health.offAt(), health.offWhy(),
                    endpoint.id())));
  }

  private static java.sql.Array codes(Connection connection, Endpoint endpoint)
      throws SQLException {
    return connection.createArrayOf(
        "text", endpoint.events().stream().map(EventType::code).toArray());
  }

  private static void mustBeThere(int rows) {
    if (rows == 0) {
      throw new Fault.NotFound("There is no such webhook endpoint.");
    }
  }

  @Override
  public void remove(UUID id, long now) {
    transactions.change(
        "take the webhook endpoint away",
        connection -> {
          mustBeThere(write(connection, "delete from webhook_endpoint where id = ?", id));
          drop(connection, id, now);
        });
  }

  // whoever holds one of them will find that it is not theirs any more
  static void drop(Connection connection, UUID endpoint, long now) throws SQLException {
    String kind = DeliverWebhook.kind(endpoint);
    write(connection, "delete from work_lane where kind = ?", kind);
    write(
        connection,
        "update work_item set state = 'DISMISSED', payload = '', settled_at = ?"
            + " where kind = ? and state in ('OPEN', 'DEAD')",
        now, kind);
  }

  @Override
  public List<SigningSecret> secrets(UUID id, long now) {
    return transactions.get(
        "read the secrets of a webhook endpoint",
        connection -> {
          try (PreparedStatement select = prepared(connection, SECRETS, id, now);
              ResultSet row = select.executeQuery()) {
            List<SigningSecret> secrets = new ArrayList<>();
            while (row.next()) {
              secrets.add(new SigningSecret(row.getBytes(1)));
            }
            return secrets;
          }
        });
  }

  @Override
  public void rotate(UUID id, SigningSecret fresh, long now, long until) {
    transactions.change(
        "rotate the secret of a webhook endpoint",
        connection -> {
          write(
              connection,
              "delete from webhook_secret where endpoint_id = ? and until <> 0 and until <= ?", id,
              now);
          mustBeThere(
              write(
                  connection,
                  "update webhook_secret set until = ? where endpoint_id = ? and until = 0", until,
                  id));
          // two within a microsecond
          write(
              connection,
              "insert into webhook_secret (endpoint_id, made_at, secret)"
                  + " select ?, greatest(?, max(made_at) + 1), ? from webhook_secret where endpoint_id = ?",
              id, now, fresh.key(), id);
        });
  }

  @Override
  public void succeeded(UUID id, long at) {
    transactions.change(
        "note that a webhook was delivered", c -> write(c, SUCCEEDED, at, id));
  }

  @Override
  public Optional<Health> failed(UUID id, long at, String why) {
    return transactions.get(
        "note that a webhook failed",
        connection -> {
          try (PreparedStatement update =
                  prepared(connection, FAILED, at, at, why.replace('\0', '·'), id);
              ResultSet row = update.executeQuery()) {
            return row.next() ? Optional.of(health(row)) : Optional.<Health>empty();
          }
        });
  }

  @Override
  public boolean off(UUID id, long at, String why, boolean drop) {
    return transactions.get(
        "switch a webhook endpoint off",
        connection -> {
          boolean was = write(connection, OFF, at, why.replace('\0', '·'), id) == 1;
          if (was && drop) {
            drop(connection, id, at);
          }
          return was;
        });
  }

  static int write(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
