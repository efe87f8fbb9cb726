package io.cordboard.store.trust;

import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditStore.Head;
import io.cordboard.core.trust.AuditStore.Row;
import io.cordboard.core.trust.AuditStore.Seal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Between the audit's records and their columns. */
final class AuditRows {
  static final String ENTRIES =
      """
      select shard, n, at, who, what, subject, outcome, correlation, details, hash
        from audit_entry
      """;
  static final String SEALS =
      "select n, at, head_shards, head_ns, head_hashes, hash from audit_seal ";

  private AuditRows() {}

  static void set(PreparedStatement insert, Row row) throws SQLException {
    AuditEntry entry = row.entry();
    insert.setInt(1, row.shard());
    insert.setLong(2, row.n());
    insert.setLong(3, row.at());
    insert.setString(4, entry.who());
    insert.setString(5, entry.what());
    insert.setString(6, entry.subject());
    insert.setString(7, entry.outcome().name());
    insert.setString(8, entry.correlation());
    insert.setArray(9, insert.getConnection().createArrayOf("text", entry.detailList().toArray()));
    insert.setBytes(10, row.hash());
  }

  static void set(PreparedStatement insert, Seal seal) throws SQLException {
    Connection connection = insert.getConnection();
    List<Head> heads = seal.heads();
    insert.setLong(1, seal.n());
    insert.setLong(2, seal.at());
    insert.setArray(
        3, connection.createArrayOf("integer", heads.stream().map(Head::shard).toArray()));
    insert.setArray(4, connection.createArrayOf("bigint", heads.stream().map(Head::n).toArray()));
    insert.setArray(
        5,
        connection.createArrayOf("bytea", heads.stream().map(Head::hash).toArray(byte[][]::new)));
    insert.setBytes(6, seal.hash());
  }

  static Row row(ResultSet row) throws SQLException {
    AuditEntry entry =
        AuditEntry.stored(
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            List.of((String[]) row.getArray(9).getArray()));
    return new Row(row.getInt(1), row.getLong(2), row.getLong(3), entry, row.getBytes(10));
  }

  static Seal seal(ResultSet row) throws SQLException {
    Integer[] shards = (Integer[]) row.getArray(3).getArray();
    Long[] ns = (Long[]) row.getArray(4).getArray();
    byte[][] hashes = (byte[][]) row.getArray(5).getArray();
    List<Head> heads = new ArrayList<>(shards.length);
    for (int i = 0; i < shards.length; i++) {
      heads.add(new Head(shards[i], ns[i], hashes[i]));
    }
    return new Seal(row.getLong(1), row.getLong(2), heads, row.getBytes(6));
  }
}
