package io.cordboard.store;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallArchive.Corrected;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes of records of calls that are over, and what stood there, in the transaction of a connection. */
record RecordCorrections(Connection connection) {
  private static final String OF_TALK =
      """
      with was as (
        select call_id, n, disposition, answers from segment
        where call_id = ? and agent_id = ? and answered_at <> 0 and outcome <> 'CONSULTED'
        order by n desc limit 1 for update)
      update segment s set disposition = ?, answers = ? from was
      where s.call_id = was.call_id and s.n = was.n
      returning was.n, was.disposition, was.answers
      """;
  private static final String OF_CALL =
      """
      with was as (
        select call_id, disposition from call_record
        where call_id = ? and agent_id = ? for update)
      update call_record c set disposition = ? from was
      where c.call_id = was.call_id
      returning 0, was.disposition, null
      """;
  private static final String NOTES =
      """
      with was as (select text from segment_note where call_id = ? and agent_id = ?)
      insert into segment_note as n (call_id, agent_id, text, revision, updated_at)
      values (?, ?, ?, 1, ?)
      on conflict (call_id, agent_id) do update
        set text = excluded.text, revision = n.revision + 1, updated_at = excluded.updated_at
      returning coalesce((select text from was), '')
      """;
  private static final String KEEP =
      """
      insert into record_correction (call_id, segment, agent_id, at, disposition, answers, notes)
      values (?, ?, ?, ?, ?, ?, ?)
      """;
  // what is saved as it is typed is one correction: what stood before the first of it stays
  private static final String GOES_ON =
      """
      update record_correction set notes = coalesce(notes, ?)
      where call_id = ? and agent_id = ? and segment = ? and at = (
        select max(at) from record_correction where call_id = ? and agent_id = ? and at > ?)
      """;
  private static final long ONE_CORRECTION_MICROS = 300_000_000;
  private static final String ALL =
      """
      select segment, at, agent_id, disposition, answers, notes from record_correction
      where call_id = ? order by at
      """;

  private static final String COUNT =
      "select count(*) from record_correction where call_id = ? and agent_id = ?";

  private record Was(int part, Said said) {}

  /** See {@link CallArchive#correct}. */
  Optional<Said> correct(
      CallId call, AgentId agent, @Nullable Said expected, Said now, long at)
      throws SQLException {
    Was talk = ofTalk(call, agent, now);
    // the call's own outcome is that of whoever talked last, or of an observed call's agent
    Was whole = ofCall(call, agent, now);
    Was was = talk == null ? whole : talk;
    if (was == null) {
      return Optional.empty();
    }
    if (expected != null && !was.said().equals(expected)) {
      throw new Fault.Refused(
          "This record was corrected meanwhile: look at it again, then correct it.");
    }
    String notes = now.notes() == null ? null : notes(call, agent, now.notes(), at);
    boolean rewritten = notes != null && !notes.equals(now.notes());
    Said before =
        new Said(was.said().disposition(), was.said().answers(), rewritten ? notes : null);
    if (rewritten || !was.said().equals(new Said(now.disposition(), now.answers()))) {
      if (!goesOn(call, was.part(), agent, before, at)) {
        checkCount(call, agent);
        keep(call, was.part(), agent, before, at);
      }
    }
    return Optional.of(before);
  }

  private void checkCount(CallId call, AgentId agent) throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setObject(1, call.value());
      count.setObject(2, agent.value());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        if (row.getInt(1) >= CallArchive.MOST_CORRECTIONS) {
          throw new Fault.Refused(
              "You corrected this record %d times: what is still wrong, write into your next call's notes."
                  .formatted(CallArchive.MOST_CORRECTIONS));
        }
      }
    }
  }

  private @Nullable Was ofTalk(CallId call, AgentId agent, Said now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(OF_TALK)) {
      update.setObject(1, call.value());
      update.setObject(2, agent.value());
      update.setString(3, now.disposition());
      update.setString(4, AnswerText.of(now.answers()));
      return was(update);
    }
  }

  private @Nullable Was ofCall(CallId call, AgentId agent, Said now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(OF_CALL)) {
      update.setObject(1, call.value());
      update.setObject(2, agent.value());
      update.setString(3, now.disposition());
      return was(update);
    }
  }

  private static @Nullable Was was(PreparedStatement update) throws SQLException {
    try (ResultSet row = update.executeQuery()) {
      return row.next()
          ? new Was(
              row.getInt(1), new Said(row.getString(2), AnswerText.read(row.getString(3))))
          : null;
    }
  }

  private String notes(CallId call, AgentId agent, String text, long at) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(NOTES)) {
      upsert.setObject(1, call.value());
      upsert.setObject(2, agent.value());
      upsert.setObject(3, call.value());
      upsert.setObject(4, agent.value());
      upsert.setString(5, text.replace("\0", ""));
      upsert.setLong(6, at);
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private boolean goesOn(CallId call, int part, AgentId agent, Said before, long at)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(GOES_ON)) {
      update.setString(1, before.notes());
      update.setObject(2, call.value());
      update.setObject(3, agent.value());
      update.setInt(4, part);
      update.setObject(5, call.value());
      update.setObject(6, agent.value());
      update.setLong(7, at - ONE_CORRECTION_MICROS);
      return update.executeUpdate() == 1;
    }
  }

  private void keep(CallId call, int part, AgentId agent, Said before, long at)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
      insert.setObject(1, call.value());
      insert.setInt(2, part);
      insert.setObject(3, agent.value());
      insert.setLong(4, at);
      insert.setString(5, before.disposition());
      insert.setString(6, AnswerText.of(before.answers()));
      insert.setString(7, before.notes());
      insert.executeUpdate();
    }
  }

  /** The oldest first. */
  List<Corrected> of(CallId call) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setObject(1, call.value());
      List<Corrected> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Said before =
              new Said(row.getString(4), AnswerText.read(row.getString(5)), row.getString(6));
          AgentId by = new AgentId(row.getObject(3, UUID.class));
          all.add(new Corrected(row.getInt(1), row.getLong(2), by, before));
        }
      }
      return all;
    }
  }
}
