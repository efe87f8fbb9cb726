package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.CallView.Phase;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.trust.Role;
import io.cordboard.testkit.Await;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A switch without an adapter tells of its calls by HTTP: the card pops and the record is kept. */
class CtiStoryTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String AGENT = "agent1";
  private static final String CUSTOMER = "+8613800138000";
  private static Running running;
  private static String[] key;

  @BeforeAll
  static void start() {
    running = Running.start().ready(AGENT);
    key = running.key(Role.INTEGRATION);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static HttpResponse<byte[]> post(String body) {
    return running.post("/api/v1/cti/events", body, key);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
  }

  private static String body(String call, String event, Map<String, String> more) {
    Map<String, String> all = new java.util.HashMap<>(more);
    all.putIfAbsent("direction", "in");
    all.putIfAbsent("from", CUSTOMER);
    all.putIfAbsent("to", "4008001234");
    all.put("callId", call);
    all.put("event", event);
    return JSON.writeValueAsString(all);
  }

  private static JsonNode tell(String call, String event, Map<String, String> more) {
    HttpResponse<byte[]> answer = post(body(call, event, more));
    assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(202);
    return json(answer);
  }

  /** What the customer's file says of this call, as a supervisor reads it. */
  private static JsonNode record(String customer, String call) {
    String path = "/api/v1/customers/%s/timeline?kind=call&limit=200".formatted(customer);
    String[] supervisor = running.key(Role.SUPERVISOR);
    return Await.until(
        "the record stands in the customer's file",
        () -> {
          List<JsonNode> found = new ArrayList<>();
          json(running.get(path, supervisor)).get("items").forEach(found::add);
          return found.stream().filter(e -> e.get("id").asString().equals(call)).toList();
        },
        found -> found.size() == 1).getFirst();
  }

  @Test
  void theCardPopsAtTheAgentNamedAndTheRecordHasThemWithNoteAndVerification() {
    JsonNode ringing = tell("story", "ringing", Map.of("agent", AGENT));
    String call = ringing.get("interactionId").asString();
    CallView shown = running.shown(call, v -> v.match().customerId() != null);
    assertThat(shown.phase()).isEqualTo(Phase.RINGING);
    String customer = shown.match().customerId();
    JsonNode answered = tell("story", "answered", Map.of("agent", AGENT));
    assertThat(answered.get("interactionId").asString()).isEqualTo(call);
    assertThat(answered.get("customer").asString()).isEqualTo(customer);
    running.shown(call, v -> v.phase() == Phase.TALKING);
    running.command(AGENT, new DeskCommand.Verify(call, "address"));
    running.command(AGENT, new DeskCommand.SaveNotes(call, "要换滤芯", 0));
    tell("story", "held", Map.of());
    running.shown(call, v -> v.phase() == Phase.HELD);
    tell("story", "ended", Map.of("cause", "16"));
    running.shown(call, v -> v.phase() == Phase.WRAP_UP);
    running.command(AGENT, new DeskCommand.SaveNotes(call, "要换滤芯，周五上门", 1));
    running.command(AGENT, new DeskCommand.FinishWrapUp(call, "solved"));
    running.shown(call, v -> v.phase() == Phase.DONE);
    JsonNode record = record(customer, call);
    JsonNode file = record.get("call");
    assertThat(record.get("state").asString()).isEqualTo("ENDED");
    assertThat(file.get("agent").asString()).isNotEmpty();
    assertThat(file.get("verifiedBy").asString()).isEqualTo("address");
    assertThat(file.get("disposition").asString()).isEqualTo("solved");
    assertThat(file.get("notes").get(0).get("text").asString()).isEqualTo("要换滤芯，周五上门");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void postsInAnyOrderAndAgainMakeOneRecord(long seed) {
    List<String> events = new ArrayList<>(List.of("ringing", "answered", "held", "answered", "ended"));
    events.addAll(events);
    Collections.shuffle(events, new Random(seed));
    Set<String> calls = new TreeSet<>();
    for (String event : events) {
      calls.add(
          tell("again-" + seed, event, Map.of("agent", AGENT, "at", java.time.Instant.now().toString()))
              .get("interactionId")
              .asString());
    }
    assertThat(calls).hasSize(1);
    String call = calls.iterator().next();
    String customer = tell("again-" + seed, "ended", Map.of()).get("customer").asString();
    assertThat(record(customer, call).get("state").asString()).isEqualTo("ENDED");
  }

  @ParameterizedTest
  @CsvSource({"withheld, ''", "hundred, " + HUNDRED, "words, ☎😀<script>alert(1)</script>"})
  void aCallWithoutANumberThatCanBeReadPopsAndIsKept(String id, String from) {
    JsonNode ringing = tell(id, "ringing", Map.of("agent", AGENT, "from", from == null ? "" : from));
    String call = ringing.get("interactionId").asString();
    assertThat(ringing.get("customer").isNull()).isTrue();
    CallView shown = running.shown(call, v -> v.phase() == Phase.RINGING);
    assertThat(shown.number()).isNull();
    tell(id, "ended", Map.of());
    running.shown(call, v -> v.phase() == Phase.DONE);
  }

  private static final String HUNDRED =
      "1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890";

  @Test
  void aMissedCallIsOwedByTheQueueOfTheCalledLineUntilOneIsAnswered() {
    String caller = "+8613999990017";
    Map<String, String> from = Map.of("from", caller);
    tell("missed", "ringing", from);
    tell("missed", "ended", from);
    String queue = owed(caller, found -> found.size() == 1).getFirst().get("queue").asString();
    assertThat(queue).isEqualTo("care");
    tell("served", "ringing", from);
    tell("served", "answered", from);
    tell("served", "ended", from);
    owed(caller, List::isEmpty);
  }

  /** Call-backs that are owed to this number, once they are so. */
  private static List<JsonNode> owed(String number, java.util.function.Predicate<List<JsonNode>> so) {
    String[] supervisor = running.key(Role.SUPERVISOR);
    return Await.until(
        "the call-backs of " + number,
        () -> {
          List<JsonNode> found = new ArrayList<>();
          json(running.get("/api/v1/tasks?view=open&limit=200", supervisor)).get("items").forEach(found::add);
          return found.stream().filter(task -> task.get("number").asString("").equals(number)).toList();
        },
        so);
  }

  @Test
  void anAgentOfAnOddNameIsNobodyAndTheCallIsKept() {
    JsonNode ringing = tell("odd-agent", "ringing", Map.of("agent", "😀'; drop table call_record"));
    tell("odd-agent", "ended", Map.of());
    String customer = tell("odd-agent", "ended", Map.of()).get("customer").asString();
    JsonNode record = record(customer, ringing.get("interactionId").asString());
    assertThat(record.get("call").get("agent").isNull()).isTrue();
  }

  @Test
  void badPostsAreToldWhatIsWrongAndTheNextGoodOneIsTaken() {
    Map<String, Integer> bad =
        Map.of(
            "{\"callId\":\"bad\"", 400,
            "[]", 400,
            "not json", 400,
            body("bad", "exploded", Map.of()), 400,
            body("bad", "ringing", Map.of("direction", "sideways")), 400,
            body("bad", "ringing", Map.of("at", "yesterday")), 400,
            body("", "ringing", Map.of()), 400,
            body("bad", "ringing", Map.of("from", "9".repeat(300))), 400,
            body("bad", "ringing", Map.of("from", "9".repeat(300_000))), 413);
    assertThat(
            bad.keySet().stream()
                .collect(Collectors.toMap(b -> b, b -> post(b).statusCode())))
        .isEqualTo(bad);
    HttpResponse<byte[]> unknown = post(body("bad", "exploded", Map.of()));
    assertThat(unknown.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(json(unknown).get("detail").asString()).contains("event");
    assertThat(tell("bad", "ringing", Map.of()).get("interactionId").asString()).isNotEmpty();
    tell("bad", "ended", Map.of());
  }

  @Test
  void onlyAnIntegrationKeyMayTell() {
    String body = body("nobody", "ringing", Map.of());
    assertThat(running.post("/api/v1/cti/events", body, new String[0]).statusCode()).isEqualTo(401);
    assertThat(running.post("/api/v1/cti/events", body, running.key(Role.SUPERVISOR)).statusCode())
        .isEqualTo(403);
  }
}
