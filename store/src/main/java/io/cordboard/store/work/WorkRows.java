package io.cordboard.store.work;

import io.cordboard.core.work.NewWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * Adds work within the caller's transaction, so that a change and what follows from it stand
 * together.
 */
public final class WorkRows {
  // the lane is locked before its items get their numbers, so that a lane's order is the order of
  // commits
  private static final String INSERT =
      """
      with input as (
        select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
          with ordinality as u(kind, key, idempotency, payload, due_at, place)),
      fresh as (
        select * from input i where not exists (
          select 1 from work_item w where w.kind = i.kind and w.idempotency = i.idempotency)),
      lane as (
        insert into work_lane (kind, key, due_at)
          select kind, key, (array_agg(due_at order by place))[1] from fresh group by kind, key
            order by kind, key
          on conflict (kind, key) do update set key = excluded.key
          returning id, kind, key)
      insert into work_item (lane, kind, key, idempotency, payload, due_at, created_at)
        select l.id, f.kind, f.key, f.idempotency, f.payload, f.due_at, ?
          from fresh f join lane l on l.kind = f.kind and l.key = f.key order by f.place
        on conflict (kind, idempotency) do nothing
      """;

  private WorkRows() {}

  /** Adds what is not known yet; returns how many that were. */
  public static int insert(Connection connection, List<NewWork> work, long now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, texts(connection, work, NewWork::kind));
      insert.setArray(2, texts(connection, work, NewWork::key));
      insert.setArray(3, texts(connection, work, NewWork::idempotencyKey));
      insert.setArray(4, texts(connection, work, NewWork::payload));
      insert.setArray(
          5, connection.createArrayOf("bigint", work.stream().map(NewWork::dueAt).toArray()));
      insert.setLong(6, now);
      return insert.executeUpdate();
    }
  }

  private static java.sql.Array texts(
      Connection connection, List<NewWork> work, Function<NewWork, String> field)
      throws SQLException {
    return connection.createArrayOf("text", work.stream().map(field).toArray());
  }
}
