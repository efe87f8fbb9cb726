package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskCommand.Filled;
import io.cordboard.core.desk.DeskCommand.TransferTo;
import io.cordboard.core.desk.TeamDoor.CallsWanted;
import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Fault;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.FakeDesk;
import io.cordboard.web.fake.World;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a desk's socket takes, asked for by requests. */
class OwnDeskTest {
  private static final String CALL = "0190a1b2-0000-7000-8000-000000000001";
  private static final String OTHER = "0190a1b2-0000-7000-8000-000000000002";
  private static TestServer server;
  private static World world;
  private User agent;
  private Client client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    world = server.world();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void signIn() {
    world.desk.answer(command -> CompletableFuture.completedFuture(null));
    world.desk.commands().clear();
    world.desk.calls.clear();
    world.team.orders.clear();
    world.team.past.clear();
    world.team.asked.clear();
    agent = world.person(Role.AGENT);
    client = server.as(agent);
  }

  private static Arguments does(String what, Map<String, ?> body, DeskCommand command) {
    return Arguments.of(what, body, command);
  }

  static Stream<Arguments> commands() {
    Map<String, String> nothing = Map.of();
    return Stream.of(
        does("answer", nothing, new DeskCommand.Answer(CALL)),
        does("decline", nothing, new DeskCommand.Decline(CALL)),
        does("hold", nothing, new DeskCommand.Hold(CALL)),
        does("resume", nothing, new DeskCommand.Resume(CALL)),
        does("keys", Map.of("keys", "1234#"), new DeskCommand.SendKeys(CALL, "1234#")),
        does(
            "transfer", Map.of("to", "QUEUE", "target", "care"),
            new DeskCommand.Transfer(CALL, TransferTo.QUEUE, "care")),
        does(
            "transfer", Map.of("to", "NUMBER", "target", "13800138000"),
            new DeskCommand.Transfer(CALL, TransferTo.NUMBER, "13800138000")),
        does(
            "consult", Map.of("to", "AGENT", "target", OTHER),
            new DeskCommand.Consult(CALL, TransferTo.AGENT, OTHER)),
        does("swap", nothing, new DeskCommand.Swap(CALL)),
        does("complete-transfer", nothing, new DeskCommand.CompleteTransfer(CALL)),
        does("cancel-consultation", nothing, new DeskCommand.CancelConsultation(CALL)),
        does("merge", nothing, new DeskCommand.Merge(CALL)),
        does("park", nothing, new DeskCommand.Park(CALL)),
        does("pick-up", nothing, new DeskCommand.PickUp(CALL)),
        does("hang-up", nothing, new DeskCommand.HangUp(CALL)),
        does("pause-recording", nothing, new DeskCommand.PauseRecording(CALL)),
        does("resume-recording", nothing, new DeskCommand.ResumeRecording(CALL)),
        does(
            "notes", Map.of("text", "Two\nlines.", "revision", 3),
            new DeskCommand.SaveNotes(CALL, "Two\nlines.", 3)),
        does("customer", Map.of("customerId", OTHER), new DeskCommand.ChooseCustomer(CALL, OTHER)),
        does("verify", Map.of("method", "birth-date"), new DeskCommand.Verify(CALL, "birth-date")),
        does(
            "disposition",
            Map.of("disposition", "solved", "answers", List.of(Map.of("field", "when", "value", "now"))),
            new DeskCommand.Dispose(CALL, "solved", List.of(new Filled("when", "now")))),
        does("extend-wrap-up", nothing, new DeskCommand.ExtendWrapUp(CALL)),
        does("finish-wrap-up", nothing, new DeskCommand.FinishWrapUp(CALL, null)),
        does(
            "finish-wrap-up", Map.of("disposition", "solved"),
            new DeskCommand.FinishWrapUp(CALL, "solved")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachRequestIsTheCommandOfWhoeverSignedIn(String what, Map<String, ?> body, DeskCommand command) {
    String path = "/api/v1/calls/" + CALL + "/" + what;
    Answer answer = client.post(path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(world.desk.commands()).containsExactly(new FakeDesk.Sent(agent.id(), command));
    assertThat(client.post("/api/v1/calls/no-id/" + what, body).status()).isEqualTo(400);
    assertThat(world.desk.commands()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatTheDeskRefusesIsAProblem(String what, Map<String, ?> body, DeskCommand command) {
    world.desk.answer(c -> CompletableFuture.failedFuture(new Fault.NotFound("Not on your desk.")));
    Answer answer = client.post("/api/v1/calls/" + CALL + "/" + what, body);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("/problems/not-found");
  }

  @Test
  void theSameKeyIsDoneOnce() {
    client.header("Idempotency-Key", "hold-once");
    for (int i = 0; i < 3; i++) {
      assertThat(client.post("/api/v1/calls/" + CALL + "/hold", Map.of()).status()).isEqualTo(204);
    }
    assertThat(world.desk.commands()).hasSize(1);
    assertThat(client.post("/api/v1/calls/" + CALL + "/resume", Map.of()).status()).isEqualTo(422);
  }

  @Test
  void aProgramHasNoDeskWhateverItsRole() {
    Client program = server.with(world.key(Role.AGENT));
    assertThat(program.post("/api/v1/calls/" + CALL + "/hold", Map.of()).status()).isEqualTo(409);
    assertThat(program.post("/api/v1/me/state", Map.of("state", "READY")).status()).isEqualTo(409);
    assertThat(program.get("/api/v1/me/day").status()).isEqualTo(409);
    assertThat(program.get("/api/v1/calls").status()).isEqualTo(409);
    assertThat(world.desk.commands()).isEmpty();
  }

  @Test
  void numbersOutsideNeedTheRightToDialByThisWayToo() {
    User trainer =
        world.person(Role.ADMINISTRATOR, null, Set.of(Permission.TAKE_CALLS), false);
    Client coach = server.as(trainer);
    for (String what : List.of("transfer", "consult")) {
      String path = "/api/v1/calls/" + CALL + "/" + what;
      Answer refused = coach.post(path, Map.of("to", "NUMBER", "target", "13800138000"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("DIAL_OUT");
      assertThat(coach.post(path, Map.of("to", "AGENT", "target", OTHER)).status()).isEqualTo(204);
    }
    assertThat(world.desk.commands()).hasSize(2);
  }

  @Test
  void whatIsNoOrderIsRefusedBeforeTheDeskHearsOfIt() {
    String call = "/api/v1/calls/" + CALL + "/";
    assertThat(client.post(call + "keys", Map.of("keys", "1\u00002")).status()).isEqualTo(400);
    assertThat(client.post(call + "keys", Map.of("keys", "1".repeat(33))).status()).isEqualTo(400);
    assertThat(client.post(call + "transfer", Map.of("to", "MOON", "target", "x")).status()).isEqualTo(400);
    assertThat(client.post(call + "transfer", Map.of("to", "AGENT")).status()).isEqualTo(400);
    assertThat(client.post(call + "notes", Map.of("text", "x")).status()).isEqualTo(400);
    assertThat(client.send("POST", call + "notes", "{\"text\":null,\"revision\":0}").status()).isEqualTo(400);
    assertThat(client.post(call + "customer", Map.of("customerId", "me")).status()).isEqualTo(400);
    assertThat(client.post(call + "verify", Map.of("method", "Birth date")).status()).isEqualTo(400);
    assertThat(client.post(call + "disposition", Map.of()).status()).isEqualTo(400);
    assertThat(world.desk.commands()).isEmpty();
  }

  @Test
  void onesOwnStateAndPhoneAreChanged() {
    assertThat(client.post("/api/v1/me/state", Map.of("state", "NOT_READY", "reason", "lunch")).status()).isEqualTo(204);
    assertThat(client.post("/api/v1/me/state", Map.of("state", "READY")).status()).isEqualTo(204);
    assertThat(client.post("/api/v1/me/state", Map.of("state", "OFFLINE")).status()).isEqualTo(204);
    assertThat(world.team.orders)
        .containsExactly(agent.id() + " NOT_READY lunch", agent.id() + " READY ", agent.id() + " OFFLINE ");
    assertThat(client.post("/api/v1/me/state", Map.of("state", "NOT_READY")).status()).as("without a reason").isEqualTo(400);
    assertThat(client.post("/api/v1/me/state", Map.of("state", "ASLEEP")).status()).isEqualTo(400);
    assertThat(client.post("/api/v1/me/phone", Map.of("phone", "SIP")).status()).isEqualTo(204);
    assertThat(client.post("/api/v1/me/phone", Map.of("phone", "VIRTUAL")).status()).isEqualTo(400);
    assertThat(world.desk.commands())
        .containsExactly(new FakeDesk.Sent(agent.id(), new DeskCommand.UsePhone("SIP")));
  }

  @Test
  void onesOwnDeskIsLookedAt() {
    assertThat(client.get("/api/v1/me/state").text("/state")).isEqualTo("READY");
    assertThat(client.get("/api/v1/me/state").text("/agentId")).isEqualTo(agent.id().toString());
    assertThat(client.get("/api/v1/me/day").json().toString())
        .isEqualTo("{\"answered\":5,\"missed\":1,\"talkMillis\":600000,\"wrapUpMillis\":90000}");
    assertThat(client.get("/api/v1/me/queues").json().at("/items/0/waiting").asInt()).isEqualTo(2);
  }

  private static CallView call() {
    Instant at = Instant.parse("2026-01-05T01:00:00Z");
    return new CallView(
        CALL, CallView.Phase.TALKING, "Line", "care", "138****8000", "KNOWN", "王小明", at, null, at,
        null, null, null, null, CallView.Recording.RECORDED, true, false,
        new CallView.Match(
            "SEVERAL", OTHER,
            List.of(new CallView.Candidate(OTHER, "王小明", "GOLD", 0.9, List.of()))),
        null, List.of(), "notes", 2, null, null, List.of(), false, null, List.of(), null, List.of(),
        true, null, null, false);
  }

  @Test
  void callsOnOnesDeskTellNoNameOfACustomer() {
    world.desk.calls.add(call());
    Answer answer = client.get("/api/v1/me/calls");
    JsonNode shown = answer.json().at("/items/0");
    assertThat(shown.at("/phase").asString()).isEqualTo("TALKING");
    assertThat(shown.at("/notesRevision").asInt()).isEqualTo(2);
    assertThat(shown.at("/candidates/0").asString()).isEqualTo(OTHER);
    assertThat(shown.at("/verified").asBoolean()).isFalse();
    assertThat(answer.body()).doesNotContain("王小明");
  }

  private static PastCall past(int n) {
    return new PastCall(
        new UUID(1, n).toString(), Instant.parse("2026-01-05T01:00:00Z").minusSeconds(n), "care",
        "ANSWERED", "Ann", 1000, 2000);
  }

  @Test
  void pastCallsArePagedUntilThereAreNoMore() {
    for (int n = 0; n < 5; n++) {
      world.team.past.add(past(n));
    }
    String path = "/api/v1/calls?day=2026-01-05&queue=care&outcome=ANSWERED&limit=2";
    JsonNode first = client.get(path).json();
    JsonNode second = client.get(path + "&cursor=" + first.get("next").asString()).json();
    JsonNode third = client.get(path + "&cursor=" + second.get("next").asString()).json();
    assertThat(Stream.of(first, second, third).flatMap(page -> page.get("items").valueStream()).map(one -> one.get("callId").asString()))
        .containsExactlyElementsOf(world.team.past.stream().map(PastCall::callId).toList());
    assertThat(third.get("next").isNull()).isTrue();
    CallsWanted wanted = world.team.asked.getFirst();
    assertThat(wanted.day()).isEqualTo(LocalDate.of(2026, 1, 5));
    assertThat(wanted.queue()).isEqualTo("care");
    assertThat(wanted.outcome()).isEqualTo("ANSWERED");
    assertThat(client.get("/api/v1/calls?cursor=nothing").status()).isEqualTo(400);
    assertThat(client.get("/api/v1/calls?day=yesterday").status()).isEqualTo(400);
    assertThat(client.get("/api/v1/calls?day=%2B999999999-12-31").status()).isEqualTo(400);
    assertThat(client.get("/api/v1/calls?limit=201").status()).isEqualTo(400);
  }

  @Test
  void anAgentIsListedTheirOwnPastCallsAndNobodyElses() {
    assertThat(client.get("/api/v1/calls").status()).isEqualTo(200);
    assertThat(world.team.asked.getLast().agent()).isEqualTo(agent.id());
    assertThat(client.get("/api/v1/calls?agent=" + agent.id()).status()).isEqualTo(200);
    assertThat(client.get("/api/v1/calls?agent=" + OTHER).status()).isEqualTo(403);
    assertThat(world.team.asked).hasSize(2);
    Client boss = server.as(world.person(Role.SUPERVISOR));
    assertThat(boss.get("/api/v1/calls").status()).isEqualTo(200);
    assertThat(world.team.asked.getLast().agent()).isNull();
    assertThat(boss.get("/api/v1/calls?agent=" + agent.id()).status()).isEqualTo(200);
    assertThat(world.team.asked.getLast().agent()).isEqualTo(agent.id());
  }
}
