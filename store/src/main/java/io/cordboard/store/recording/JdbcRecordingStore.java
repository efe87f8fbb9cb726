package io.cordboard.store.recording;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallId;
import io.cordboard.store.Transactions;
import io.cordboard.store.work.WorkRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The columns of {@code recording} that belong to whoever fetches the file. */
public final class JdbcRecordingStore implements RecordingStore {
  static final String COLUMNS =
      """
      r.name, r.call_id, r.segment, s.agent_id, r.switch_id, r.started_at, r.ended_at, r.state,
          r.path, r.sha256, r.bytes, r.duration_millis, r.alarm, r.alarm_findings, r.silent
      """;
  private static final String SELECT =
      "select " + COLUMNS
          + " from recording r left join segment s on s.call_id = r.call_id and s.n = r.segment ";
  private static final String TAKE =
      """
      update recording set handed_at = ?
        where name = any(array(
          select name from recording where handed_at = 0 and state in ('ON_SWITCH', 'PARTIAL')
            order by ended_at limit ? for update skip locked))
        returning name
      """;
  private static final String STORED =
      """
      update recording set state = 'STORED', path = ?, sha256 = ?, bytes = ?, duration_millis = ?,
          fetched_at = ?, alarm = ?, alarm_findings = ?, alarm_at = ?
        where name = ? and state <> 'STORED'
      """;
  // the same alarm again is as old as it was
  private static final String ALARM =
      """
      update recording set alarm = ?, alarm_findings = ?,
          alarm_at = case when alarm = ? then alarm_at else ? end%s
        where name = ?
      """;
  private static final String RAISED = ALARM.formatted("");
  private static final String WAITS = RAISED + " and state <> 'STORED'";
  private static final String LOST = ALARM.formatted(", state = 'LOST'") + " and state <> 'STORED'";
  private static final String COUNTS =
      """
      select (select count(*) from recording where alarm is not null),
        (select count(*) from recording where handed_at = 0 and state in ('ON_SWITCH', 'PARTIAL'))
        + (select count(*) from recording where handed_at <> 0 and state in ('ON_SWITCH', 'PARTIAL'))
      """;

  private final Transactions transactions;

  public JdbcRecordingStore(DataSource source) {
    this.transactions = new Transactions(source);
  }

  @Override
  public int handOver(int most, long now, Function<RecordingRow, NewWork> work) {
    return transactions.get(
        "hand recordings over",
        connection -> {
          List<String> names = take(connection, most, now);
          if (!names.isEmpty()) {
            List<RecordingRow> rows =
                select(
                    connection,
                    "where r.name = any(?) order by r.ended_at, r.name",
                    connection.createArrayOf("text", names.toArray()));
            WorkRows.insert(connection, rows.stream().map(work).toList(), now);
          }
          return names.size();
        });
  }

  private static List<String> take(Connection connection, int most, long now) throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setLong(1, now);
      take.setInt(2, most);
      List<String> names = new ArrayList<>();
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    }
  }

  @Override
  public Optional<RecordingRow> byName(String name) {
    return transactions.get("read the recording", c -> select(c, "where r.name = ?", name)).stream()
        .findFirst();
  }

  @Override
  public List<RecordingRow> ofCall(CallId call) {
    return transactions.get(
        "read the recordings of a call",
        c ->
            select(
                c, "where r.call_id = ? order by r.segment, r.started_at, r.name", call.value()));
  }

  @Override
  public void stored(String name, StoredFile file, long at, @Nullable Alarm alarm, NewWork next) {
    transactions.change(
        "note the stored recording",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(STORED)) {
            update.setString(1, file.path());
            update.setBytes(2, file.sha256());
            update.setLong(3, file.bytes());
            update.setLong(4, file.durationMillis());
            update.setLong(5, at);
            update.setString(6, AlarmColumns.words(alarm));
            update.setArray(7, AlarmColumns.findings(connection, alarm));
            update.setLong(8, alarm == null ? 0 : at);
            update.setString(9, name);
            update.executeUpdate();
          }
          WorkRows.insert(connection, List.of(next), at);
        });
  }

  @Override
  public void lost(String name, Alarm alarm, long at) {
    raise(LOST, name, alarm, at);
  }

  @Override
  public void alarm(String name, Alarm alarm, long at) {
    raise(RAISED, name, alarm, at);
  }

  @Override
  public void waits(String name, Alarm alarm, long at) {
    raise(WAITS, name, alarm, at);
  }

  private void raise(String sql, String name, Alarm alarm, long at) {
    transactions.change(
        "note the recording's state",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, AlarmColumns.words(alarm));
            update.setArray(2, AlarmColumns.findings(connection, alarm));
            update.setString(3, AlarmColumns.words(alarm));
            update.setLong(4, at);
            update.setString(5, name);
            update.executeUpdate();
          }
        });
  }

  @Override
  public Counts counts() {
    return transactions.get(
        "count recordings",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(COUNTS);
              ResultSet row = select.executeQuery()) {
            row.next();
            return new Counts(row.getLong(1), row.getLong(2));
          }
        });
  }

  private static List<RecordingRow> select(Connection connection, String rest, Object value)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + rest)) {
      select.setObject(1, value);
      List<RecordingRow> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(recording(rows));
        }
      }
      return found;
    }
  }

  /** Of {@link #COLUMNS}, which come first. */
  static RecordingRow recording(ResultSet row) throws SQLException {
    UUID agent = row.getObject(4, UUID.class);
    return new RecordingRow(
        row.getString(1),
        new CallId(row.getObject(2, UUID.class)),
        row.getInt(3),
        agent == null ? null : new AgentId(agent),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        State.valueOf(row.getString(8)),
        file(row),
        AlarmColumns.read(row.getString(13), row.getArray(14)),
        track(row.getString(15)));
  }

  private static @Nullable Track track(@Nullable String name) {
    return name == null ? null : Track.valueOf(name);
  }

  private static @Nullable StoredFile file(ResultSet row) throws SQLException {
    String path = row.getString(9);
    byte[] sha256 = row.getBytes(10);
    return path == null || sha256 == null
        ? null
        : new StoredFile(path, sha256, row.getLong(11), row.getLong(12));
  }
}
