package io.cordboard.store.work;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Keeps lanes in step with their items. */
final class Lanes {
  private static final String REFRESH =
      """
      with head as (
        select l.id, h.due_at, h.state from unnest(?::bigint[]) l(id) left join lateral (
          select due_at, state from work_item w
            where w.lane = l.id and w.state in ('OPEN', 'DEAD') order by w.id limit 1) h on true),
      gone as (
        delete from work_lane where id in (select id from head where state is null))
      update work_lane l set due_at = h.due_at, parked = h.state = 'DEAD', token = 0
        from head h where l.id = h.id and h.state is not null
      """;

  private Lanes() {}

  /** Frees lanes that this transaction has locked, and sets them for their first item. */
  static void refresh(Connection connection, Collection<Long> lanes) throws SQLException {
    try (PreparedStatement refresh = connection.prepareStatement(REFRESH)) {
      refresh.setArray(1, array(connection, lanes));
      refresh.executeUpdate();
    }
  }

  static Array array(Connection connection, Collection<Long> values) throws SQLException {
    return connection.createArrayOf("bigint", values.toArray());
  }
}
