package io.cordboard.store.sync;

import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore.Change;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.store.customer.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Leads as other systems see them. */
final class SyncedLeads {
  private static final String READ =
      """
      select o.id::text, coalesce(c.merged_into, c.id)::text, o.changed_at, o.number, o.title, o.state, o.notes
      from lead o join customer c on c.id = o.customer_id where o.id = any (?)
      """;

  private SyncedLeads() {}

  static List<Ours> read(Connection connection, Object ids) throws SQLException {
    return Sql.list(connection, SyncedLeads::ours, READ, ids);
  }

  private static Ours ours(ResultSet row) throws SQLException {
    SortedMap<String, Value> fields = new TreeMap<>();
    fields.put("number", FactFields.text(row.getString(4)));
    fields.put("title", FactFields.text(row.getString(5)));
    fields.put("state", FactFields.text(row.getString(6)));
    fields.put("notes", FactFields.text(row.getString(7)));
    return new Ours(RecordKind.LEAD, row.getString(1), row.getLong(3), false, row.getString(2), fields);
  }

  private record Lead(UUID customer, String title, String state, String number, String notes) {
    Lead with(Change change) {
      SortedMap<String, Value> fields = change.fields();
      return new Lead(
          change.customer() == null ? customer : UUID.fromString(change.customer()),
          FactFields.text(fields, "title", title),
          FactFields.text(fields, "state", state),
          FactFields.text(fields, "number", number),
          FactFields.text(fields, "notes", notes));
    }
  }

  static void apply(Connection connection, Change change, long at) throws SQLException {
    UUID id = UUID.fromString(change.ours());
    if (change.make()) {
      Lead then = new Lead(id, "", "", "", "").with(change);
      Sql.write(
          connection,
          """
          insert into lead (id, customer_id, title, state, number, notes, created_at, changed_at, by)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          id, then.customer, then.title, then.state, then.number, then.notes, at, at, change.by());
      return;
    }
    Lead stands =
        Sql.first(
            connection,
            row ->
                new Lead(
                    row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getString(4),
                    row.getString(5)),
            "select customer_id, title, state, number, notes from lead where id = ?", id);
    if (stands != null) {
      Lead then = stands.with(change);
      Sql.write(
          connection,
          "update lead set customer_id = ?, title = ?, state = ?, number = ?, notes = ?, changed_at = ? where id = ?",
          then.customer, then.title, then.state, then.number, then.notes, at, id);
    }
  }
}
