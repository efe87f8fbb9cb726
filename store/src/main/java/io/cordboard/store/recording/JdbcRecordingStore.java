package io.cordboard.store.recording;

import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.AgentId;
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
  private static final String SELECT =
      """
      select r.name, r.call_id, r.segment, s.agent_id, r.switch_id, r.started_at, r.ended_at, r.state,
          r.path, r.sha256, r.bytes, r.duration_millis, r.alarm
        from recording r left join segment s on s.call_id = r.call_id and s.n = r.segment
      """;
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
          fetched_at = ?, alarm = ?
        where name = ? and state <> 'STORED'
      """;
  private static final String LOST =
      "update recording set state = 'LOST', alarm = ? where name = ? and state <> 'STORED'";
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
  public void stored(String name, StoredFile file, long at, @Nullable String alarm, NewWork next) {
    transactions.change(
        "note the stored recording",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(STORED)) {
            update.setString(1, file.path());
            update.setBytes(2, file.sha256());
            update.setLong(3, file.bytes());
            update.setLong(4, file.durationMillis());
            update.setLong(5, at);
            update.setString(6, alarm);
            update.setString(7, name);
            update.executeUpdate();
          }
          WorkRows.insert(connection, List.of(next), at);
        });
  }

  @Override
  public void lost(String name, String alarm) {
    update(LOST, name, alarm);
  }

  @Override
  public void alarm(String name, String alarm) {
    update("update recording set alarm = ? where name = ?", name, alarm);
  }

  private void update(String sql, String name, @Nullable String alarm) {
    transactions.change(
        "note the recording's state",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, alarm);
            update.setString(2, name);
            update.executeUpdate();
          }
        });
  }

  @Override
  public void waits(String name, String reason) {
    update("update recording set alarm = ? where name = ? and state <> 'STORED'", name, reason);
  }

  @Override
  public void settled(String name) {
    update("update recording set alarm = ? where name = ?", name, null);
  }

  @Override
  public List<RecordingRow> alarmed(String after, int most) {
    return transactions.get(
        "list recordings with an alarm",
        c -> select(c, "where r.alarm is not null and r.name > ? order by r.name limit " + most, after));
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

  private static RecordingRow recording(ResultSet row) throws SQLException {
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
        row.getString(13));
  }

  private static @Nullable StoredFile file(ResultSet row) throws SQLException {
    String path = row.getString(9);
    byte[] sha256 = row.getBytes(10);
    return path == null || sha256 == null
        ? null
        : new StoredFile(path, sha256, row.getLong(11), row.getLong(12));
  }
}
