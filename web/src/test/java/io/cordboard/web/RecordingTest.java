package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.recording.Alarm;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskDoor;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.CustomerId;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  private static final String TALK = "/api/v1/recordings/talk-1";
  private static final String ALARMS = "/api/v1/recordings/alarms";
  private static final Alarm SILENT = Alarm.of(Alarm.Code.HEARS_SILENT.finding());
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

  private void raise() {
    world.alarms.raise(
        world.recordings.byName("talk-1").orElseThrow(), SILENT, 1_700_000_000_000_007L);
  }

  @Test
  void anAlarmIsSeenAndSettledWithATraceAndShowsWhoDealtWithIt() {
    raise();
    User boss = world.person(Role.SUPERVISOR);
    Client supervisor = server.as(boss);
    Answer open = supervisor.get(ALARMS);
    assertThat(open.body()).contains("\"name\":\"talk-1\"", "silent throughout", "\"line\":\"4008001234\"");
    assertThat(open.text("/items/0/findings/0/code")).isEqualTo("HEARS_SILENT");
    assertThat(open.text("/items/0/agentName")).isEqualTo(agent.displayName().value());
    assertThat(open.json().at("/items/0/mayPlay").asBoolean()).isTrue();
    assertThat(server.as(world.person(Role.ADMINISTRATOR)).get(ALARMS).json().at("/items/0/mayPlay").asBoolean())
        .isFalse();
    assertThat(server.as(agent).get(ALARMS).status()).isEqualTo(403);
    Map<String, String> settling =
        Map.of("measure", "Headset replaced", "raisedAt", open.text("/items/0/raisedAt"));
    assertThat(supervisor.post(TALK + "/alarm/settle", settling).status()).isEqualTo(204);
    assertThat(world.audit.entries().getLast().what()).isEqualTo("recording-alarm-settled");
    assertThat(world.audit.entries().getLast().details())
        .containsEntry("raisedAt", open.text("/items/0/raisedAt"))
        .hasEntrySatisfying("measure", proof -> assertThat(proof).startsWith("sha256:").hasSize(71));
    assertThat(supervisor.get(ALARMS).body()).contains("\"items\":[]");
    Answer settled = supervisor.get(ALARMS + "?state=settled");
    assertThat(settled.text("/items/0/settled/by")).isEqualTo(boss.displayName().value());
    assertThat(settled.text("/items/0/settled/measure")).isEqualTo("Headset replaced");
    assertThat(supervisor.post(TALK + "/alarm/settle", settling).status()).as("twice").isEqualTo(409);
  }

  @Test
  void anAlarmIsNotSettledWithoutAWordOrByAnOldPage() {
    raise();
    Client supervisor = server.as(world.person(Role.SUPERVISOR));
    String settle = TALK + "/alarm/settle";
    String raised = supervisor.get(ALARMS).text("/items/0/raisedAt");
    assertThat(supervisor.post(settle, Map.of("measure", " ", "raisedAt", raised)).status()).isEqualTo(400);
    assertThat(supervisor.post(settle, Map.of("measure", "x")).status()).isEqualTo(400);
    for (String never : new String[] {"1969-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z"}) {
      assertThat(supervisor.post(settle, Map.of("measure", "x", "raisedAt", never)).status()).isEqualTo(400);
    }
    Map<String, String> old = Map.of("measure", "x", "raisedAt", "2020-01-01T00:00:00Z");
    assertThat(supervisor.post(settle, old).status()).isEqualTo(409);
    assertThat(world.audit.entries().getLast().outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
    assertThat(supervisor.get(ALARMS).body()).contains("talk-1");
    assertThat(supervisor.get(ALARMS + "?state=many").status()).isEqualTo(400);
    assertThat(supervisor.get(ALARMS + "?cursor=MQoA").status()).as("a NUL in it").isEqualTo(400);
    assertThat(supervisor.get(ALARMS + "?cursor=MQp0YWxrLTE").status()).isEqualTo(200);
  }

  @Test
  void theRecordOfTheCallTellsHowItSounded() {
    RecordingRow row = world.recordings.byName("talk-1").orElseThrow();
    world.archive.add(row.call(), new CustomerId(new UUID(7, 7)), agent.id());
    world.qualities.keep(row.call(), 1, new TalkQuality(1, 60, 1.234, 12, 80, 3.987, 2.5));
    Answer seen =
        server.as(world.person(Role.SUPERVISOR)).get("/api/v1/calls/" + row.call() + "/record");
    assertThat(seen.json().at("/parts/0/quality").toString())
        .isEqualTo(
            "{\"seconds\":60,\"lossPercent\":1.23,\"jitterMillis\":12,\"roundTripMillis\":80,"
                + "\"score\":3.99,\"lowestScore\":2.5}");
  }

  @Test
  void theRecordOfTheCallTellsWhatStoodThereBeforeAndNotesOnlyToThoseWhoMaySeeCustomers() {
    RecordingRow row = world.recordings.byName("talk-1").orElseThrow();
    world.archive.add(row.call(), new CustomerId(new UUID(7, 7)), agent.id());
    String record = "/api/v1/calls/" + row.call() + "/record";
    Answer seen = server.as(world.person(Role.SUPERVISOR)).get(record);
    assertThat(seen.text("/corrections/0/by")).isEqualTo(agent.displayName().value());
    assertThat(seen.text("/corrections/0/disposition")).isEqualTo("other");
    assertThat(seen.text("/corrections/0/notes")).isEqualTo("What was said.");
    assertThat(server.as(world.person(Role.ADMINISTRATOR)).get(record).body())
        .contains("\"disposition\":\"other\"")
        .doesNotContain("What was said.");
  }

  @Test
  void anAgentCorrectsARecordAndWhatIsWrongWithItIsSaid() {
    String corrections = "/api/v1/calls/" + new UUID(1, 1) + "/corrections";
    Map<String, Object> order =
        Map.of("disposition", "solved", "answers", List.of(Map.of("field", "price", "value", " 12 ")));
    assertThat(server.as(agent).post(corrections, order).status()).isEqualTo(204);
    assertThat(world.desk.corrections())
        .containsExactly(
            new DeskDoor.Correction("solved", List.of(new DeskCommand.Filled("price", "12")), null));
    for (String wrong :
        List.of(
            "{}", "{\"answers\":[null]}", "{\"answers\":[{\"value\":\"1\"}]}",
            "{\"answers\":[{\"field\":\"a\",\"value\":\"1\\n2\"}]}")) {
      assertThat(server.as(agent).send("POST", corrections, wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(server.as(world.person(Role.ADMINISTRATOR)).post(corrections, order).status()).isEqualTo(403);
    assertThat(world.desk.corrections()).hasSize(1);
  }

  @Test
  void theRecordOfTheCallNamesTheCustomerOnlyToThoseWhoMaySeeCustomers() {
    RecordingRow row = world.recordings.byName("talk-1").orElseThrow();
    CustomerId customer = new CustomerId(new UUID(7, 7));
    world.archive.add(row.call(), customer, agent.id());
    String record = "/api/v1/calls/" + row.call() + "/record";
    Answer seen = server.as(world.person(Role.SUPERVISOR)).get(record);
    assertThat(seen.text("/customerId")).isEqualTo(customer.toString());
    assertThat(seen.text("/parts/0/agent")).isEqualTo(agent.displayName().value());
    assertThat(seen.text("/recordings/0/name")).isEqualTo("talk-1");
    assertThat(seen.body()).doesNotContain("13800138000").contains("\"quality\":null", "\"fallback\":false");
    assertThat(server.as(world.person(Role.ADMINISTRATOR)).get(record).body())
        .contains("\"customerId\":null", "\"mayPlay\":false");
    assertThat(server.as(agent).get(record).status()).isEqualTo(403);
    assertThat(server.as(world.person(Role.SUPERVISOR)).get("/api/v1/calls/" + new UUID(9, 9) + "/record").status())
        .isEqualTo(404);
  }

  @Test
  void anUnknownRecordingIsNotFound() {
    assertThat(server.as(agent).get("/api/v1/recordings/nothing").status()).isEqualTo(404);
    assertThat(server.as(agent).get("/api/v1/recordings/..%2f..%2fetc%2fpasswd").status())
        .isIn(400, 404);
  }
}
