package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger's connection experiences a fault; nothing is lost, nothing is written twice. */
class LedgerFaultsTest {
  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final CuttingProxy proxy = new CuttingProxy(database);
  private final JdbcLedgerStore store =
      new JdbcLedgerStore(proxy.database(), 0, new Ids(new HandClock(), new Random(1)));

  private final Flush first =
      Flushes.after(0).entry(call(1), AT, 1).agent(agent(1), AgentState.READY).flush();
  private final Flush second =
      Flushes.after(1).entry(call(1), AT, 2).agent(agent(1), AgentState.OFFERED).flush();

  @BeforeEach
  void start() {
    store.takeOver();
    store.flush(first);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    proxy.close();
  }

  @Test
  void aServerProcessKilledInMidFlushLeavesTheOutcomeUnknownAndThePositionTellsThatItFailed()
      throws SQLException {
    try (Blocker blocker = new Blocker("update agent_state set reason = 'x'")) {
      CompletableFuture<Void> flush = CompletableFuture.runAsync(() -> store.flush(second));
      blocker.awaitWaiting();
      rows.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
      assertUnknown(flush);
    }
    assertThat(store.position()).isEqualTo(1);
    store.flush(second);
    assertThat(rows.count("journal")).isEqualTo(2);
  }

  @Test
  void anAnswerThatNeverArrivesLeavesTheOutcomeUnknownAndThePositionTellsThatItWasWritten() {
    proxy.cutBeforeAnswer();
    assertThatThrownBy(() -> store.flush(second)).isInstanceOf(Fault.OutcomeUnknown.class);
    assertThat(store.position()).isEqualTo(2);
    store.flush(Flushes.after(2).entry(call(1), AT, 3).flush());
    assertThat(rows.count("journal")).isEqualTo(3);
  }

  @Test
  void aFlushThatTheServerStillWorksOnIsWaitedForBeforeThePositionIsTold() throws SQLException {
    CompletableFuture<Long> position;
    try (Blocker blocker = new Blocker("update agent_state set reason = 'x'")) {
      CompletableFuture<Void> flush = CompletableFuture.runAsync(() -> store.flush(second));
      blocker.awaitWaiting();
      proxy.cut();
      assertUnknown(flush);
      position = CompletableFuture.supplyAsync(store::position);
      Await.until(
          "the position waits for the flush",
          () -> rows.count("pg_stat_activity where wait_event_type = 'Lock'") == 2);
    }
    assertThat(position.join()).isEqualTo(2);
    assertThat(rows.count("journal")).isEqualTo(2);
  }

  @Test
  void aFlushGoesOnByItselfOnceTheDatabaseIsBack() {
    proxy.cut();
    assertThatThrownBy(() -> store.flush(second)).isInstanceOf(Fault.OutcomeUnknown.class);
    store.flush(second);
    assertThat(store.position()).isEqualTo(2);
  }

  @Test
  void aDatabaseThatIsAwayIsUnreachableAndNothingIsInDoubt() throws IOException {
    store.close();
    proxy.close();
    assertThatThrownBy(() -> store.flush(second)).isInstanceOf(Fault.Unreachable.class);
    assertThatThrownBy(store::position).isInstanceOf(Fault.Unreachable.class);
    assertThatThrownBy(store::takeOver).isInstanceOf(Fault.Unreachable.class);
    assertThat(rows.count("journal")).isEqualTo(1);
  }

  private static void assertUnknown(CompletableFuture<Void> flush) {
    assertThatThrownBy(flush::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Fault.OutcomeUnknown.class);
  }

  /** Holds a lock until it is closed. */
  private final class Blocker implements AutoCloseable {
    private final Connection connection;

    Blocker(String sql) throws SQLException {
      connection = database.connect(Map.of());
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    void awaitWaiting() {
      Await.until(
          "the flush waits for a lock",
          () -> rows.count("pg_stat_activity where wait_event_type = 'Lock'") == 1);
    }

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.close();
    }
  }
}
