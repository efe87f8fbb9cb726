package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.DeskDoor.AgentStatus;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.FakeDesk.Release;
import io.cordboard.web.fake.World;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiTest {
  private static TestServer server;
  private final World world = server.world();

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Client administrator() {
    return server.with(World.LOCAL_TOKEN);
  }

  @Test
  void aTestCallIsPlacedAndAskedAfter() {
    Client client = administrator();
    Answer placed =
        client.post(
            "/api/v1/calls",
            Map.of("from", "+8613800138000", "to", "4008001234", "say", "你好", "seconds", 5));
    assertThat(placed.status()).isEqualTo(201);
    assertThat(world.calls.placed())
        .contains(new TestCall("+8613800138000", "4008001234", "你好", 5));
    Answer call = client.get("/api/v1/calls/" + placed.text("/callId"));
    assertThat(call.text("/phase")).isEqualTo("WAITING");
    assertThat(call.json().get("answeredBy").isNull()).isTrue();
  }

  @Test
  void oddTestCallsAreRefusedWithAReason() {
    Client client = administrator();
    assertThat(client.post("/api/v1/calls", Map.of("from", "1")).text("/detail")).contains("'to'");
    assertThat(
            client
                .post("/api/v1/calls", Map.of("from", "1".repeat(100), "to", "2"))
                .text("/detail"))
        .contains("'from' has 100 characters");
    assertThat(
            client
                .post("/api/v1/calls", Map.of("from", "1", "to", "PJSIP/trunk/0019005551234"))
                .text("/detail"))
        .contains("'to' is no number");
    assertThat(client.post("/api/v1/calls", Map.of("from", "1\u0000", "to", "2")).text("/detail"))
        .contains("control character");
    assertThat(
            client
                .post("/api/v1/calls", Map.of("from", "1", "to", "2", "seconds", 0))
                .text("/detail"))
        .contains("'seconds' is 0");
    assertThat(client.get("/api/v1/calls/nonsense").status()).isEqualTo(400);
    assertThat(client.get("/api/v1/calls/0190a1b2-0000-7000-8000-00000000000f").status())
        .isEqualTo(404);
  }

  @Test
  void noSwitchIsARefusal() {
    world.calls.noSwitch(true);
    Answer answer = administrator().post("/api/v1/calls", Map.of("from", "1", "to", "2"));
    world.calls.noSwitch(false);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("/problems/refused");
  }

  @Test
  void aSupervisorReleasesAStuckAgentAndItStandsInTheAudit() {
    User agent = world.person(Role.AGENT);
    String id = agent.id().toString();
    world.desk.agents(
        List.of(new AgentStatus(id, "u", "n", "TALKING", null, Instant.EPOCH, null, "IDLE", true)));
    User supervisor = world.person(Role.SUPERVISOR);
    Client client = server.as(supervisor);
    assertThat(client.get("/api/v1/agents").text("/items/0/state")).isEqualTo("TALKING");
    assertThat(client.post("/api/v1/agents/" + id + "/release", Map.of()).status()).isEqualTo(204);
    assertThat(world.desk.releases())
        .contains(new Release(agent.id(), supervisor.username().value()));
    assertThat(world.audit.actions()).contains("agent-released");
    world.desk.agents(List.of());
    assertThat(client.post("/api/v1/agents/" + id + "/release", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void listsThatWereReadAsAWholeHavePagesForWhoAsksForThem() {
    Client boss = administrator();
    world.desk.agents(List.of(status("a"), status("b"), status("c")));
    for (int n = 0; n < 3; n++) {
      world.person(Role.AGENT);
      world.key(Role.INTEGRATION);
      boss.header("Content-Type", "text/csv");
      assertThat(boss.send("POST", "/api/v1/imports?kind=customers", "name\nExample " + n + "\n").status()).isEqualTo(201);
      boss.header("Content-Type", null);
    }
    for (String path : List.of("/api/v1/users", "/api/v1/keys", "/api/v1/agents", "/api/v1/imports")) {
      JsonNode all = boss.get(path).json();
      assertThat(all.get("items").size()).as(path).isGreaterThan(2);
      assertThat(all.get("next").isNull()).as(path).isTrue();
      List<JsonNode> paged = new ArrayList<>();
      JsonNode page = boss.get(path + "?limit=2").json();
      while (true) {
        assertThat(page.get("items").size()).as(path).isLessThanOrEqualTo(2);
        page.get("items").forEach(paged::add);
        if (page.get("next").isNull()) {
          break;
        }
        page = boss.get(path + "?limit=2&cursor=" + page.get("next").asString()).json();
      }
      assertThat(paged).as(path).isEqualTo(all.get("items").valueStream().toList());
      for (String wrong : List.of("?limit=0", "?limit=201", "?limit=all", "?limit=2&cursor=nothing")) {
        assertThat(boss.get(path + wrong).status()).as(path + wrong).isEqualTo(400);
      }
    }
    world.desk.agents(List.of());
  }

  private static AgentStatus status(String id) {
    return new AgentStatus(id, "u", "n", "READY", null, Instant.EPOCH, null, "IDLE", true);
  }

  @Test
  void anAgentSeesToWhomACallMayBeHandedOn() {
    User agent = world.person(Role.AGENT);
    String other = "00000000-0000-0000-0000-00000000000b";
    world.desk.agents(
        List.of(
            new AgentStatus(other, "b", "Bo", "READY", null, Instant.EPOCH, null, "IDLE", true),
            new AgentStatus(
                agent.id().toString(), "a", "An", "TALKING", null, Instant.EPOCH, null, "BUSY", true)));
    Answer answer = server.as(agent).get("/api/v1/transfer-targets");
    world.desk.agents(List.of());
    assertThat(answer.text("/agents/0/agentId")).isEqualTo(other);
    assertThat(answer.text("/agents/0/free")).isEqualTo("true");
    assertThat(answer.text("/agents/1/agentId")).isEmpty();
    assertThat(answer.text("/queues/0/label")).isEqualTo("Care");
  }

  @Test
  void nothingIsDoneThatTheAuditDoesNotTake() {
    User agent = world.person(Role.AGENT);
    Client client = server.as(world.person(Role.SUPERVISOR));
    int before = world.desk.releases().size();
    world.audit.full(true);
    Answer answer = client.post("/api/v1/agents/" + agent.id() + "/release", Map.of());
    world.audit.full(false);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(world.desk.releases()).hasSize(before);
  }

  @Test
  void aNewUserSignsInWithThePasswordForOnce() {
    Answer created =
        administrator()
            .post(
                "/api/v1/users",
                Map.of(
                    "username",
                    "agent7",
                    "name",
                    "坐席七",
                    "role",
                    "AGENT",
                    "phone",
                    Map.of("switchId", "demo", "address", "2077", "kind", "VIRTUAL")));
    assertThat(created.status()).isEqualTo(201);
    assertThat(world.teamChanges).hasPositiveValue();
    Client her = server.anybody();
    Answer signedIn = her.signIn("agent7", created.text("/password"));
    assertThat(signedIn.json().get("mustChangePassword").asBoolean()).isTrue();
    assertThat(her.get("/api/v1/agents").problem()).isEqualTo("/problems/password-change-required");
    Answer twice =
        administrator()
            .post("/api/v1/users", Map.of("username", "agent7", "name", "x", "role", "AGENT"));
    assertThat(twice.status()).isEqualTo(409);
  }

  @Test
  void badUsersAreRefusedWithAReason() {
    Client client = administrator();
    assertThat(user(client, "坐席七", "n", "AGENT").text("/detail")).contains("no user name");
    assertThat(user(client, "wang", "", "AGENT").text("/detail")).contains("1 to 60");
    assertThat(user(client, "wang", "n\u202ee", "AGENT").text("/detail")).contains("direction");
    assertThat(user(client, "wang", "n", "KING").text("/detail")).contains("'role'");
  }

  private static Answer user(Client client, String username, String name, String role) {
    return client.post("/api/v1/users", Map.of("username", username, "name", name, "role", role));
  }

  @Test
  void disablingAUserEndsTheirSessions() {
    User agent = world.person(Role.AGENT);
    Client client = server.as(agent);
    Answer disabled = administrator().post("/api/v1/users/" + agent.id() + "/disable", Map.of());
    assertThat(disabled.json().get("active").asBoolean()).isFalse();
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);
    administrator().post("/api/v1/users/" + agent.id() + "/enable", Map.of());
    assertThat(server.anybody().signIn(agent.username().value(), World.PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void takingARightAwayHoldsAtOnce() {
    User person = world.person(Role.SUPERVISOR, (Phone) null);
    Client client = server.as(person);
    assertThat(client.get("/api/v1/agents").status()).isEqualTo(200);
    administrator()
        .post(
            "/api/v1/users/" + person.id(),
            Map.of("username", "ignored", "name", "n", "role", "AGENT"));
    assertThat(client.get("/api/v1/agents").status()).isEqualTo(401);
    client.signIn(person.username().value(), World.PASSWORD);
    assertThat(client.get("/api/v1/agents").status()).isEqualTo(403);
  }

  @Test
  void aKeyWorksUntilItIsRevoked() {
    Answer made =
        administrator().post("/api/v1/keys", Map.of("name", "crm", "role", "INTEGRATION"));
    assertThat(made.status()).isEqualTo(201);
    String event = "{\"callId\":\"k1\",\"event\":\"ringing\",\"direction\":\"in\"}";
    Client program = server.with(made.text("/apiKey"));
    assertThat(program.send("POST", "/api/v1/cti/events", event).status()).isEqualTo(202);
    assertThat(administrator().delete("/api/v1/keys/" + made.text("/id")).status()).isEqualTo(204);
    assertThat(program.send("POST", "/api/v1/cti/events", event).status()).isEqualTo(401);
    assertThat(administrator().get("/api/v1/keys").body()).doesNotContain(made.text("/apiKey"));
  }

  @Test
  void theBrowserPhoneGetsItsSettingsAndNotTheSwitchesAddress() {
    Client client = server.as(world.person(Role.AGENT));
    world.phones.socket(null);
    assertThat(client.get("/api/v1/phone").status()).isEqualTo(503);
    world.phones.socket(URI.create("ws://127.0.0.1:1/ws"));
    Answer phone = client.get("/api/v1/phone");
    assertThat(phone.text("/wsPath")).isEqualTo("/api/v1/phone/sip");
    assertThat(phone.text("/password")).isEqualTo("sip-password");
    assertThat(phone.body()).doesNotContain("ws://");
    assertThat(phone.header("Cache-Control")).contains("no-store");
    assertThat(server.as(world.person(Role.AGENT, (Phone) null)).get("/api/v1/phone").status())
        .isEqualTo(404);
  }

  @Test
  void aNumberIsTriedStepByStep() {
    Answer read = administrator().post("/api/v1/numbers/try", Map.of("number", "013800138000"));
    assertThat(read.text("/state")).isEqualTo("KNOWN");
    assertThat(read.text("/number")).isEqualTo("+8613800138000");
    assertThat(read.json().get("steps").size()).isPositive();
    Answer odd = administrator().post("/api/v1/numbers/try", Map.of("number", "9".repeat(100)));
    assertThat(odd.text("/state")).isEqualTo("UNREADABLE");
  }

  @Test
  void linesQueuesAndDispositionsAreShown() {
    Client client = server.as(world.person(Role.AGENT));
    assertThat(client.get("/api/v1/lines").text("/items/0/did")).isEqualTo("4008001234");
    assertThat(client.get("/api/v1/queues").text("/items/0/label")).isEqualTo("客服");
    assertThat(client.get("/api/v1/dispositions").text("/items/1/code")).isEqualTo("call-back");
  }

  @Test
  void switchesAreShownAndConnected() {
    assertThat(administrator().get("/api/v1/switches").text("/items/0/state"))
        .isEqualTo("CONNECTED");
    int before = world.switches.connects();
    assertThat(administrator().send("POST", "/api/v1/switches/asterisk", null).status())
        .isEqualTo(202);
    assertThat(world.switches.connects()).isEqualTo(before + 1);
  }

  @Test
  void theAuditIsVerified() {
    Answer verdict = administrator().send("POST", "/api/v1/audit/verify", null);
    assertThat(verdict.json().get("ok").asBoolean()).isTrue();
    assertThat(verdict.json().get("rows").asLong()).isZero();
  }

  @Test
  void deadLettersArePagedAndRetried() {
    world.letters.add(1);
    world.letters.add(2);
    world.letters.add(3);
    JsonNode first = administrator().get("/api/v1/dead-letters?limit=2").json();
    assertThat(first.get("items")).hasSize(2);
    assertThat(first.get("count").asLong()).isEqualTo(3);
    JsonNode second =
        administrator()
            .get("/api/v1/dead-letters?limit=2&cursor=" + first.get("next").asString())
            .json();
    assertThat(second.get("items")).hasSize(1);
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(administrator().send("POST", "/api/v1/dead-letters/2/retry", null).status())
        .isEqualTo(204);
    assertThat(administrator().send("POST", "/api/v1/dead-letters/2/retry", null).status())
        .isEqualTo(404);
    JsonNode shown = administrator().get("/api/v1/dead-letters").json().at("/items/0");
    assertThat(shown.get("payload").asString()).isEqualTo("{\"note\":\"•••\"}");
    assertThat(shown.get("inDoubt").asBoolean()).isTrue();
    assertThat(shown.at("/history/1/reason").asString()).isEqualTo("refused");
    assertThat(administrator().get("/api/v1/dead-letters?limit=0").status()).isEqualTo(400);
    assertThat(administrator().get("/api/v1/dead-letters?cursor=x").status()).isEqualTo(400);
    assertThat(administrator().get("/api/v1/dead-letters?limit=many").status()).isEqualTo(400);
  }

  @Test
  void severalDeadLettersAreRetriedAtOnceAndTheAuditHasEach() {
    world.letters.add(11);
    world.letters.add(12);
    Client client = administrator();
    JsonNode done = client.post("/api/v1/dead-letters/retry", Map.of("ids", List.of(11, 99, 12, 11))).json();
    assertThat(done.get("retried").toString()).isEqualTo("[11,12]");
    assertThat(done.get("gone").toString()).isEqualTo("[99]");
    assertThat(world.audit.entries().stream().filter(entry -> entry.what().equals("dead-letter-retried")))
        .extracting(AuditEntry::subject)
        .contains("work:11", "work:12");
    assertThat(world.audit.entries())
        .anyMatch(entry -> entry.subject().equals("work:99") && entry.outcome() == AuditEntry.Outcome.REFUSED);
    assertThat(client.post("/api/v1/dead-letters/retry", Map.of("ids", List.of())).status()).isEqualTo(400);
    assertThat(client.post("/api/v1/dead-letters/retry", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void aRepeatedChangeWithTheSameKeyIsDoneOnce() {
    Client client = administrator().header("Idempotency-Key", "order-1");
    Map<String, String> call = Map.of("from", "1", "to", "2");
    int before = world.calls.placed().size();
    Answer first = client.post("/api/v1/calls", call);
    Answer again = client.post("/api/v1/calls", call);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(world.calls.placed()).hasSize(before + 1);
    Answer other = client.post("/api/v1/calls", Map.of("from", "1", "to", "3"));
    assertThat(other.problem()).isEqualTo("/problems/idempotency");
    client.header("Idempotency-Key", "bad key");
    assertThat(client.post("/api/v1/calls", call).status()).isEqualTo(400);
  }

  @Test
  void aSecretIsNotShownTwice() {
    Client client = administrator().header("Idempotency-Key", "key-1");
    Map<String, String> order = Map.of("name", "twice", "role", "INTEGRATION");
    Answer first = client.post("/api/v1/keys", order);
    assertThat(first.status()).isEqualTo(201);
    Answer again = client.post("/api/v1/keys", order);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).doesNotContain(first.text("/apiKey"));
  }
}
