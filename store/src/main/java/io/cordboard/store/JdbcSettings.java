package io.cordboard.store;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Directory.Queue;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Access;
import io.cordboard.core.routing.Line.Notice;
import io.cordboard.core.routing.Line.Voicemail;
import io.cordboard.core.routing.Line.Waiting;
import io.cordboard.core.routing.QueueSettings;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Lines, queues and dispositions as they are set up. Thread-safe. */
public final class JdbcSettings implements QueueSettings {
  private static final String MEMBERS =
      """
      select queue_id, agent_id from queue_member union
      select queue_id, agent_id from queue_team join team_member using (team_id)
      """;

  private static final String QUEUES =
      """
      select id, label, exists (select 1 from queue_auto_answer where queue_id = id) auto_answer,
        announce_seconds, call_back_key, call_back_tries, call_back_minutes, park_seconds, drop_out
      from queue order by id
      """;
  private static final String AUTO_ANSWER_ON =
      """
      insert into queue_auto_answer (queue_id) values (?) on conflict do nothing
      """;
  private static final String AUTO_ANSWER_OFF = "delete from queue_auto_answer where queue_id = ?";
  private static final String THERE = "select 1 from queue where id = ? for share";

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
                lines(connection), queues(connection), Map.of(), OutcomeRows.dispositions(connection),
                HoursRows.load(connection), OutcomeRows.load(connection)));
  }

  /** The lines by number. */
  public static Map<String, Line> lines(Connection connection) throws SQLException {
    Map<String, Line> lines = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from phone_line order by did")) {
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
        notice(row, "sorry"),
        new Access(
            row.getString("hours_id"), notice(row, "closed"), row.getInt("most_waiting"),
            notice(row, "full"), row.getInt("priority"), voicemail(row)));
  }

  private static @Nullable Voicemail voicemail(ResultSet row) throws SQLException {
    Notice words = notice(row, "voicemail");
    return words == null
        ? null
        : new Voicemail(
            words, row.getInt("voicemail_most"), row.getInt("voicemail_least"),
            row.getString("voicemail_key"));
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
      try (ResultSet row = statement.executeQuery(MEMBERS)) {
        while (row.next()) {
          members
              .computeIfAbsent(row.getString(1), id -> new HashSet<>())
              .add(new AgentId(row.getObject(2, UUID.class)));
        }
      }
    }
    for (Queue row : queueRows(connection)) {
      queues.put(
          row.id(),
          new Queue(
              row.id(), row.label(), members.getOrDefault(row.id(), Set.of()), row.autoAnswer(),
              row.comfort()));
    }
    return queues;
  }

  /** The queues in the order of their ids, without those who serve them. */
  public static List<Queue> queueRows(Connection connection) throws SQLException {
    List<Queue> queues = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUEUES)) {
      while (row.next()) {
        queues.add(
            new Queue(
                row.getString("id"), row.getString("label"), Set.of(),
                row.getBoolean("auto_answer"), comfort(row)));
      }
    }
    return queues;
  }

  private static Comfort comfort(ResultSet row) throws SQLException {
    return new Comfort(
        row.getInt("announce_seconds"), row.getString("call_back_key"),
        row.getInt("call_back_tries"), row.getInt("call_back_minutes"), row.getInt("park_seconds"),
        DropOut.valueOf(row.getString("drop_out")));
  }

  @Override
  public void autoAnswer(String queue, boolean on) {
    transactions.change(
        "change the queue",
        connection -> {
          if (!there(connection, queue)) {
            throw new Fault.NotFound("There is no queue '" + Fault.excerpt(queue) + "'.");
          }
          try (PreparedStatement change =
              connection.prepareStatement(on ? AUTO_ANSWER_ON : AUTO_ANSWER_OFF)) {
            change.setString(1, queue);
            change.executeUpdate();
          }
        });
  }

  private static boolean there(Connection connection, String queue) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(THERE)) {
      select.setString(1, queue);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
