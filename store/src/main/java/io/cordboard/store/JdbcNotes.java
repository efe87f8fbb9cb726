package io.cordboard.store;

import io.cordboard.core.profile.Notes;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Notes as typed, one row for each call and agent. Thread-safe. */
public final class JdbcNotes implements Notes {
  private static final String SAVE =
      """
      insert into segment_note as n (call_id, agent_id, text, revision, updated_at)
      values (?, ?, ?, ?, ?)
      on conflict (call_id, agent_id) do update
        set text = excluded.text, revision = n.revision + 1, updated_at = excluded.updated_at
        where n.revision <= excluded.revision - 1
      returning text, revision
      """;
  private static final String FIND =
      "select text, revision from segment_note where call_id = ? and agent_id = ?";

  private final Transactions transactions;
  private final Clock clock;

  public JdbcNotes(DataSource pool, Clock clock) {
    this.transactions = new Transactions(pool);
    this.clock = clock;
  }

  @Override
  public Note save(CallId call, AgentId agent, String text, long basedOn) {
    return transactions.get(
        "save the note",
        connection -> {
          Note saved = insert(connection, call, agent, text, basedOn);
          return saved != null ? saved : read(connection, call, agent).orElseThrow();
        });
  }

  private @Nullable Note insert(
      Connection connection, CallId call, AgentId agent, String text, long basedOn)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setObject(1, call.value());
      statement.setObject(2, agent.value());
      statement.setString(3, text.replace("\0", ""));
      statement.setLong(4, basedOn + 1);
      statement.setLong(5, clock.micros());
      return note(statement).orElse(null);
    }
  }

  @Override
  public Optional<Note> find(CallId call, AgentId agent) {
    return transactions.get("read the note", connection -> read(connection, call, agent));
  }

  private static Optional<Note> read(Connection connection, CallId call, AgentId agent)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, call.value());
      statement.setObject(2, agent.value());
      return note(statement);
    }
  }

  private static Optional<Note> note(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(new Note(row.getString(1), row.getLong(2)))
          : Optional.empty();
    }
  }
}
