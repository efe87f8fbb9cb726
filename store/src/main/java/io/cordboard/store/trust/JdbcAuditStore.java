package io.cordboard.store.trust;

import io.cordboard.core.trust.AuditStore;
import io.cordboard.kernel.Fault;
import io.cordboard.store.SqlFaults;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The audit trail as rows of {@code audit_entry} and {@code audit_seal}. */
public final class JdbcAuditStore implements AuditStore {
  // by the primary key from shard to shard, so that it costs the same however long the trail is
  private static final String HEADS =
      """
      with recursive s(shard) as (
        (select shard from audit_entry order by shard limit 1)
        union all
        select (select e.shard from audit_entry e where e.shard > s.shard order by e.shard limit 1)
          from s where s.shard is not null)
      select s.shard, h.n, h.hash from s cross join lateral (
          select n, hash from audit_entry e where e.shard = s.shard order by n desc limit 1) h
        order by s.shard
      """;
  private static final String INSERT =
      """
      insert into audit_entry (shard, n, at, who, what, subject, outcome, correlation, details, hash)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_SEAL =
      """
      insert into audit_seal (n, at, head_shards, head_ns, head_hashes, hash)
        values (?, ?, ?, ?, ?, ?)
      """;

  private final DataSource source;
  private final Transactions transactions;

  public JdbcAuditStore(DataSource source) {
    this.source = source;
    this.transactions = new Transactions(source);
  }

  @Override
  public Tail tail() {
    return transactions.get(
        "read the audit trail's end",
        connection -> new Tail(heads(connection), lastSeal(connection)));
  }

  private static List<Head> heads(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HEADS);
        ResultSet rows = select.executeQuery()) {
      List<Head> heads = new ArrayList<>();
      while (rows.next()) {
        heads.add(new Head(rows.getInt(1), rows.getLong(2), rows.getBytes(3)));
      }
      return heads;
    }
  }

  private static @Nullable Seal lastSeal(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(AuditRows.SEALS + "order by n desc limit 1");
        ResultSet row = select.executeQuery()) {
      return row.next() ? AuditRows.seal(row) : null;
    }
  }

  @Override
  public void append(List<Row> rows) {
    append(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
              AuditRows.set(insert, row);
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
  }

  @Override
  public void append(Seal seal) {
    append(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT_SEAL)) {
            AuditRows.set(insert, seal);
            insert.executeUpdate();
          }
        });
  }

  private void append(Transactions.Change change) {
    transactions.change(
        "write the audit trail",
        connection -> {
          try {
            change.run(connection);
          } catch (SQLException failed) {
            if (SqlFaults.state(failed).equals("23505")) {
              throw new Fault.Refused("Another process wrote into the audit trail first.");
            }
            throw failed;
          }
        });
  }

  @Override
  public boolean has(Row row) {
    return transactions.get(
        "read the audit trail",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select hash from audit_entry where shard = ? and n = ?")) {
            select.setInt(1, row.shard());
            select.setLong(2, row.n());
            try (ResultSet found = select.executeQuery()) {
              return found.next() && Arrays.equals(found.getBytes(1), row.hash());
            }
          }
        });
  }

  @Override
  public Reading read() {
    return JdbcAuditReading.open(source);
  }
}
