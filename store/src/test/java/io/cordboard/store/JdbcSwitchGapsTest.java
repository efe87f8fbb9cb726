package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.SwitchGaps;
import io.cordboard.core.call.SwitchGaps.Amended;
import io.cordboard.core.call.SwitchGaps.Gap;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JdbcSwitchGapsTest {
  private static final long AT = 1_795_764_414_000_000L;
  private static final CallId CALL = new CallId(new UUID(5, 6));
  private static final AgentId AGENT = new AgentId(new UUID(5, 7));

  private static void row(HikariDataSource pool, CallId call, String channel, long approximateTo)
      throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into call_record (call_id, match_state, withheld, line, switch_id, channel, trunk,
                  controlled, arrived_at, answered_at, ended_at, outcome, cause_side, cause_q850,
                  cause_sip, cause_text, wait_millis, talk_millis, approximate_from, approximate_to,
                  verified_at, announced_at)
                values (?, 'NEW', false, '4008001234', 'asterisk', ?, 't', true, ?, 0, ?, 'ABANDONED',
                  'UNKNOWN', 0, 0, 'absent', 1000, 0, ?, ?, 0, 0)
                """)) {
      insert.setObject(1, call.value());
      insert.setString(2, channel);
      insert.setLong(3, AT);
      insert.setLong(4, AT + 1);
      insert.setLong(5, approximateTo);
      insert.setLong(6, approximateTo);
      insert.executeUpdate();
    }
  }

  @Test
  void thePositionIsKeptAndTheCallsAreCounted() {
    try (var pool = PostgresForTests.migrated().pool("test", 2)) {
      SwitchGaps gaps = new JdbcSwitchGaps(pool);
      assertThat(gaps.of("asterisk")).isEmpty();
      gaps.passed("asterisk", "a:1", 3, AT);
      gaps.passed("asterisk", "a:2", 0, 0);
      gaps.passed("asterisk", "a:3", 2, AT - 1);
      assertThat(gaps.of("asterisk")).contains(new Gap("a:3", 5, AT));
      gaps.passed("asterisk", "a:4", 1, AT + 3_600_000_001L);
      assertThat(gaps.of("asterisk"))
          .as("another gap is counted by itself")
          .contains(new Gap("a:4", 1, AT + 3_600_000_001L));
    }
  }

  @Test
  void aCallIsFoundByItsChannelAndCompletedOnce() throws SQLException {
    try (var pool = PostgresForTests.migrated().pool("test", 2)) {
      SwitchGaps gaps = new JdbcSwitchGaps(pool);
      row(pool, CALL, "ch.1", AT + 1);
      assertThat(gaps.known("asterisk", List.of("ch.1", "ch.2"), AT)).containsOnlyKeys("ch.1");
      assertThat(gaps.known("asterisk", List.of("ch.1"), AT + 1)).isEmpty();
      assertThat(gaps.known("demo", List.of("ch.1"), AT)).isEmpty();
      Amended how = new Amended("ANSWERED", AT + 9_000_000, AT + 30_000_000, AGENT);
      assertThat(gaps.amend(CALL, how)).isTrue();
      assertThat(gaps.amend(CALL, how)).isFalse();
      assertThat(gaps.known("asterisk", List.of("ch.1"), AT).get("ch.1").fallback()).isTrue();
      try (Connection connection = pool.getConnection();
          ResultSet row =
              connection.createStatement().executeQuery("select * from call_record")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("outcome")).isEqualTo("ANSWERED");
        assertThat(row.getLong("answered_at")).isEqualTo(AT + 9_000_000);
        assertThat(row.getLong("ended_at")).isEqualTo(AT + 30_000_000);
        assertThat(row.getLong("wait_millis")).isEqualTo(9_000);
        assertThat(row.getLong("talk_millis")).isEqualTo(21_000);
        assertThat(row.getObject("agent_id", UUID.class)).isEqualTo(AGENT.value());
      }
    }
  }

  @Test
  void aCallThatWasWhollyObservedIsNotTouched() throws SQLException {
    try (var pool = PostgresForTests.migrated().pool("test", 2)) {
      SwitchGaps gaps = new JdbcSwitchGaps(pool);
      row(pool, CALL, "ch.1", 0);
      assertThat(gaps.amend(CALL, new Amended("ANSWERED", AT, AT, null))).isFalse();
    }
  }
}
