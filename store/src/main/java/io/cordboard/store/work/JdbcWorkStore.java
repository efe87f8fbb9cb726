package io.cordboard.store.work;

import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkItem;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.Clock;
import io.cordboard.store.Transactions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Work as rows of {@code work_lane} and {@code work_item}.
 *
 * <p>Easy to get wrong: whatever is read to decide something about a lane is read by a statement
 * after the one that locked the lane. Within one statement the items would be those of before the
 * lock.
 */
public final class JdbcWorkStore implements WorkStore {
  private static final int PURGE_BATCH = 5_000;

  private static final int KEPT_ATTEMPTS = 20;

  private static final String TAKE_LANES =
      """
      update work_lane set due_at = ?, token = nextval('work_token')
        where id = any(array(
          select id from work_lane where kind = ? and due_at <= ? and not parked
            order by due_at limit ? for update skip locked))
        returning id, token
      """;
  private static final String TAKE_HEADS =
      """
      with head as (
        select i.* from unnest(?::bigint[]) l(id) cross join lateral (
          select * from work_item w where w.lane = l.id and w.state in ('OPEN', 'DEAD')
            order by w.id limit 1) i
          where i.state = 'OPEN'),
      marked as (
        update work_item w set attempt = w.attempt + 1, in_doubt = true
          from head h where w.id = h.id)
      select id, lane, kind, key, idempotency, payload, attempt + 1, in_doubt from head
      """;
  // in one order everywhere, also where work is added: two transactions never wait for each other
  private static final String LOCK_LANES =
      """
      select l.token from work_lane l
        join unnest(?::bigint[], ?::bigint[]) u(id, token) on l.id = u.id and l.token = u.token
        order by l.kind, l.key for update of l
      """;
  private static final String RENEW = "update work_lane set due_at = ? where token = any(?)";
  private static final String SETTLE =
      """
      with u as (
        select * from unnest(?::bigint[], ?::text[], ?::bigint[], ?::boolean[], ?::text[], ?::integer[])
          u(id, state, due_at, in_doubt, reason, uncounted)),
      failed as (
        insert into work_attempt as old (item, slot, attempt, at, in_doubt, reason)
          select i.id, i.attempt %% %1$d, i.attempt, ?, u.in_doubt, u.reason
            from u join work_item i on i.id = u.id where u.reason is not null
          on conflict (item, slot) do update set attempt = excluded.attempt, at = excluded.at,
            in_doubt = excluded.in_doubt, reason = excluded.reason)
      update work_item i set
          state = u.state,
          due_at = coalesce(u.due_at, i.due_at),
          in_doubt = u.in_doubt,
          reason = coalesce(u.reason, i.reason),
          attempt = i.attempt - u.uncounted,
          payload = case when u.state = 'DONE' then '' else i.payload end,
          settled_at = case when u.state = 'OPEN' then 0 else ? end
        from u where i.id = u.id
      """
          .formatted(KEPT_ATTEMPTS);
  private static final String BACKLOG =
      "select count(*), coalesce(min(created_at), 0) from work_item where state = 'OPEN'";
  private static final String BACKLOGS =
      "select kind, count(*), min(created_at) from work_item where state = 'OPEN' group by kind";
  private static final String PURGE =
      """
      delete from work_item where id = any(array(
        select id from work_item where state in ('DONE', 'DISMISSED') and settled_at < ?
          order by settled_at limit ?))
      """;

  private final Transactions transactions;
  private final Clock clock;

  public JdbcWorkStore(DataSource source, Clock clock) {
    this.transactions = new Transactions(source);
    this.clock = clock;
  }

  @Override
  public int add(List<NewWork> work) {
    return transactions.get("keep work", c -> WorkRows.insert(c, work, clock.micros()));
  }

  @Override
  public List<WorkItem> claim(Set<String> kinds, int most, long now, long leaseUntil) {
    return transactions.get(
        "claim work",
        connection -> {
          Map<Long, Long> lanes = new HashMap<>();
          // a fair share for each kind, then what is left for any: one that has a mountain of work does not hide another's
          int share = Math.ceilDiv(most, Math.max(1, kinds.size()));
          for (String kind : kinds) {
            takeInto(lanes, connection, kind, Math.min(share, most - lanes.size()), now, leaseUntil);
          }
          for (String kind : kinds) {
            takeInto(lanes, connection, kind, kinds.size() == 1 ? 0 : most - lanes.size(), now, leaseUntil);
          }
          if (lanes.isEmpty()) {
            return List.of();
          }
          List<WorkItem> items = takeHeads(connection, lanes);
          if (items.size() < lanes.size()) {
            items.forEach(item -> lanes.remove(item.lane()));
            Lanes.refresh(connection, lanes.keySet());
          }
          return items;
        });
  }

  private static void takeInto(
      Map<Long, Long> lanes, Connection connection, String kind, int most, long now, long leaseUntil)
      throws SQLException {
    if (most > 0) {
      lanes.putAll(takeLanes(connection, kind, most, now, leaseUntil));
    }
  }

  private static Map<Long, Long> takeLanes(
      Connection connection, String kind, int most, long now, long leaseUntil)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_LANES)) {
      take.setLong(1, leaseUntil);
      take.setString(2, kind);
      take.setLong(3, now);
      take.setInt(4, most);
      Map<Long, Long> tokens = new HashMap<>();
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          tokens.put(rows.getLong(1), rows.getLong(2));
        }
      }
      return tokens;
    }
  }

  private static List<WorkItem> takeHeads(Connection connection, Map<Long, Long> lanes)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_HEADS)) {
      take.setArray(1, Lanes.array(connection, lanes.keySet()));
      List<WorkItem> items = new ArrayList<>();
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          items.add(item(rows, lanes));
        }
      }
      return items;
    }
  }

  private static WorkItem item(ResultSet row, Map<Long, Long> lanes) throws SQLException {
    long lane = row.getLong(2);
    return new WorkItem(
        row.getLong(1),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        row.getBoolean(8),
        lane,
        lanes.getOrDefault(lane, 0L));
  }

  @Override
  public Set<Long> settle(List<Settled> settled, long now) {
    return transactions.get(
        "settle work",
        connection -> {
          List<WorkItem> items = settled.stream().map(Settled::item).toList();
          Set<Long> ours = lock(connection, items);
          List<Settled> valid =
              settled.stream().filter(s -> ours.contains(s.item().token())).toList();
          update(connection, valid, now);
          Lanes.refresh(connection, valid.stream().map(s -> s.item().lane()).toList());
          return without(items, ours);
        });
  }

  private static void update(Connection connection, List<Settled> settled, long now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
      List<SettledRow> rows = settled.stream().map(SettledRow::of).toList();
      update.setArray(1, array(connection, "bigint", rows.stream().map(SettledRow::id).toList()));
      update.setArray(2, array(connection, "text", rows.stream().map(SettledRow::state).toList()));
      update.setArray(
          3, array(connection, "bigint", rows.stream().map(SettledRow::dueAt).toList()));
      update.setArray(
          4, array(connection, "boolean", rows.stream().map(SettledRow::inDoubt).toList()));
      update.setArray(5, array(connection, "text", rows.stream().map(SettledRow::reason).toList()));
      update.setArray(
          6, array(connection, "integer", rows.stream().map(SettledRow::uncounted).toList()));
      update.setLong(7, now);
      update.setLong(8, now);
      update.executeUpdate();
    }
  }

  @Override
  public Set<Long> renew(List<WorkItem> held, long leaseUntil) {
    return transactions.get(
        "extend the hold on work",
        connection -> {
          Set<Long> ours = lock(connection, held);
          try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
            renew.setLong(1, leaseUntil);
            renew.setArray(2, Lanes.array(connection, ours));
            renew.executeUpdate();
          }
          return without(held, ours);
        });
  }

  @Override
  public int purge(long doneBefore) {
    return transactions.get(
        "delete finished work",
        connection -> {
          try (PreparedStatement purge = connection.prepareStatement(PURGE)) {
            purge.setLong(1, doneBefore);
            purge.setInt(2, PURGE_BATCH);
            return purge.executeUpdate();
          }
        });
  }

  @Override
  public Backlog backlog() {
    return transactions.get(
        "count the open work",
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(BACKLOG);
              ResultSet row = count.executeQuery()) {
            row.next();
            return new Backlog(row.getLong(1), row.getLong(2));
          }
        });
  }

  @Override
  public Map<String, Backlog> backlogs() {
    return transactions.get(
        "count the open work",
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(BACKLOGS);
              ResultSet rows = count.executeQuery()) {
            Map<String, Backlog> backlogs = new HashMap<>();
            while (rows.next()) {
              backlogs.put(rows.getString(1), new Backlog(rows.getLong(2), rows.getLong(3)));
            }
            return backlogs;
          }
        });
  }

  private static Set<Long> lock(Connection connection, List<WorkItem> items) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(LOCK_LANES)) {
      lock.setArray(1, Lanes.array(connection, items.stream().map(WorkItem::lane).toList()));
      lock.setArray(2, Lanes.array(connection, items.stream().map(WorkItem::token).toList()));
      Set<Long> tokens = new HashSet<>();
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          tokens.add(rows.getLong(1));
        }
      }
      return tokens;
    }
  }

  private static Set<Long> without(List<WorkItem> items, Set<Long> ours) {
    Set<Long> lost = new HashSet<>();
    items.stream().map(WorkItem::token).filter(t -> !ours.contains(t)).forEach(lost::add);
    return lost;
  }

  private static Array array(Connection connection, String type, Collection<?> values)
      throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }
}
