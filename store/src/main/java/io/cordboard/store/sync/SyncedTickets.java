package io.cordboard.store.sync;

import io.cordboard.core.sync.Ours;
import io.cordboard.core.sync.SyncStore.Change;
import io.cordboard.kernel.Fault;
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

/** Service records as other systems see them: their tickets. */
final class SyncedTickets {
  private static final String READ =
      """
      select o.id::text, coalesce(c.merged_into, c.id)::text, o.changed_at, o.number, o.title, o.state, o.opened_at,
        o.closed_at
      from service_record o join customer c on c.id = o.customer_id where o.id = any (?)
      """;

  private SyncedTickets() {}

  static List<Ours> read(Connection connection, Object ids) throws SQLException {
    return Sql.list(connection, SyncedTickets::ours, READ, ids);
  }

  private static Ours ours(ResultSet row) throws SQLException {
    SortedMap<String, Value> fields = new TreeMap<>();
    fields.put("number", FactFields.text(row.getString(4)));
    fields.put("title", FactFields.text(row.getString(5)));
    fields.put("state", FactFields.text(row.getString(6)));
    fields.put("openedAt", FactFields.time(row.getLong(7)));
    fields.put("closedAt", FactFields.time(row.getLong(8)));
    return new Ours(RecordKind.TICKET, row.getString(1), row.getLong(3), false, row.getString(2), fields);
  }

  private record Ticket(UUID customer, long openedAt, String number, long closedAt, String title, String state) {
    Ticket with(Change change, long now) {
      SortedMap<String, Value> fields = change.fields();
      long opened = FactFields.time(fields, "openedAt", openedAt, openedAt);
      return new Ticket(
          change.customer() == null ? customer : UUID.fromString(change.customer()),
          opened == 0 ? now : opened,
          FactFields.text(fields, "number", number),
          FactFields.time(fields, "closedAt", closedAt, 0),
          FactFields.text(fields, "title", title),
          FactFields.text(fields, "state", state));
    }
  }

  static void apply(Connection connection, Change change, long at) throws SQLException {
    UUID id = UUID.fromString(change.ours());
    Ticket stands =
        change.make()
            ? new Ticket(id, 0, "", 0, "", "")
            : Sql.first(
                connection,
                row ->
                    new Ticket(
                        row.getObject(1, UUID.class), row.getLong(2), row.getString(3), row.getLong(4),
                        row.getString(5), row.getString(6)),
                "select customer_id, opened_at, number, closed_at, title, state from service_record where id = ?", id);
    if (stands == null) {
      return;
    }
    Ticket then = stands.with(change, at);
    mustBeFree(connection, id, then);
    if (change.make()) {
      Sql.write(
          connection,
          """
          insert into service_record (customer_id, opened_at, number, closed_at, title, state, id, changed_at)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          then.customer, then.openedAt, then.number, then.closedAt, then.title, then.state, id, at);
    } else {
      Sql.write(
          connection,
          """
          update service_record set customer_id = ?, opened_at = ?, number = ?, closed_at = ?, title = ?, state = ?,
            changed_at = ? where id = ?
          """,
          then.customer, then.openedAt, then.number, then.closedAt, then.title, then.state, at, id);
    }
  }

  private static void mustBeFree(Connection connection, UUID id, Ticket then) throws SQLException {
    boolean taken =
        !Sql.list(
                connection, row -> true,
                """
                select 1 from service_record
                where customer_id = ? and opened_at = ? and number = ? and id is distinct from ?
                """,
                then.customer, then.openedAt, then.number, id)
            .isEmpty();
    if (taken) {
      throw new Fault.Refused("number: the customer has another ticket of the same number and time.");
    }
  }
}
