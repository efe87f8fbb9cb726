package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.desk.TeamDoor;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.desk.TeamView.QueueDay;
import io.cordboard.core.journey.TeamFigures;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcTeamFiguresTest {
  private static final long DAY = 86_400_000_000L;
  private static final String LINE = "4008001234";

  private final Database database = PostgresForTests.migrated();
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcTeamFigures figures = new JdbcTeamFigures(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  private void aDay() throws SQLException {
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)))) {
      ledger.takeOver();
      Flushes flush = Flushes.after(0);
      int n = 0;
      for (String outcome : new String[] {"ANSWERED", "ANSWERED", "ABANDONED", "MISSED", "CLOSED"}) {
        flush.call(Flushes.record(call(++n), null, "+861", outcome, AT + n));
      }
      flush.call(Flushes.record(call(9), null, "+861", "ANSWERED", AT - DAY));
      flush.segment(call(1), 1, agent(1), "solved").segment(call(2), 1, agent(1), "solved");
      ledger.flush(flush.flush());
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update call_record set answered_at = 0 where outcome <> 'ANSWERED'");
      statement.execute("update call_record set queue = null where outcome = 'CLOSED'");
      statement.execute(
          "update call_record set wait_millis = 30000 where call_id = '" + call(2) + "'");
      statement.execute(
          "update segment set ended_at = answered_at + 60000000, wrapped_up_at = answered_at + 70000000");
      statement.execute("insert into queue values ('care', 'Care')");
      statement.execute(
          """
          insert into phone_line (did, label, queue_id, waiting, recorded, ring_seconds,
            wrap_up_seconds, rejoin_seconds, max_wait_seconds)
          values ('%s', 'Line', 'care', 'MUSIC', false, 20, 60, 60, 300)
          """
              .formatted(LINE));
    }
  }

  @Test
  void howLongTalksTookIsReadWithTheirWrapUpTheLastOnesOnly() throws SQLException {
    aDay();
    JdbcQueuePace pace = new JdbcQueuePace(pool);
    assertThat(pace.took(AT, 9)).isEqualTo(Map.of("care", List.of(70_000_000L, 70_000_000L)));
    assertThat(pace.took(AT, 1)).isEqualTo(Map.of("care", List.of(70_000_000L)));
    assertThat(pace.took(AT + DAY, 9)).isEmpty();
  }

  @Test
  void aQueuesCallsAreCountedByWhatBecameOfThemAndOnlyTodays() throws SQLException {
    aDay();
    TeamFigures.Day day = figures.day(AT);
    assertThat(day.queues().get("care"))
        .isEqualTo(new QueueDay(5, 2, 1, 1, 1, 1, 31_000, 300_000));
    assertThat(day.agents().get(agent(1)))
        .isEqualTo(new AgentDay(2, 2, 0, 120_000, 20_000));
  }

  @Test
  void callsBetweenColleaguesAreNotCounted() throws SQLException {
    aDay();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update call_record set direction = 'inside', queue = null where call_id = '" + call(1) + "'");
      statement.execute("update segment set why = 'inside' where call_id = '" + call(1) + "'");
    }
    TeamFigures.Day day = figures.day(AT);
    assertThat(day.queues().keySet()).containsExactly("care");
    assertThat(day.queues().get("care").answered()).isEqualTo(1);
    assertThat(day.agents().get(agent(1)).answered()).isEqualTo(1);
    assertThat(calls(null, agent(1), null, null, 9)).hasSize(1);
  }

  private List<PastCall> calls(
      @Nullable String queue, @Nullable AgentId agent, @Nullable String outcome,
      TeamDoor.@Nullable Position before, int most) {
    return figures.calls(
        AT, AT + DAY, new CallsWanted(null, queue, agent, outcome, before, most));
  }

  @Test
  void pagesOfADaysCallsMeetWithoutAGapAndOthersDaysStayAway() throws SQLException {
    aDay();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      // arrived in the same moment: the id decides
      statement.execute("update call_record set arrived_at = " + (AT + 2) + " where call_id = '" + call(3) + "'");
    }
    List<String> all = calls(null, null, null, null, 10).stream().map(PastCall::callId).toList();
    List<String> paged = new ArrayList<>();
    TeamDoor.Position before = null;
    for (int page = 0; page < 5; page++) {
      PastCall one = calls(null, null, null, before, 1).getFirst();
      paged.add(one.callId());
      before =
          new TeamDoor.Position(
              ChronoUnit.MICROS.between(Instant.EPOCH, one.arrivedAt()), CallId.parse(one.callId()));
    }
    assertThat(paged).isEqualTo(all).doesNotHaveDuplicates().hasSize(5);
    assertThat(calls(null, null, null, before, 1)).isEmpty();
    assertThat(figures.calls(AT - DAY, AT, new CallsWanted(null, null, null, null, null, 10)))
        .extracting(PastCall::callId)
        .containsExactly(call(9).toString());
  }

  @Test
  void callsAreListedOfOneOutcome() throws SQLException {
    aDay();
    assertThat(calls(null, null, "ABANDONED", null, 10)).extracting(PastCall::outcome).containsExactly("ABANDONED");
    assertThat(calls(null, agent(1), "ABANDONED", null, 10)).isEmpty();
    assertThat(calls("sales", null, null, null, 10)).isEmpty();
  }

  @Test
  void callsAreListedTheNewestFirstOfAQueueOrOfAnAgent() throws SQLException {
    aDay();
    assertThat(calls(null, null, null, null, 3))
        .extracting(PastCall::outcome)
        .containsExactly("CLOSED", "MISSED", "ABANDONED");
    assertThat(calls("care", null, null, null, 10)).as("also who was turned away").hasSize(5);
    assertThat(calls(null, agent(1), null, null, 10))
        .extracting(PastCall::callId)
        .containsExactly(call(2).toString(), call(1).toString());
  }
}
