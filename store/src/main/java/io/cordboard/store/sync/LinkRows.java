package io.cordboard.store.sync;

import io.cordboard.core.sync.Link;
import io.cordboard.core.sync.SyncStore.Kept;
import io.cordboard.core.sync.ThreeWay.Clash;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.store.customer.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of {@code sync_link} and {@code sync_clash}. */
final class LinkRows {
  static final String COLUMNS = "select kind, ours, ref, theirs, version, agreed, customer, state, rev from sync_link ";

  // a link whose rev is another one, or whose record there is somebody else's, is left out
  private static final String KEEP =
      """
      insert into sync_link as l (crm, kind, ours, ref, theirs, version, agreed, customer, state, rev, at)
        select ?, u.kind, u.ours, u.ref, u.theirs, u.version, u.agreed, u.customer, u.state, 1, ?
          from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
            u (kind, ours, ref, theirs, version, agreed, customer, state, rev)
          where (u.rev = 0 or exists (
              select 1 from sync_link o where o.crm = ? and o.kind = u.kind and o.ours = u.ours and o.rev = u.rev))
            and not exists (
              select 1 from sync_link o
                where o.crm = ? and o.kind = u.kind and o.theirs = u.theirs and o.ours <> u.ours and u.theirs <> '')
          order by u.kind, u.ours
      on conflict (crm, kind, ours) do update
        set ref = excluded.ref, theirs = excluded.theirs, version = excluded.version, agreed = excluded.agreed,
          customer = excluded.customer, state = excluded.state, rev = l.rev + 1, at = excluded.at
        where l.rev = (select r.rev from unnest(?::text[], ?::bigint[]) r (ours, rev) where r.ours = l.ours)
      returning ours
      """;
  private static final String CLASH =
      """
      insert into sync_clash (crm, kind, ours, field, at, ours_lost, lost, stands) values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private LinkRows() {}

  static Link link(ResultSet row) throws SQLException {
    return new Link(
        RecordKind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        FieldsText.read(row.getString(6)),
        row.getString(7),
        Link.State.valueOf(row.getString(8)),
        row.getLong(9));
  }

  static @Nullable Link byTheirs(Connection connection, String crm, RecordKind kind, String theirs, boolean lock)
      throws SQLException {
    return Sql.first(
        connection, LinkRows::link,
        COLUMNS + "where crm = ? and kind = ? and theirs = ? and theirs <> ''" + (lock ? " for update" : ""),
        crm, kind.word(), theirs);
  }

  static @Nullable Link byOurs(Connection connection, String crm, RecordKind kind, String ours) throws SQLException {
    return Sql.first(
        connection, LinkRows::link, COLUMNS + "where crm = ? and kind = ? and ours = ? for update", crm, kind.word(),
        ours);
  }

  /** Keeps what can be kept; returns our ids of the rest. */
  static Set<String> keep(Connection connection, String crm, List<Kept> kept, long at) throws SQLException {
    Set<String> left = new HashSet<>(kept.stream().map(one -> one.link().ours()).toList());
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setString(1, crm);
      keep.setLong(2, at);
      keep.setArray(3, texts(connection, kept, link -> link.kind().word()));
      Array ours = texts(connection, kept, Link::ours);
      keep.setArray(4, ours);
      keep.setArray(5, texts(connection, kept, Link::ref));
      keep.setArray(6, texts(connection, kept, Link::theirs));
      keep.setArray(7, texts(connection, kept, Link::version));
      keep.setArray(8, texts(connection, kept, link -> FieldsText.of(link.agreed())));
      keep.setArray(9, texts(connection, kept, Link::customer));
      keep.setArray(10, texts(connection, kept, link -> link.state().name()));
      Array revs = connection.createArrayOf("bigint", kept.stream().map(one -> one.link().rev()).toArray());
      keep.setArray(11, revs);
      keep.setString(12, crm);
      keep.setString(13, crm);
      keep.setArray(14, ours);
      keep.setArray(15, revs);
      try (ResultSet rows = keep.executeQuery()) {
        while (rows.next()) {
          left.remove(rows.getString(1));
        }
      }
    }
    for (Kept one : kept) {
      if (!left.contains(one.link().ours())) {
        clashes(connection, crm, one.link(), one.clashes(), at);
      }
    }
    return left;
  }

  static void clashes(Connection connection, String crm, Link link, List<Clash> clashes, long at) throws SQLException {
    for (Clash clash : clashes) {
      Sql.write(
          connection, CLASH, crm, link.kind().word(), link.ours(), clash.field(), at, clash.ours(),
          FieldsText.of(clash.lost()), FieldsText.of(clash.stands()));
    }
  }

  private static Array texts(Connection connection, List<Kept> kept, Function<Link, String> column)
      throws SQLException {
    return connection.createArrayOf("text", kept.stream().map(one -> Sql.clean(column.apply(one.link()))).toArray());
  }
}
