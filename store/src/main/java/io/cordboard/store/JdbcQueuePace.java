package io.cordboard.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** How long talks took, for what waiting callers are told after a start. */
public final class JdbcQueuePace {
  private static final String TOOK =
      """
      select queue, took from (
        select r.queue, s.ended_at, greatest(s.ended_at, s.wrapped_up_at) - s.answered_at as took,
          row_number() over (partition by r.queue order by s.ended_at desc) as back
        from segment s join call_record r using (call_id)
        where s.offered_at >= ? and s.answered_at <> 0 and s.ended_at <> 0 and r.queue is not null
      ) last where back <= ? order by ended_at
      """;

  private final Transactions transactions;

  public JdbcQueuePace(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  /** By queue, microseconds, the oldest first; of each queue the last {@code most} since then. */
  public Map<String, List<Long>> took(long since, int most) {
    return transactions.get(
        "read how long talks took",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(TOOK)) {
            select.setLong(1, since);
            select.setInt(2, most);
            Map<String, List<Long>> found = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.computeIfAbsent(row.getString(1), q -> new ArrayList<>()).add(row.getLong(2));
              }
            }
            return found;
          }
        });
  }
}
