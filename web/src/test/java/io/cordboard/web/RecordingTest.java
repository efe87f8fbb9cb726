package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  private static final String TALK = "/api/v1/recordings/talk-1";
  private static TestServer server;
  private final World world = server.world();
  private User agent;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void record() {
    agent = world.person(Role.AGENT);
    world.recordings.add("talk-1", agent.id(), "0123456789".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theAgentHearsTheOwnTalkAsAWhole() {
    Answer answer = server.as(agent).get(TALK);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("0123456789");
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.header("Content-Type")).isEqualTo("audio/wav");
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=7-, 206, 789, bytes 7-9/10",
    "bytes=-2, 206, 89, bytes 8-9/10",
    "bytes=-99, 206, 0123456789, bytes 0-9/10",
    "bytes=8-99, 206, 89, bytes 8-9/10",
    "'bytes=0-1,4-5', 200, 0123456789, ''",
    "bytes=5-2, 200, 0123456789, ''",
    "lines=0-1, 200, 0123456789, ''",
  })
  void aRangeIsGivenAsItsHeaderSays(String range, int status, String body, String contentRange) {
    Answer answer = server.as(agent).header("Range", range).get(TALK);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @CsvSource({"bytes=10-", "bytes=999999999999999-", "bytes=-0"})
  void aRangeBeyondTheEndIsAProblem(String range) {
    Answer answer = server.as(agent).header("Range", range).get(TALK);
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.problem()).isEqualTo("/problems/range");
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
  }

  @Test
  void aStrangerIsRefusedAndBothStandInTheAudit() {
    server.as(agent).get(TALK);
    assertThat(outcome()).isEqualTo(AuditEntry.Outcome.DONE);
    assertThat(server.as(world.person(Role.AGENT)).get(TALK).problem())
        .isEqualTo("/problems/forbidden");
    assertThat(outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
    assertThat(server.as(world.person(Role.SUPERVISOR)).get(TALK).status()).isEqualTo(200);
  }

  private AuditEntry.Outcome outcome() {
    return world.audit.entries().stream()
        .filter(entry -> entry.what().equals("recording-played"))
        .toList()
        .getLast()
        .outcome();
  }

  @Test
  void withoutATraceNothingIsPlayed() {
    Client client = server.as(agent);
    world.audit.full(true);
    Answer answer = client.get(TALK);
    world.audit.full(false);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body()).doesNotContain("0123456789");
  }

  @Test
  void anAlarmIsSeenAndSettledWithATrace() {
    world.recordings.raise("talk-1", "What the customer hears is silent throughout.");
    Client supervisor = server.as(world.person(Role.SUPERVISOR));
    assertThat(supervisor.get("/api/v1/recordings/alarms").body())
        .contains("\"name\":\"talk-1\"", "silent throughout", "\"agent\"");
    assertThat(server.as(agent).get("/api/v1/recordings/alarms").status()).isEqualTo(403);
    assertThat(supervisor.post(TALK + "/alarm/settle", "").status()).isEqualTo(204);
    assertThat(supervisor.get("/api/v1/recordings/alarms").body()).contains("\"items\":[]");
    assertThat(world.audit.entries().getLast().what()).isEqualTo("recording-alarm-settled");
  }

  @Test
  void anUnknownRecordingIsNotFound() {
    assertThat(server.as(agent).get("/api/v1/recordings/nothing").status()).isEqualTo(404);
    assertThat(server.as(agent).get("/api/v1/recordings/..%2f..%2fetc%2fpasswd").status())
        .isIn(400, 404);
  }
}
