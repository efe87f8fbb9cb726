package io.cordboard.store;

import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.kernel.CallId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** How talks sounded, one row for each stretch. Thread-safe. */
public final class JdbcTalkQualities implements TalkQualities {
  private static final String KEEP =
      """
      insert into talk_quality (call_id, segment, stretch, seconds, loss_percent, jitter_millis,
        round_trip_millis, score, lowest_score)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?
      where (select count(*) from talk_quality where call_id = ? and segment = ? and stretch <> ?) < ?
      on conflict (call_id, segment, stretch) do update
        set seconds = excluded.seconds, loss_percent = excluded.loss_percent,
          jitter_millis = excluded.jitter_millis, round_trip_millis = excluded.round_trip_millis,
          score = excluded.score, lowest_score = excluded.lowest_score
      """;

  private final Transactions transactions;

  public JdbcTalkQualities(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public void keep(CallId call, int segment, TalkQuality said) {
    transactions.get(
        "keep how a talk sounded",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
            insert.setObject(1, call.value());
            insert.setInt(2, segment);
            insert.setLong(3, said.stretch());
            insert.setInt(4, said.seconds());
            insert.setDouble(5, said.lossPercent());
            insert.setInt(6, said.jitterMillis());
            insert.setInt(7, said.roundTripMillis());
            insert.setDouble(8, said.score());
            insert.setDouble(9, said.lowestScore());
            insert.setObject(10, call.value());
            insert.setInt(11, segment);
            insert.setLong(12, said.stretch());
            insert.setInt(13, MOST_STRETCHES);
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public Map<Integer, List<TalkQuality>> ofCall(CallId call) {
    return transactions.get(
        "read how a talk sounded",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select * from talk_quality where call_id = ? order by segment, stretch")) {
            select.setObject(1, call.value());
            Map<Integer, List<TalkQuality>> heard = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                heard
                    .computeIfAbsent(row.getInt("segment"), n -> new ArrayList<>())
                    .add(
                        new TalkQuality(
                            row.getLong("stretch"), row.getInt("seconds"),
                            row.getDouble("loss_percent"), row.getInt("jitter_millis"),
                            row.getInt("round_trip_millis"), row.getDouble("score"),
                            row.getDouble("lowest_score")));
              }
            }
            return heard;
          }
        });
  }
}
