package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.spi.telephony.SwitchListener;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.SwitchSignal.Stage;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators see of the whole server. */
class OperationsTest {
  private static final String AGENT = "agent1";
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start().ready(AGENT);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String text(String path, String... headers) {
    return new String(running.get(path, headers).body(), StandardCharsets.UTF_8);
  }

  private static void metric(String line) {
    Await.until("the metrics have '" + line + "'", () -> text("/metrics"), all -> all.lines().anyMatch(line::equals));
  }

  private static String health() {
    return text("/api/v1/health", running.key(Role.ADMINISTRATOR));
  }

  @Test
  void aCallIsCountedFromItsFirstEventToItsEnd() {
    Running.Ringing call = running.answered(AGENT, running.rings(null, 60, ""));
    metric("cordboard_calls_live 1.0");
    metric("cordboard_calls_phase{phase=\"TALKING\"} 1.0");
    metric("cordboard_agents{state=\"TALKING\"} 1.0");
    running.drill.callerHangsUp(call.caller());
    running.finished(AGENT, call);
    metric("cordboard_calls_total{outcome=\"ANSWERED\"} 1.0");
    metric("cordboard_calls_live 0.0");
    assertThat(text("/metrics"))
        .contains(
            "cordboard_events_total{result=\"taken\",switch=\"demo\"}",
            "cordboard_events_total{result=\"repeated\",switch=\"demo\"} 0.0",
            "cordboard_events_total{result=\"orphan\",switch=\"demo\"}",
            "cordboard_events_total{result=\"unknown\",switch=\"demo\"} 0.0",
            "cordboard_ledger_commit_seconds_count",
            "cordboard_ledger_commit_seconds_bucket{le=\"0.005\"}",
            "cordboard_ledger_backlog 0.0",
            "cordboard_work_open",
            "cordboard_work_oldest_seconds",
            "cordboard_work_dead_letters 0.0",
            "cordboard_recordings_alarms",
            "cordboard_switch_up{switch=\"demo\"} 1.0",
            "cordboard_switch_clock_skew_seconds{switch=\"demo\"} 0.0",
            "cordboard_queue_waiting{queue=\"care\"} 0.0",
            "cordboard_desks ",
            "cordboard_disk_free_bytes",
            "jvm_memory_used_bytes");
  }

  @Test
  void noMeterFilterComesTooLate() throws IOException {
    assertThat(Files.readAllLines(running.data.resolve("log/cordboard.log")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("MeterFilter"));
  }

  @Test
  void healthNamesTheLostSwitchAndTheServerIsNotReady() {
    assertThat(health()).contains("\"name\":\"switch:demo\"", "\"name\":\"ledger\"", "\"name\":\"database\"");
    assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
    running.drill.breakLink();
    Await.until("not ready", () -> running.get("/health/ready").statusCode() == 503);
    assertThat(health()).contains("\"state\":\"DOWN\"");
    assertThat(running.get("/health/live").statusCode()).isEqualTo(200);
    running.drill.mendLink();
    Await.until("ready again", () -> running.get("/health/ready").statusCode() == 200);
  }

  @Test
  void anEmergencyCallStandsOnTheHealthPageInTheMetricsAndInTheAudit() {
    SwitchListener ears = running.core.metrics.ears(running.core.ledger);
    ears.on(emergency(Stage.DIALLED));
    assertThat(health())
        .contains("\"name\":\"emergency\"", "An emergency call to 112 goes on at phone agent1.");
    assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
    ears.on(emergency(Stage.ANSWERED));
    ears.on(new SwitchSignal.InternationalRefused("demo", AGENT, 2));
    assertThat(health()).contains("it was answered.");
    metric("cordboard_emergency_calls_total{stage=\"answered\",switch=\"demo\"} 1.0");
    metric("cordboard_emergency_calls_total{stage=\"failed\",switch=\"demo\"} 0.0");
    metric("cordboard_international_refused_total{switch=\"demo\"} 1.0");
    assertThat(running.core.verifier.verify().ok()).isTrue();
  }

  private static SwitchSignal emergency(Stage stage) {
    return new SwitchSignal.EmergencyCall("demo", "cb-1.7", AGENT, "112", stage, 1);
  }

  @Test
  void aSwitchWhoseClockIsOffIsAWarningForPeople() {
    running.core.metrics.link(
        new SwitchSignal.LinkUp(
            "demo", 1, new SwitchSnapshot(0, List.of(), Map.of(), List.of()), -2_300_000));
    assertThat(health()).contains("\"name\":\"clock:demo\"", "is -2300 ms off ours: set both by NTP.");
    assertThat(running.get("/health/ready").statusCode()).isEqualTo(200);
    metric("cordboard_switch_clock_skew_seconds{switch=\"demo\"} -2.3");
    running.core.metrics.skew.measured("demo", 0);
    assertThat(health()).doesNotContain("clock:demo");
  }
}
