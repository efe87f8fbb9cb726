package io.cordboard.store.customer;

import io.cordboard.core.service.CallBackTasks;
import io.cordboard.core.service.Tasks;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tasks of call-back in PostgreSQL; those of merged customers in one queue are one. */
public final class JdbcTasks implements Tasks, CallBackTasks {
  // the oldest of a merged customer's stands for all of them
  private static final String OPEN =
      """
      select distinct on (coalesce(t.merged_party, t.party), t.queue) t.id, t.number, t.queue, t.reason,
        sum(t.attempts) over w as attempts, sum(t.tries) over w as tries,
        max(t.last_try) over w as last_try, t.message_call, min(t.first_at) over w as first_at,
        max(t.last_at) over w as last_at, t.taken_by, t.customer_id,
        min(coalesce(t.due_at, t.first_at + 1800000000)) over w as due
      from task t where t.closed_at = 0
      window w as (partition by coalesce(t.merged_party, t.party), t.queue)
      order by coalesce(t.merged_party, t.party), t.queue, t.first_at, t.id
      """;
  private static final String LIST =
      """
      select o.id, s.id, s.name, o.number, o.queue, o.reason, o.attempts, o.first_at, o.last_at, o.due,
        o.taken_by, (select display_name from app_user where id = o.taken_by),
        o.tries, o.last_try,
        (select name from recording where call_id = o.message_call and segment = 0 and state = 'STORED'
          order by name limit 1)
      from (%s) o
      left join customer c on c.id = o.customer_id
      left join customer s on s.id = coalesce(c.merged_into, c.id)
      where (o.due, o.id) > (?, ?) and %s
      order by o.due, o.id limit ?
      """;
  private static final String ONE =
      """
      select t.id, s.id, s.name, t.number, t.queue, t.reason, t.attempts, t.first_at, t.last_at,
        coalesce(t.due_at, t.first_at + 1800000000), t.taken_by,
        (select display_name from app_user where id = t.taken_by), t.tries, t.last_try,
        (select name from recording where call_id = t.message_call and segment = 0 and state = 'STORED'
          order by name limit 1)
      from task t left join customer c on c.id = t.customer_id
      left join customer s on s.id = coalesce(c.merged_into, c.id)
      where t.id = ?
      """;
  private static final String COUNT =
      "select count(*), count(*) filter (where o.due <= ?) from (%s) o where %s";
  // a task's id is hashed with what else the list shows: any change of one is another version
  private static final String OWED =
      """
      select o.queue, o.taken_by, count(*), count(*) filter (where o.due <= ?), max(o.last_at),
        min(o.due) filter (where o.due > ?),
        bit_xor(uuid_hash_extended(
          o.id, o.due + 31 * o.last_at + 961 * o.attempts + 29791 * o.tries))
      from (%s) o group by o.queue, o.taken_by
      """.formatted(OPEN);
  // with all of the same customer and queue
  private static final String SAME =
      """
      select id, taken_by, closed_at from task
      where id = ? or closed_at = 0 and (coalesce(merged_party, party), queue) in (
        select coalesce(merged_party, party), queue from task where id = ?)
      order by id for update
      """;

  private final Transactions transactions;

  public JdbcTasks(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public List<Task> list(Scope scope, @Nullable Position after, int most) {
    return transactions.get(
        "read tasks",
        connection -> {
          List<@Nullable Object> parameters = new ArrayList<>();
          parameters.add(after == null ? Long.MIN_VALUE : after.dueAt());
          parameters.add(after == null ? new UUID(0, 0) : after.id());
          parameters.addAll(parameters(connection, scope));
          parameters.add(most);
          return Sql.list(
              connection, JdbcTasks::task, LIST.formatted(OPEN, where(scope)),
              parameters.toArray());
        });
  }

  @Override
  public Optional<Task> find(UUID task) {
    return transactions
        .get("read a task", connection -> Sql.list(connection, JdbcTasks::task, ONE, task))
        .stream()
        .findFirst();
  }

  @Override
  public Counts count(Scope scope, long now) {
    return transactions.get(
        "count tasks",
        connection -> {
          List<@Nullable Object> parameters = new ArrayList<>();
          parameters.add(now);
          parameters.addAll(parameters(connection, scope));
          Counts counts =
              Sql.first(
                  connection,
                  row -> new Counts(row.getInt(1), row.getInt(2)),
                  COUNT.formatted(OPEN, where(scope)),
                  parameters.toArray());
          return counts == null ? new Counts(0, 0) : counts;
        });
  }

  @Override
  public List<Owed> owed(long now) {
    return transactions.get(
        "count what is owed", connection -> Sql.list(connection, JdbcTasks::owed, OWED, now, now));
  }

  private static Owed owed(ResultSet row) throws SQLException {
    UUID taker = row.getObject(2, UUID.class);
    long next = row.getLong(6);
    long nextDue = row.wasNull() ? Long.MAX_VALUE : next;
    return new Owed(
        row.getString(1),
        taker == null ? null : new AgentId(taker),
        row.getInt(3),
        row.getInt(4),
        row.getLong(5),
        nextDue,
        row.getLong(7));
  }

  private static String where(Scope scope) {
    return switch (scope) {
      case Scope.Mine mine -> "o.taken_by = ?";
      case Scope.Queues queues -> "o.queue = any (?) and (o.taken_by is null or o.taken_by = ?)";
      case Scope.Open open -> "true";
    };
  }

  private static List<Object> parameters(Connection connection, Scope scope) throws SQLException {
    return switch (scope) {
      case Scope.Mine(var agent) -> List.of(agent.value());
      case Scope.Queues(var agent, var queues) ->
          List.of(Sql.texts(connection, queues), agent.value());
      case Scope.Open open -> List.of();
    };
  }

  private static Task task(ResultSet row) throws SQLException {
    UUID taker = row.getObject(11, UUID.class);
    return new Task(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        Clock.instant(row.getLong(8)),
        Clock.instant(row.getLong(9)),
        Clock.instant(row.getLong(10)),
        row.getLong(10),
        taker == null ? null : new AgentId(taker),
        row.getString(12),
        row.getInt(13),
        row.getString(14),
        row.getString(15));
  }

  @Override
  public void take(UUID task, AgentId agent, long at) {
    write(
        task, agent, false, "taken_by = ?, taken_at = ?, given = false", agent.value(), at);
  }

  @Override
  public void giveBack(UUID task, AgentId agent) {
    write(task, agent, true, "taken_by = null, taken_at = 0, given = false");
  }

  @Override
  public void postpone(UUID task, AgentId agent, long dueAt) {
    write(task, agent, false, "due_at = ?", dueAt);
  }

  @Override
  public void done(UUID task, AgentId agent, long at) {
    write(task, agent, false, "closed_at = ?, closed_by = ?", at, "user:" + agent);
  }

  /** It is done, as another system says, whoever has taken it; with all of the same customer and queue. */
  public static void doneElsewhere(Connection connection, UUID task, String by, long at) throws SQLException {
    writeAll(connection, task, "closed_at = ?, closed_by = ?", at, by);
  }

  /** It is due at another time, as another system says; with all of the same customer and queue. */
  public static void dueAt(Connection connection, UUID task, long dueAt) throws SQLException {
    writeAll(connection, task, "due_at = ?", dueAt);
  }

  private static void writeAll(Connection connection, UUID task, String set, Object... values) throws SQLException {
    List<UUID> same = Sql.list(connection, row -> row.getObject(1, UUID.class), SAME, task, task);
    List<Object> parameters = new ArrayList<>(Arrays.asList(values));
    parameters.add(connection.createArrayOf("uuid", same.toArray()));
    Sql.write(connection, "update task set " + set + " where id = any (?) and closed_at = 0", parameters.toArray());
  }

  // a task that is taken or done is still found: it tells that there is nothing to give. What was given and came
  // to nothing, as a kill leaves it, may be given again
  @Override
  public Given give(CallId call, AgentId agent, long at) {
    return transactions.get(
        "give a call-back",
        connection -> {
          Boolean free =
              Sql.first(
                  connection,
                  row -> row.getBoolean(1),
                  """
                  select (taken_by is null or given) and closed_at = 0 from task
                  where last_call = ? or first_call = ?
                  order by closed_at = 0 desc limit 1 for update
                  """,
                  call.value(), call.value());
          if (free == null) {
            return Given.NONE;
          }
          if (free) {
            Sql.write(
                connection,
                "update task set taken_by = ?, taken_at = ?, given = true where closed_at = 0"
                    + " and (taken_by is null or given)"
                    + " and (last_call = ? or first_call = ?)",
                agent.value(), at, call.value(), call.value());
          }
          return free ? Given.GIVEN : Given.TAKEN;
        });
  }

  private record Held(UUID id, @Nullable UUID taker, boolean closed) {}

  private void write(UUID task, AgentId agent, boolean own, String set, Object... values) {
    transactions.change(
        "change a task",
        connection -> {
          List<Held> same =
              Sql.list(
                  connection,
                  row ->
                      new Held(
                          row.getObject(1, UUID.class),
                          row.getObject(2, UUID.class),
                          row.getLong(3) != 0),
                  SAME,
                  task,
                  task);
          check(same, task, agent, own);
          List<Object> parameters = new ArrayList<>(Arrays.asList(values));
          parameters.add(
              connection.createArrayOf("uuid", same.stream().map(Held::id).toArray()));
          Sql.write(
              connection,
              "update task set " + set + " where id = any (?) and closed_at = 0",
              parameters.toArray());
        });
  }

  private static void check(List<Held> same, UUID task, AgentId agent, boolean own) {
    Held asked =
        same.stream()
            .filter(held -> held.id().equals(task))
            .findFirst()
            .orElseThrow(() -> new Fault.NotFound("There is no such task."));
    if (asked.closed()) {
      throw new Fault.Refused("This task is done already: the customer was reached meanwhile.");
    }
    boolean others =
        same.stream().anyMatch(held -> held.taker() != null && !held.taker().equals(agent.value()));
    if (others) {
      throw new Fault.Refused("Somebody else has taken this task: choose another one.");
    }
    if (own && asked.taker() == null) {
      throw new Fault.Refused("Nobody has taken this task: there is nothing to give back.");
    }
  }
}
