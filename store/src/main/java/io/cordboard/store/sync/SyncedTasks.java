package io.cordboard.store.sync;

import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore.Change;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.JdbcTasks;
import io.cordboard.store.customer.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Call-backs as other systems see them: tasks. They are made by calls, never by another system. */
final class SyncedTasks {
  private static final String READ =
      """
      select t.id::text, coalesce(c.merged_into, c.id)::text, greatest(t.last_at, t.closed_at, t.taken_at), t.closed_at,
        coalesce(t.due_at, t.first_at + 1800000000),
        coalesce((select display_name from app_user where id = t.taken_by), '')
      from task t left join customer c on c.id = t.customer_id where t.id = any (?)
      """;
  private static final Value DONE = new Value.Text("DONE");
  private static final Value OPEN = new Value.Text("OPEN");

  private SyncedTasks() {}

  static List<Ours> read(Connection connection, Object ids) throws SQLException {
    return Sql.list(connection, SyncedTasks::ours, READ, ids);
  }

  private static Ours ours(ResultSet row) throws SQLException {
    String customer = row.getString(2);
    SortedMap<String, Value> fields = new TreeMap<>();
    fields.put("title", new Value.Text("Call back"));
    fields.put("state", row.getLong(4) == 0 ? OPEN : DONE);
    fields.put("due", FactFields.time(row.getLong(5)));
    fields.put("owner", FactFields.text(row.getString(6)));
    return new Ours(RecordKind.TASK, row.getString(1), row.getLong(3), customer == null, customer, fields);
  }

  /**
   * Done there is done here, for all of the same customer and queue; due on another day there is due then here.
   *
   * @return whether something of it cannot be: what is done stays done, and they are to be told so
   */
  static boolean apply(Connection connection, Change change, long at) throws SQLException {
    UUID id = UUID.fromString(change.ours());
    Long due =
        Sql.first(
            connection, row -> row.getLong(1),
            "select coalesce(due_at, first_at + 1800000000) from task where id = ? and closed_at = 0", id);
    if (due == null) {
      return true;
    }
    if (change.fields().containsKey("due")) {
      JdbcTasks.dueAt(connection, id, FactFields.time(change.fields(), "due", due, due));
    }
    if (DONE.equals(change.fields().get("state"))) {
      JdbcTasks.doneElsewhere(connection, id, change.by(), at);
    }
    return !change.fields().keySet().stream().allMatch(name -> name.equals("due") || name.equals("state"));
  }
}
