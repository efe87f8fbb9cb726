package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.kernel.Ids;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is wrong with the ledger stands on the health page. */
class LedgerHealthTest {
  @Test
  void aLedgerThatAnotherServerTookOverIsNeitherAliveNorReadyAndTheCauseIsTold() {
    try (Running running = Running.start()) {
      String[] admin = running.key(Role.ADMINISTRATOR);
      assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
      try (JdbcLedgerStore other =
          new JdbcLedgerStore(running.database, 0, new Ids(running.core.clock, new Random(1)))) {
        other.takeOver();
        running.core.desk.attach(running.agent("agent1"), "desk", message -> {});
        Await.until("not ready", () -> running.get("/health/ready").statusCode() == 503);
        Await.until("not alive", () -> running.get("/health/live").statusCode() == 503);
        String health = new String(running.get("/api/v1/health", admin).body(), StandardCharsets.UTF_8);
        assertThat(health).contains("The ledger has stopped", "Cause: " + running.core.ledger.trouble());
      }
    }
  }
}
