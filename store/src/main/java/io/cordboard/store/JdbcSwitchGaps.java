package io.cordboard.store;

import io.cordboard.core.call.SwitchGaps;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Positions in the switches' own records, and the calls of them that stand in the archive. Thread-safe. */
public final class JdbcSwitchGaps implements SwitchGaps {
  private static final String PASSED =
      """
      insert into switch_gap (switch_id, position, calls, last_at) values (?, ?, ?, ?)
      on conflict (switch_id) do update set position = excluded.position,
        calls = case when excluded.calls = 0 then switch_gap.calls
          when excluded.last_at - switch_gap.last_at > 3600000000 then excluded.calls
          else switch_gap.calls + excluded.calls end,
        last_at = greatest(switch_gap.last_at, excluded.last_at)
      """;
  private static final String KNOWN =
      """
      select channel, call_id, customer_id, number, line, fallback, approximate_to <> 0 as unobserved
      from call_record where arrived_at >= ? and switch_id = ? and channel = any (?)
      """;
  private static final String AMEND =
      """
      update call_record set outcome = case when answered_at <> 0 then outcome else ? end,
        wait_millis = case when answered_at <> 0 or ? = 0 then wait_millis
          else greatest(0, ? - arrived_at) / 1000 end,
        talk_millis = talk_millis + case when ? = 0 then 0 else greatest(0, ? - ?) / 1000 end,
        answered_at = case when answered_at <> 0 then answered_at else ? end,
        ended_at = ?, agent_id = coalesce(?::uuid, agent_id),
        fallback = true
      where call_id = ? and not fallback and approximate_to <> 0
      """;

  private final Transactions transactions;

  public JdbcSwitchGaps(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Optional<Gap> of(String switchId) {
    return transactions.get(
        "read how far a switch's records were read",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select * from switch_gap where switch_id = ?")) {
            select.setString(1, switchId);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Gap(
                          row.getString("position"), row.getInt("calls"), row.getLong("last_at")))
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public void passed(String switchId, String position, int calls, long at) {
    transactions.change(
        "keep how far a switch's records were read",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(PASSED)) {
            insert.setString(1, switchId);
            insert.setString(2, position);
            insert.setInt(3, calls);
            insert.setLong(4, at);
            insert.executeUpdate();
          }
        });
  }

  @Override
  public Map<String, Known> known(String switchId, Collection<String> channels, long since) {
    return transactions.get(
        "look for calls of a switch",
        connection -> {
          Map<String, Known> known = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
            select.setLong(1, since);
            select.setString(2, switchId);
            select.setArray(3, connection.createArrayOf("text", channels.toArray()));
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                known.put(row.getString("channel"), known(row));
              }
            }
          }
          return known;
        });
  }

  private static Known known(ResultSet row) throws SQLException {
    UUID customer = row.getObject("customer_id", UUID.class);
    return new Known(
        new CallId(row.getObject("call_id", UUID.class)),
        customer == null ? null : new CustomerId(customer),
        row.getString("number"),
        row.getString("line"),
        row.getBoolean("fallback"),
        row.getBoolean("unobserved"));
  }

  @Override
  public boolean amend(CallId call, Amended how) {
    return transactions.get(
        "complete a call's record",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(AMEND)) {
            update.setString(1, how.outcome());
            update.setLong(2, how.answeredAt());
            update.setLong(3, how.answeredAt());
            update.setLong(4, how.answeredAt());
            update.setLong(5, how.endedAt());
            update.setLong(6, how.answeredAt());
            update.setLong(7, how.answeredAt());
            update.setLong(8, how.endedAt());
            update.setObject(9, value(how.agent()));
            update.setObject(10, call.value());
            return update.executeUpdate() == 1;
          }
        });
  }

  private static @Nullable UUID value(@Nullable AgentId agent) {
    return agent == null ? null : agent.value();
  }
}
