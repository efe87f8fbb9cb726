package io.cordboard.store;

import io.cordboard.core.call.CallArchive;
import io.cordboard.core.call.CallRecord;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.EndCause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The records that the ledger wrote, one at a time. */
public final class JdbcCallArchive implements CallArchive {
  private final Transactions transactions;

  public JdbcCallArchive(DataSource pool) {
    this.transactions = new Transactions(pool);
  }

  @Override
  public Optional<PastCall> find(CallId call) {
    return transactions.get(
        "read a call's record",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select * from call_record where call_id = ?")) {
            select.setObject(1, call.value());
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new PastCall(
                          record(call, row), row.getString("direction"), segments(connection, call),
                          new RecordCorrections(connection).of(call)))
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public Optional<Said> correct(
      CallId call, AgentId agent, @Nullable Said expected, Said now, long at) {
    return transactions.get(
        "correct a call's record",
        connection -> new RecordCorrections(connection).correct(call, agent, expected, now, at));
  }

  private static CallRecord record(CallId call, ResultSet row) throws SQLException {
    UUID customer = row.getObject("customer_id", UUID.class);
    return new CallRecord(
        call,
        customer == null ? null : new CustomerId(customer),
        row.getString("match_state"),
        row.getString("number"),
        row.getBoolean("withheld"),
        row.getString("line"),
        row.getString("queue"),
        row.getString("switch_id"),
        row.getLong("epoch"),
        row.getString("channel"),
        row.getString("sip_call_id"),
        row.getString("linked_id"),
        row.getString("trunk"),
        row.getBoolean("controlled"),
        row.getLong("arrived_at"),
        row.getLong("answered_at"),
        row.getLong("ended_at"),
        row.getString("outcome"),
        cause(row),
        row.getLong("wait_millis"),
        row.getLong("talk_millis"),
        row.getLong("approximate_from"),
        row.getLong("approximate_to"),
        agent(row),
        row.getString("disposition"),
        row.getLong("verified_at"),
        row.getString("verified_by"),
        row.getString("announcement"),
        row.getLong("announced_at"),
        row.getString("direction"),
        row.getBoolean("fallback"),
        PartiesText.read(row.getString("outside")));
  }

  private static EndCause cause(ResultSet row) throws SQLException {
    return new EndCause(
        EndCause.Side.valueOf(row.getString("cause_side")),
        row.getInt("cause_q850"),
        row.getInt("cause_sip"),
        row.getString("cause_text"));
  }

  private static List<String> why(@Nullable String codes) {
    return codes == null ? List.of() : List.of(codes.split(" "));
  }

  private static @Nullable AgentId agent(ResultSet row) throws SQLException {
    UUID agent = row.getObject("agent_id", UUID.class);
    return agent == null ? null : new AgentId(agent);
  }

  private static List<CallRecord.Segment> segments(Connection connection, CallId call)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select * from segment where call_id = ? order by n")) {
      select.setObject(1, call.value());
      List<CallRecord.Segment> segments = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          segments.add(
              new CallRecord.Segment(
                  call,
                  row.getInt("n"),
                  new AgentId(row.getObject("agent_id", UUID.class)),
                  row.getLong("offered_at"),
                  row.getLong("answered_at"),
                  row.getLong("ended_at"),
                  row.getLong("wrapped_up_at"),
                  row.getString("outcome"),
                  row.getString("disposition"),
                  why(row.getString("why")),
                  AnswerText.read(row.getString("answers"))));
        }
      }
      return segments;
    }
  }
}
