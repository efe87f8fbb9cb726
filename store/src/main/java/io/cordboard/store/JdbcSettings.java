package io.cordboard.store;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Directory.Queue;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Notice;
import io.cordboard.core.routing.Line.Waiting;
import io.cordboard.kernel.AgentId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads lines, queues and dispositions as they are set up. Thread-safe. */
public final class JdbcSettings {
  private final Transactions transactions;

  public JdbcSettings(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  /** All of it; without agents, who are users. */
  public Directory load() {
    return transactions.get(
        "read the settings",
        connection ->
            new Directory(
                lines(connection), queues(connection), Map.of(), dispositions(connection)));
  }

  private static Map<String, Line> lines(Connection connection) throws SQLException {
    Map<String, Line> lines = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from phone_line")) {
      while (row.next()) {
        Line line = line(row);
        lines.put(line.did(), line);
      }
    }
    return lines;
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getString("did"),
        row.getString("label"),
        row.getString("queue_id"),
        Waiting.valueOf(row.getString("waiting")),
        notice(row, "announcement"),
        row.getBoolean("recorded"),
        row.getInt("ring_seconds"),
        row.getInt("wrap_up_seconds"),
        row.getInt("rejoin_seconds"),
        row.getInt("max_wait_seconds"),
        notice(row, "sorry"));
  }

  private static @Nullable Notice notice(ResultSet row, String kind) throws SQLException {
    String text = row.getString(kind + "_text");
    return text == null
        ? null
        : new Notice(row.getString(kind + "_version"), row.getString(kind + "_language"), text);
  }

  private static Map<String, Queue> queues(Connection connection) throws SQLException {
    Map<String, Queue> queues = new HashMap<>();
    Map<String, Set<AgentId>> members = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("select queue_id, agent_id from queue_member")) {
        while (row.next()) {
          members
              .computeIfAbsent(row.getString(1), id -> new HashSet<>())
              .add(new AgentId(row.getObject(2, UUID.class)));
        }
      }
      try (ResultSet row = statement.executeQuery("select id, label from queue")) {
        while (row.next()) {
          String id = row.getString(1);
          queues.put(
              id, new Queue(id, row.getString(2), members.getOrDefault(id, Set.of())));
        }
      }
    }
    return queues;
  }

  private static List<Disposition> dispositions(Connection connection) throws SQLException {
    List<Disposition> codes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select code, label_zh, label_en from disposition order by position, code")) {
      while (row.next()) {
        codes.add(new Disposition(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return codes;
  }
}
