package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cordboard.core.trust.Role;
import io.cordboard.testkit.Await;
import io.cordboard.web.fake.World;
import io.cordboard.web.ops.HealthLines;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OpsTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void healthIsToldToEverybodyAndItsPartsToNobody() {
    assertThat(server.anybody().get("/health/live").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(server.anybody().get("/health/ready").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(server.anybody().get("/health").status()).isEqualTo(401);
    assertThat(server.with(World.LOCAL_TOKEN).get("/health/diskSpace").status()).isEqualTo(403);
    assertThat(server.anybody().get("/actuator").status()).isEqualTo(404);
  }

  @Test
  void aPartThatIsDownMakesItNotReadyAndItsDetailIsForAdministrators() {
    server.world().health.set(HealthLines.State.DOWN, true);
    assertThat(server.anybody().get("/health/ready").status()).isEqualTo(503);
    assertThat(server.anybody().get("/health/ready").body()).isEqualTo("{\"status\":\"DOWN\"}");
    assertThat(server.anybody().get("/health/live").status()).isEqualTo(200);
    assertThat(server.anybody().get("/api/v1/health").status()).isEqualTo(401);
    assertThat(server.with(server.world().key(Role.ADMINISTRATOR)).get("/api/v1/health").body())
        .contains("\"state\":\"DOWN\"", "\"name\":\"ledger\"", "The database is away.")
        .contains("\"recordingsWaiting\":4", "{\"switchId\":\"pbx\",\"aheadMillis\":-120}");
    server.world().health.set(HealthLines.State.WARN, true);
    assertThat(server.anybody().get("/health/ready").status()).isEqualTo(200);
    server.world().health.set(HealthLines.State.UP, true);
  }

  @Test
  void aDeadLedgerMakesItNotAlive() {
    server.world().health.set(HealthLines.State.DOWN, false);
    assertThat(server.anybody().get("/health/live").status()).isEqualTo(503);
    server.world().health.set(HealthLines.State.UP, true);
  }

  @Test
  void metricsAreToldToThisMachineAndToThoseWithTheRight() {
    String metrics = server.anybody().get("/metrics").body();
    assertThat(metrics)
        .contains("cordboard_desks", "cordboard_desk_slow_total", "jvm_memory_used_bytes");
    Client proxied = server.anybody().header("X-Forwarded-For", "203.0.113.7");
    assertThat(proxied.get("/metrics").status()).isEqualTo(401);
    String key = server.world().key(Role.ADMINISTRATOR);
    assertThat(proxied.header("Authorization", "Bearer " + key).get("/metrics").status())
        .isEqualTo(200);
  }

  private static final class Lines extends ListAppender<ILoggingEvent> {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      texts.add(event.getFormattedMessage() + " " + event.getKeyValuePairs());
    }
  }

  @Test
  void theAccessLogHasNoPersonalData() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.cordboard.access");
    Lines lines = new Lines();
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
    String call = "0190a1b2-0000-7000-8000-00000000000f";
    Client client = server.with(World.LOCAL_TOKEN);
    client.get("/api/v1/calls/" + call + "?number=13800138000");
    client.get("/nothing/13800138000");
    // the line of an earlier test's request may come after its answer
    Await.until("both lines", () -> lines.texts.stream().filter(t -> t.contains(" 404 ")).count() == 2);
    logger.detachAppender(lines);
    assertThat(lines.texts)
        .anySatisfy(
            text -> assertThat(text).contains("GET /api/v1/calls/{id} 404", call, "micros", "key:"))
        .allSatisfy(text -> assertThat(text).doesNotContain("138"));
  }

  @Test
  void everyAnswerHasAnIdForTheLog() {
    assertThat(server.anybody().get("/health/live").header("X-Request-Id")).hasSize(36);
  }
}
