package io.cordboard.store.setup;

import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Notice;
import io.cordboard.core.routing.Line.Voicemail;
import io.cordboard.core.routing.OutcomeForm;
import io.cordboard.core.setup.Setup;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.kernel.AgentId;
import io.cordboard.store.HoursRows;
import io.cordboard.store.OutcomeRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes queues, teams, hours, lines and dispositions into empty tables. */
record SetupRows(Connection connection, Map<String, AgentId> ids) {
  private static final String LINE =
      """
      insert into phone_line (did, label, queue_id, waiting, announcement_version,
        announcement_language, announcement_text, recorded, ring_seconds, wrap_up_seconds,
        rejoin_seconds, max_wait_seconds, sorry_version, sorry_language, sorry_text, hours_id,
        closed_version, closed_language, closed_text, most_waiting, full_version, full_language,
        full_text, priority, voicemail_version, voicemail_language, voicemail_text, voicemail_most,
        voicemail_least, voicemail_key)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  void insert(Setup setup) throws SQLException {
    for (Map.Entry<String, String> team : setup.teams().entrySet()) {
      run("insert into team (id, label) values (?, ?)", team.getKey(), team.getValue());
    }
    for (Map.Entry<String, Person> user : setup.users().entrySet()) {
      String team = user.getValue().team();
      if (team != null) {
        run("insert into team_member (agent_id, team_id) values (?, ?)", id(user.getKey()), team);
      }
    }
    for (Map.Entry<String, Group> queue : setup.queues().entrySet()) {
      queue(queue.getKey(), queue.getValue());
    }
    for (Hours hours : setup.hours().values()) {
      HoursRows.insert(connection, hours);
    }
    for (Line line : setup.lines().values()) {
      line(line);
    }
    OutcomeRows.insert(
        connection, setup.dispositions().values(),
        new OutcomeForm(
            List.copyOf(setup.fields().values()), List.copyOf(setup.templates().values())));
  }

  private void queue(String id, Group queue) throws SQLException {
    run(
        "insert into queue (id, label, announce_seconds, call_back_key, call_back_tries,"
            + " call_back_minutes, park_seconds, drop_out) values (?, ?, ?, ?, ?, ?, ?, ?)",
        id, queue.label(), queue.comfort().announceSeconds(), queue.comfort().callBackKey(),
        queue.comfort().callBackTries(), queue.comfort().callBackMinutes(),
        queue.comfort().parkSeconds(), queue.comfort().dropOut().name());
    if (queue.autoAnswer()) {
      run("insert into queue_auto_answer (queue_id) values (?) on conflict do nothing", id);
    }
    for (String agent : queue.agents()) {
      run("insert into queue_member (queue_id, agent_id) values (?, ?)", id, id(agent));
    }
    for (String team : queue.teams()) {
      run("insert into queue_team (queue_id, team_id) values (?, ?)", id, team);
    }
  }

  private @Nullable Object id(String user) {
    AgentId id = ids.get(user);
    return id == null ? null : id.value();
  }

  private void line(Line line) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LINE)) {
      insert.setString(1, line.did());
      insert.setString(2, line.label());
      insert.setString(3, line.queue());
      insert.setString(4, line.waiting().name());
      notice(insert, 5, line.announcement());
      insert.setBoolean(8, line.recorded());
      insert.setInt(9, line.ringSeconds());
      insert.setInt(10, line.wrapUpSeconds());
      insert.setInt(11, line.rejoinSeconds());
      insert.setInt(12, line.maxWaitSeconds());
      notice(insert, 13, line.sorry());
      insert.setString(16, line.access().hours());
      notice(insert, 17, line.access().closed());
      insert.setInt(20, line.access().mostWaiting());
      notice(insert, 21, line.access().full());
      insert.setInt(24, line.access().priority());
      Voicemail voicemail = line.access().voicemail();
      notice(insert, 25, voicemail == null ? null : voicemail.words());
      insert.setInt(28, voicemail == null ? Voicemail.MOST_SECONDS : voicemail.mostSeconds());
      insert.setInt(29, voicemail == null ? Voicemail.LEAST_SECONDS : voicemail.leastSeconds());
      insert.setString(30, voicemail == null ? null : voicemail.key());
      insert.executeUpdate();
    }
  }

  private static void notice(PreparedStatement insert, int at, @Nullable Notice notice)
      throws SQLException {
    insert.setString(at, notice == null ? null : notice.version());
    insert.setString(at + 1, notice == null ? null : notice.language());
    insert.setString(at + 2, notice == null ? null : notice.text());
  }

  private void run(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
