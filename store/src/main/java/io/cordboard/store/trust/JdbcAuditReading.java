package io.cordboard.store.trust;

import io.cordboard.core.trust.AuditStore.Reading;
import io.cordboard.core.trust.AuditStore.Row;
import io.cordboard.core.trust.AuditStore.Seal;
import io.cordboard.kernel.Fault;
import io.cordboard.store.SqlFaults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** The audit trail as one transaction sees it; cursors, so that memory does not grow with it. */
final class JdbcAuditReading implements Reading {
  private static final int FETCH = 2_000;
  private static final String DOING = "read the audit trail";

  private final Connection connection;

  private JdbcAuditReading(Connection connection) {
    this.connection = connection;
  }

  static Reading open(DataSource source) {
    try {
      Connection connection = source.getConnection();
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new JdbcAuditReading(connection);
    } catch (SQLException failed) {
      throw SqlFaults.of(failed, DOING);
    }
  }

  @Override
  public Set<Integer> shards() {
    try (PreparedStatement select =
            connection.prepareStatement("select distinct shard from audit_entry");
        ResultSet rows = select.executeQuery()) {
      Set<Integer> shards = new TreeSet<>();
      while (rows.next()) {
        shards.add(rows.getInt(1));
      }
      return shards;
    } catch (SQLException failed) {
      throw SqlFaults.of(failed, DOING);
    }
  }

  @Override
  public Iterator<Row> rows(int shard) {
    return new Cursor<>(
        AuditRows.ENTRIES + "where shard = " + shard + " order by n", AuditRows::row);
  }

  @Override
  public Iterator<Seal> seals() {
    return new Cursor<>(AuditRows.SEALS + "order by n", AuditRows::seal);
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
      connection.setReadOnly(false);
    } catch (SQLException failed) {
      throw SqlFaults.of(failed, DOING);
    }
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Lives until the transaction ends, which closes it. */
  private final class Cursor<T> implements Iterator<T> {
    private final ResultSet rows;
    private final Reader<T> reader;
    private boolean ready;

    Cursor(String sql, Reader<T> reader) {
      this.reader = reader;
      try {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setFetchSize(FETCH);
        select.closeOnCompletion();
        this.rows = select.executeQuery();
        this.ready = rows.next();
      } catch (SQLException failed) {
        throw SqlFaults.of(failed, DOING);
      }
    }

    @Override
    public boolean hasNext() {
      return ready;
    }

    @Override
    public T next() {
      if (!ready) {
        throw new NoSuchElementException();
      }
      try {
        T value = reader.read(rows);
        ready = rows.next();
        return value;
      } catch (Fault changed) {
        ready = false;
        throw changed;
      } catch (SQLException failed) {
        throw SqlFaults.of(failed, DOING);
      }
    }
  }
}
