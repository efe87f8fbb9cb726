package io.cordboard.store;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.LedgerStore;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.kernel.LegKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The ledger in PostgreSQL, for one shard: one connection, one round trip and one transaction a flush.
 * After a lost connection the next call opens a new one by itself.
 */
public final class JdbcLedgerStore implements LedgerStore, AutoCloseable {
  private static final String FENCED = "CB001";
  private static final String UNIQUE = "23505";
  private static final String OFFER_INDEX = "offer_one_an_agent";
  private static final int FETCH = 5_000;
  private static final int ENDED = 10_000;

  private final Database database;
  private final int shard;
  private final Ids ids;
  private @Nullable LedgerSession session;
  private @Nullable UUID writer;

  public JdbcLedgerStore(Database database, int shard, Ids ids) {
    this.database = database;
    this.shard = shard;
    this.ids = ids;
  }

  @Override
  public Recovered takeOver() {
    close();
    writer = ids.next();
    try {
      LedgerSession open = LedgerSession.open(database);
      session = open;
      LedgerSession.Position position = open.takeOver(shard, writer);
      return read(open.connection(), position);
    } catch (SQLException e) {
      close();
      throw SqlFaults.of(e, "take the ledger over");
    }
  }

  @Override
  public void flush(Flush flush) {
    LedgerSession open = session();
    try {
      open.write(FlushRows.of(flush, ids), shard);
    } catch (SQLException e) {
      throw refused(e, flush, open);
    }
  }

  @Override
  public long position() {
    close();
    return session().position().n();
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private LedgerSession session() {
    LedgerSession open = session;
    if (open != null) {
      return open;
    }
    try {
      open = LedgerSession.open(database);
      if (open.resume(shard, Objects.requireNonNull(writer, "takeOver comes first")) == null) {
        open.close();
        throw takenOver();
      }
      session = open;
      return open;
    } catch (SQLException e) {
      if (open != null) {
        open.close();
      }
      throw SqlFaults.of(e, "reach the ledger's database");
    }
  }

  private RuntimeException refused(SQLException e, Flush flush, LedgerSession open) {
    if (SqlFaults.connectionLost(e)) {
      close();
      return new Fault.OutcomeUnknown(
          "The database's connection was lost during a flush: " + SqlFaults.reason(e), e);
    }
    try {
      return switch (SqlFaults.state(e)) {
        case FENCED -> fenced(flush, open);
        case UNIQUE -> twice(e, flush, open.connection());
        default -> SqlFaults.of(e, "write the ledger");
      };
    } catch (SQLException second) {
      // nothing was written, only the reason is not known; the next attempt will tell
      close();
      return new Fault.Unreachable("Could not write the ledger: " + SqlFaults.reason(e), second);
    }
  }

  private RuntimeException fenced(Flush flush, LedgerSession open) throws SQLException {
    LedgerSession.@Nullable Position now =
        open.resume(shard, Objects.requireNonNull(writer, "takeOver comes first"));
    if (now == null) {
      return takenOver();
    }
    return new Fault.Refused(
        "The ledger stands at entry %d, not at %d, from which this flush goes on."
            .formatted(now.n(), flush.from()));
  }

  private static Fault.Refused takenOver() {
    return new Fault.Refused(
        "Another Cordboard took over this ledger: only one may run on a database. Stop one of them.");
  }

  private static RuntimeException twice(SQLException e, Flush flush, Connection connection)
      throws SQLException {
    FlushConflicts conflicts = new FlushConflicts(flush, connection);
    if (OFFER_INDEX.equals(constraint(e))) {
      return new Taken(conflicts.taken());
    }
    List<Twin> doubles = conflicts.doubles();
    return doubles.isEmpty() ? SqlFaults.of(e, "write the ledger") : new Doubled(doubles);
  }

  private static @Nullable String constraint(SQLException e) {
    @Nullable ServerErrorMessage message =
        e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    return message == null ? null : message.getConstraint();
  }

  private Recovered read(Connection connection, LedgerSession.Position position)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement patience = connection.createStatement();
        PreparedStatement journal =
            connection.prepareStatement(
                """
                select n, at, h, call_id, type, body from journal
                where at >= ? and n between ? and ? order by n
                """)) {
      patience.execute("set local statement_timeout = 0");
      journal.setLong(1, position.oldestLive());
      journal.setLong(2, position.firstLive());
      journal.setLong(3, position.n());
      journal.setFetchSize(FETCH);
      return new Recovered(position.n(), entries(journal), agents(connection), ended(connection));
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** The latest calls that are over: ids sort by the time they were made. */
  private static Map<CallId, LegKey> ended(Connection connection) throws SQLException {
    Map<CallId, LegKey> ended = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select call_id, switch_id, epoch, channel from call_record order by call_id desc limit "
                    + ENDED)) {
      while (rows.next()) {
        ended.put(
            new CallId(rows.getObject(1, UUID.class)),
            new LegKey(rows.getString(2), rows.getLong(3), rows.getString(4)));
      }
    }
    return ended;
  }

  static List<Entry> entries(PreparedStatement statement) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new Entry(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                new CallId(rows.getObject(4, UUID.class)),
                rows.getInt(5),
                rows.getBytes(6)));
      }
    }
    return entries;
  }

  private static List<AgentRow> agents(Connection connection) throws SQLException {
    List<AgentRow> agents = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select agent_id, state, reason, since, call_id from agent_state")) {
      while (rows.next()) {
        UUID call = rows.getObject(5, UUID.class);
        agents.add(
            new AgentRow(
                new AgentId(rows.getObject(1, UUID.class)),
                AgentState.valueOf(rows.getString(2)),
                rows.getString(3),
                rows.getLong(4),
                call == null ? null : new CallId(call)));
      }
    }
    return agents;
  }
}
