package io.cordboard.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger's own connection with its prepared texts, and the epoch that it writes under. */
final class LedgerSession implements AutoCloseable {
  // the server gives up first, so that a timeout of the socket means a lost link
  private static final int STATEMENT_SECONDS = 30;
  private static final Map<String, String> PROPERTIES =
      Map.of("prepareThreshold", "1", "socketTimeout", String.valueOf(STATEMENT_SECONDS + 10));

  private static final String SETTINGS =
      """
      set plan_cache_mode = force_generic_plan;
      set jit = off;
      set synchronous_commit = on;
      set statement_timeout = '%ds'
      """
          .formatted(STATEMENT_SECONDS);

  private final Connection connection;
  private final FlushTables tables;
  private final @Nullable PreparedStatement[] texts = new PreparedStatement[FlushText.VARIANTS];
  private Position position = new Position(0, 0, 0, 0);

  /** Where the shard's writer is. */
  record Position(long epoch, long n, long firstLive, long oldestLive) {}

  private LedgerSession(Connection connection, FlushTables tables) {
    this.connection = connection;
    this.tables = tables;
  }

  static LedgerSession open(Database database) throws SQLException {
    Connection connection = database.connect(PROPERTIES);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
      return new LedgerSession(connection, FlushTables.in(connection));
    } catch (SQLException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  Position position() {
    return position;
  }

  /** Makes this writer the only one. */
  Position takeOver(int shard, UUID writer) throws SQLException {
    Position taken =
        fence(
            shard,
            writer,
            """
            insert into writer_pos as old (shard, writer, epoch, n, first_live, oldest_live)
            values (?, ?, 1, 0, 0, 0)
            on conflict (shard) do update set writer = excluded.writer, epoch = old.epoch + 1
            returning epoch, n, first_live, oldest_live
            """);
    if (taken == null) {
      throw new SQLException("The writer's position could not be written.");
    }
    return taken;
  }

  /**
   * Goes on under a new epoch, so that a flush of an earlier connection that is still on its way on the
   * server is waited for, or comes too late; null when another writer took over.
   */
  @Nullable Position resume(int shard, UUID writer) throws SQLException {
    return fence(
        shard,
        writer,
        """
        update writer_pos set epoch = epoch + 1 where shard = ? and writer = ?
        returning epoch, n, first_live, oldest_live
        """);
  }

  private @Nullable Position fence(int shard, UUID writer, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, shard);
      statement.setObject(2, writer);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        position = new Position(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        return position;
      }
    }
  }

  void write(FlushRows rows, int shard) throws SQLException {
    PreparedStatement statement = text(rows.parts());
    rows.bind(statement, tables, shard, position.epoch());
    statement.execute();
  }

  private PreparedStatement text(int parts) throws SQLException {
    PreparedStatement known = texts[parts];
    if (known == null) {
      known = connection.prepareStatement(FlushText.of(parts));
      texts[parts] = known;
    }
    return known;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // it is not to be used again either way
    }
  }
}
