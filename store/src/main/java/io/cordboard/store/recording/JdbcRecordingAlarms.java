package io.cordboard.store.recording;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingAlarms;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Alarms of recordings, and how they were dealt with, in PostgreSQL. */
public final class JdbcRecordingAlarms implements RecordingAlarms {
  private static final String OF_CALL =
      """
      left join segment s on s.call_id = r.call_id and s.n = r.segment
        left join call_record c on c.call_id = r.call_id
      """;
  private static final String OPEN =
      "select " + JdbcRecordingStore.COLUMNS
          + ", r.alarm, r.alarm_findings, r.alarm_at, c.line, c.queue, null, null, 0 from recording r "
          + OF_CALL
          + " where r.alarm is not null and (r.alarm_at, r.name) < (?, ?)"
          + " order by r.alarm_at desc, r.name desc limit ?";
  private static final String SETTLED =
      "select " + JdbcRecordingStore.COLUMNS
          + ", d.alarm, d.findings, d.raised_at, c.line, c.queue, d.settled_by, d.measure, d.settled_at"
          + " from recording_alarm_settled d join recording r on r.name = d.name "
          + OF_CALL
          + " where (d.settled_at, d.name) < (?, ?) order by d.settled_at desc, d.name desc limit ?";
  private static final String LOOK =
      "select alarm, alarm_at from recording where name = ? for update";
  private static final String SETTLE =
      """
      with d as (
        insert into recording_alarm_settled
          (settled_at, name, alarm, findings, raised_at, settled_by, measure)
        select ?, name, alarm, alarm_findings, alarm_at, ?, ? from recording where name = ?)
      update recording set alarm = null, alarm_findings = null, alarm_at = 0 where name = ?
      """;
  // after every name
  private static final Position NEWEST = new Position(Long.MAX_VALUE, "~");

  private final Transactions transactions;

  public JdbcRecordingAlarms(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public List<Alarmed> open(@Nullable Position after, int most) {
    return list("list recordings with an alarm", OPEN, after, most);
  }

  @Override
  public List<Alarmed> settled(@Nullable Position after, int most) {
    return list("list settled alarms", SETTLED, after, most);
  }

  private List<Alarmed> list(String doing, String sql, @Nullable Position after, int most) {
    Position from = after == null ? NEWEST : after;
    return transactions.get(
        doing,
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, from.at());
            select.setString(2, from.recording());
            select.setInt(3, most);
            List<Alarmed> page = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                page.add(alarmed(row));
              }
            }
            return page;
          }
        });
  }

  private static Alarmed alarmed(ResultSet row) throws SQLException {
    Alarm alarm = AlarmColumns.read(row.getString(16), row.getArray(17));
    String by = row.getString(21);
    String measure = row.getString(22);
    return new Alarmed(
        JdbcRecordingStore.recording(row),
        Objects.requireNonNull(alarm),
        row.getLong(18),
        row.getString(19),
        row.getString(20),
        by == null || measure == null ? null : new Settlement(by, measure, row.getLong(23)));
  }

  @Override
  public void settle(String recording, long raisedAt, Settlement how) {
    transactions.change(
        "settle an alarm",
        connection -> {
          look(connection, recording, raisedAt);
          try (PreparedStatement settle = connection.prepareStatement(SETTLE)) {
            settle.setLong(1, how.at());
            settle.setString(2, how.by());
            settle.setString(3, how.measure());
            settle.setString(4, recording);
            settle.setString(5, recording);
            settle.executeUpdate();
          }
        });
  }

  private static void look(Connection connection, String recording, long raisedAt)
      throws SQLException {
    try (PreparedStatement look = connection.prepareStatement(LOOK)) {
      look.setString(1, recording);
      try (ResultSet row = look.executeQuery()) {
        if (!row.next()) {
          throw new Fault.NotFound(
              "There is no recording '%s'.".formatted(Fault.excerpt(recording)));
        }
        if (row.getString(1) == null) {
          throw new Fault.Refused("This alarm was settled before: nothing to do.");
        }
        if (row.getLong(2) != raisedAt) {
          throw new Fault.Refused(
              "The recording carries another alarm by now: look at the list again.");
        }
      }
    }
  }
}
