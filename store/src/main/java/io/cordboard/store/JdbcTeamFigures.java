package io.cordboard.store;

import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.desk.TeamView.QueueDay;
import io.cordboard.core.journey.TeamFigures;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts the day's calls. Thread-safe. */
public final class JdbcTeamFigures implements TeamFigures {
  // a call that was turned away came to the queue of its line
  private static final String QUEUES =
      """
      select coalesce(r.queue, l.queue_id, ''), count(*),
        count(*) filter (where answered_at <> 0),
        count(*) filter (where outcome = 'ABANDONED'),
        count(*) filter (where answered_at = 0 and outcome in ('MISSED', 'SWITCH_RESTART', 'CALL_BACK', 'MESSAGE')),
        count(*) filter (where outcome in ('CLOSED', 'FULL')),
        count(*) filter (where answered_at <> 0 and wait_millis <= ?),
        coalesce(sum(wait_millis) filter (where answered_at <> 0), 0)::bigint,
        coalesce(sum(talk_millis), 0)::bigint
      from call_record r left join phone_line l on l.did = r.line
      where arrived_at >= ? and (controlled or fallback) and ended_at <> 0 and outcome <> 'NO_LINE'
        and direction <> 'inside'
      group by 1
      """;
  private static final String AGENTS =
      """
      select agent_id, count(*),
        count(*) filter (where answered_at <> 0),
        count(*) filter (where answered_at = 0 and outcome in ('NO_ANSWER', 'DECLINED', 'FAILED')),
        coalesce(sum(ended_at - answered_at) filter (where answered_at <> 0 and ended_at <> 0), 0)::bigint / 1000,
        coalesce(sum(wrapped_up_at - ended_at) filter (where ended_at <> 0 and wrapped_up_at <> 0), 0)::bigint / 1000
      from segment where offered_at >= ? and why is distinct from 'inside' group by 1
      """;
  private static final String CALLS =
      """
      select r.call_id, arrived_at, coalesce(r.queue, l.queue_id, ''), r.outcome, u.display_name,
        wait_millis, talk_millis
      from call_record r left join app_user u on u.id = r.agent_id
        left join phone_line l on l.did = r.line
      where arrived_at >= ? and arrived_at < ? and controlled and ended_at <> 0 and r.direction <> 'inside'
        and (?::text is null or coalesce(r.queue, l.queue_id) = ?)
        and (?::text is null or r.outcome = ?)
        and (?::bigint is null or (arrived_at, r.call_id) < (?, ?::uuid))
        and (?::uuid is null or exists
          (select from segment s where s.call_id = r.call_id and s.agent_id = ?))
      order by arrived_at desc, r.call_id desc limit ?
      """;

  private final Transactions transactions;

  public JdbcTeamFigures(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Day day(long since) {
    return transactions.get(
        "count the day's calls",
        connection -> new Day(queues(connection, since), agents(connection, since)));
  }

  @Override
  public Map<AgentId, AgentDay> agents(long since) {
    return transactions.get("count the agents' day", connection -> agents(connection, since));
  }

  private static Map<String, QueueDay> queues(Connection connection, long since)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(QUEUES)) {
      select.setLong(1, QueueDay.IN_TIME_SECONDS * 1000L);
      select.setLong(2, since);
      Map<String, QueueDay> found = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(
              row.getString(1),
              new QueueDay(
                  row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6),
                  row.getInt(7), row.getLong(8), row.getLong(9)));
        }
      }
      return found;
    }
  }

  private static Map<AgentId, AgentDay> agents(Connection connection, long since)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AGENTS)) {
      select.setLong(1, since);
      Map<AgentId, AgentDay> found = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(
              new AgentId(row.getObject(1, UUID.class)),
              new AgentDay(
                  row.getInt(2), row.getInt(3), row.getInt(4), row.getLong(5), row.getLong(6)));
        }
      }
      return found;
    }
  }

  @Override
  public List<PastCall> calls(long since, long until, CallsWanted wanted) {
    return transactions.get(
        "read the day's calls",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(CALLS)) {
            bind(select, since, until, wanted);
            List<PastCall> calls = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                calls.add(past(row));
              }
            }
            return calls;
          }
        });
  }

  private static void bind(PreparedStatement select, long since, long until, CallsWanted wanted)
      throws SQLException {
    UUID agent = wanted.agent() == null ? null : wanted.agent().value();
    TeamDoor.Position before = wanted.before();
    int n = 0;
    for (Object value :
        new @Nullable Object[] {
          since, until, wanted.queue(), wanted.queue(), wanted.outcome(), wanted.outcome(),
          before == null ? null : before.arrived(), before == null ? null : before.arrived(),
          before == null ? null : before.call().value(), agent, agent, wanted.most()
        }) {
      select.setObject(++n, value);
    }
  }

  private static PastCall past(ResultSet row) throws SQLException {
    return new PastCall(
        row.getString(1), Clock.instant(row.getLong(2)), row.getString(3), row.getString(4),
        row.getString(5), row.getLong(6), row.getLong(7));
  }
}
