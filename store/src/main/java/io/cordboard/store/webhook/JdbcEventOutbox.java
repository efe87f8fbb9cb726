package io.cordboard.store.webhook;

import static io.cordboard.store.webhook.JdbcEndpoints.prepared;
import static io.cordboard.store.webhook.JdbcEndpoints.write;

import io.cordboard.core.sync.webhook.EventOutbox;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.work.NewWork;
import io.cordboard.store.Transactions;
import io.cordboard.store.work.WorkRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/** What is to be told, as rows of {@code webhook_event}, and how that went. */
public final class JdbcEventOutbox implements EventOutbox {
  // two who hand over at once could turn the order of one customer's events round
  private static final String ALONE = "select pg_try_advisory_xact_lock(7241520118)";
  private static final String COLUMNS = "select id, type, subject, at, ids, n from webhook_event ";
  private static final String OPEN = COLUMNS + "where handed_at = 0 order by n limit ?";
  private static final String HANDED =
      """
      update webhook_event e set handed_at = ?, feed_n = o.k
      from (select n, nextval('webhook_feed_n') as k
        from (select n from webhook_event where n = any (?) order by n) s) o
      where e.n = o.n
      """;
  private static final String WANTED = "select id, events from webhook_endpoint where active";
  private static final String INSERT =
      """
      insert into webhook_event (id, type, subject, at, ids, handed_at) values (?, ?, ?, ?, ?, ?)
      """;
  private static final String NOTE =
      """
      insert into webhook_delivery (endpoint_id, event_id, type, at, attempt, status, millis, failure)
      select id, ?, ?, ?, ?, ?, ?, ? from webhook_endpoint where id = ?
      """;
  private static final String DELIVERIES =
      """
      select id, event_id, type, at, attempt, status, millis, failure from webhook_delivery
      where endpoint_id = ? and id < ? order by id desc limit ?
      """;
  private static final String FORGET =
      """
      with gone as (delete from webhook_event where handed_at between 1 and ? returning feed_n)
      update change_feed
        set forgotten = greatest(forgotten, coalesce((select max(feed_n) from gone), 0))
      """;
  private static final String DROPPED =
      """
      with old as (
        select i.id, i.lane from work_item i
        where i.kind like 'webhook:%' and i.state in ('OPEN', 'DEAD') and i.created_at < ?
          and not exists (
            select 1 from webhook_endpoint e where e.active and i.kind = 'webhook:' || e.id)),
      gone as (
        delete from work_lane l where l.id in (select lane from old) and not exists (
          select 1 from work_item w where w.lane = l.id and w.state in ('OPEN', 'DEAD')
            and w.id not in (select id from old)))
      update work_item i set state = 'DISMISSED', payload = '', settled_at = ?
      from old where i.id = old.id
      """;

  private final Transactions transactions;

  public JdbcEventOutbox(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Handed handOver(int most, long now, BiFunction<Event, UUID, NewWork> work) {
    return transactions.get(
        "hand over what is to be told",
        connection -> {
          if (!alone(connection)) {
            return new Handed(0, Set.of());
          }
          Map<Long, Event> events = events(connection, OPEN, most);
          Set<UUID> endpoints = new LinkedHashSet<>();
          if (!events.isEmpty()) {
            List<NewWork> all = new ArrayList<>();
            Map<UUID, Set<String>> wanted = wanted(connection);
            for (Event event : events.values()) {
              wanted.forEach(
                  (id, codes) -> {
                    if (codes.contains(event.type().code())) {
                      all.add(work.apply(event, id));
                      endpoints.add(id);
                    }
                  });
            }
            WorkRows.insert(connection, all, now);
            Array handed = connection.createArrayOf("bigint", events.keySet().toArray());
            write(connection, HANDED, now, handed);
          }
          return new Handed(events.size(), endpoints);
        });
  }

  private static boolean alone(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(ALONE);
        ResultSet row = lock.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Map<UUID, Set<String>> wanted(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(WANTED);
        ResultSet row = select.executeQuery()) {
      Map<UUID, Set<String>> wanted = new LinkedHashMap<>();
      while (row.next()) {
        wanted.put(
            row.getObject(1, UUID.class), Set.of((String[]) row.getArray(2).getArray()));
      }
      return wanted;
    }
  }

  private static Map<Long, Event> events(Connection connection, String sql, Object value)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, sql, value);
        ResultSet row = select.executeQuery()) {
      return events(row);
    }
  }

  /** Events by the number that stands in the sixth column. */
  static Map<Long, Event> events(ResultSet row) throws SQLException {
    Map<Long, Event> events = new LinkedHashMap<>();
    while (row.next()) {
      events.put(
          row.getLong(6),
          new Event(
              row.getObject(1, UUID.class), EventType.stored(row.getString(2)),
              row.getObject(3, UUID.class), row.getLong(4),
              ids((String[]) row.getArray(5).getArray())));
    }
    return events;
  }

  private static Map<String, String> ids(String[] pairs) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      ids.put(pairs[i], pairs[i + 1]);
    }
    return ids;
  }

  @Override
  public Optional<Event> event(UUID event) {
    return transactions
        .get("read an event", c -> events(c, COLUMNS + "where id = ?", event))
        .values()
        .stream()
        .findFirst();
  }

  @Override
  public void add(Event event, NewWork work, long now) {
    transactions.change(
        "keep an event",
        connection -> {
          List<String> pairs = new ArrayList<>();
          event.ids().forEach((name, id) -> pairs.addAll(List.of(name, id)));
          write(
              connection, INSERT, event.id(), event.type().code(), event.subject(), event.at(),
              connection.createArrayOf("text", pairs.toArray()), now);
          WorkRows.insert(connection, List.of(work), now);
        });
  }

  @Override
  public void again(NewWork work, long now) {
    transactions.change(
        "keep an event to be told again", c -> WorkRows.insert(c, List.of(work), now));
  }

  @Override
  public void note(UUID endpoint, Delivery delivery) {
    String failure = delivery.failure() == null ? null : delivery.failure().replace('\0', '·');
    transactions.change(
        "note what became of a webhook",
        connection ->
            write(
                connection, NOTE, delivery.event(), delivery.type().code(), delivery.at(),
                delivery.attempt(), delivery.status(), delivery.millis(), failure, endpoint));
  }

  @Override
  public List<Delivery> deliveries(UUID endpoint, long before, int most) {
    return transactions.get(
        "read what became of webhooks",
        connection -> {
          long from = before == 0 ? Long.MAX_VALUE : before;
          try (PreparedStatement select = prepared(connection, DELIVERIES, endpoint, from, most);
              ResultSet row = select.executeQuery()) {
            List<Delivery> page = new ArrayList<>();
            while (row.next()) {
              page.add(
                  new Delivery(
                      row.getLong(1), row.getObject(2, UUID.class),
                      EventType.stored(row.getString(3)), row.getLong(4), row.getInt(5),
                      row.getInt(6), row.getInt(7), row.getString(8)));
            }
            return page;
          }
        });
  }

  @Override
  public void purge(long before, long now) {
    transactions.change(
        "forget old events",
        connection -> {
          write(connection, DROPPED, before, now);
          write(connection, "delete from webhook_delivery where at < ?", before);
          write(connection, FORGET, before - 1);
        });
  }
}
