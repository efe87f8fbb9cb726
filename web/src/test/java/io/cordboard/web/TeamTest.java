package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.setup.Setup;
import io.cordboard.core.setup.SetupStore;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.testkit.Await;
import io.cordboard.web.Client.Answer;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TeamTest {
  private TestServer server;
  private User boss;
  private Client client;

  @BeforeEach
  void start() {
    server = TestServer.start();
    boss = server.world().person(Role.SUPERVISOR);
    client = server.as(boss);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> audit() {
    return server.world().audit.entries().stream()
        .map(e -> e.what() + " " + e.outcome() + " " + e.details())
        .toList();
  }

  @Test
  void aSupervisorIsShownTheTeamOnTheDesksSocketUntilItIsLeft() {
    SocketLog log = new SocketLog();
    WebSocket socket = Await.done(client.socket("/api/v1/desk", log));
    socket.sendText("{\"id\":1,\"command\":{\"type\":\"watchTeam\"}}", true);
    assertThat(log.result(1).get("fault").isNull()).isTrue();
    assertThat(log.frame("team", f -> f.get("team").isObject()).at("/team/agents").isArray()).isTrue();
    assertThat(server.world().team.watchers).hasSize(1);
    socket.sendText("{\"id\":2,\"command\":{\"type\":\"leaveTeam\"}}", true);
    log.result(2);
    assertThat(server.world().team.watchers).isEmpty();
    socket.sendText("{\"id\":3,\"command\":{\"type\":\"watchTeam\"}}", true);
    log.result(3);
    socket.abort();
    Await.until("nobody looks", () -> server.world().team.watchers.size(), size -> size == 0);
  }

  @Test
  void anAgentIsNotShownTheTeam() {
    Client agent = server.as(server.world().person(Role.AGENT));
    SocketLog log = new SocketLog();
    WebSocket socket = Await.done(agent.socket("/api/v1/desk", log));
    socket.sendText("{\"id\":1,\"command\":{\"type\":\"watchTeam\"}}", true);
    assertThat(log.result(1).at("/fault/type").asString()).isEqualTo("/problems/forbidden");
    assertThat(server.world().team.watchers).isEmpty();
  }

  @Test
  void anAgentsStateIsOrderedAndTheTrailHasIt() {
    User agent = server.world().person(Role.AGENT);
    String path = "/api/v1/agents/" + agent.id() + "/state";
    assertThat(client.post(path, Map.of("state", "NOT_READY", "reason", "meeting")).status()).isEqualTo(204);
    assertThat(server.world().team.orders).containsExactly(agent.id() + " NOT_READY meeting");
    assertThat(audit()).contains("agent-state-set DONE {reason=meeting, state=NOT_READY}");
    assertThat(client.post(path, Map.of("state", "ASLEEP")).status()).isEqualTo(400);
  }

  @Test
  void aWaitingCallIsMovedAndARefusalStandsInTheTrailToo() {
    String path = "/api/v1/calls/" + new UUID(1, 2) + "/move";
    assertThat(client.post(path, Map.of("queue", "sales")).status()).isEqualTo(204);
    assertThat(client.post(path, Map.of("queue", "full")).status()).isEqualTo(409);
    assertThat(audit())
        .contains("call-moved DONE {queue=sales}", "call-moved REFUSED {queue=full}");
  }

  @Test
  void anAgentServesOtherQueuesButNoneIsLeftWithoutAgents() {
    User agent = server.world().person(Role.AGENT);
    String name = agent.username().value();
    Setup now = server.world().setup.load();
    server.world().setup.apply(
        new SetupStore.Order(
            now,
            new Setup(
                now.users(), Map.of(),
                Map.of(
                    "care", new Setup.Group("Care", List.of(name, boss.username().value()), List.of()),
                    "sales", new Setup.Group("Sales", List.of(boss.username().value()), List.of())),
                Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of()),
            List.of(), new io.cordboard.core.identity.Stamp(1, "test")));
    String path = "/api/v1/agents/" + agent.id() + "/queues";
    assertThat(client.post(path, Map.of("queues", List.of("sales"))).status()).isEqualTo(204);
    assertThat(server.world().setup.load().queues().get("sales").agents()).contains(name);
    assertThat(server.world().setup.load().queues().get("care").agents()).doesNotContain(name);
    assertThat(server.world().teamChanges.get()).isEqualTo(1);
    assertThat(audit()).contains("agent-queues-set DONE {queues=sales}");
    Answer none =
        client.post("/api/v1/agents/" + boss.id() + "/queues", Map.of("queues", List.of()));
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.text("/detail")).contains("no agents");
    assertThat(client.post(path, Map.of("queues", List.of("nowhere"))).status()).isEqualTo(400);
    assertThat(client.send("POST", path, "{}").status()).isEqualTo(400);
    assertThat(client.send("POST", path, "{\"queues\":[null]}").status()).isEqualTo(400);
  }

  @Test
  void theDaysCallsAreListed() {
    assertThat(client.get("/api/v1/team/calls?queue=care").body()).isEqualTo("{\"items\":[],\"next\":null}");
    assertThat(client.get("/api/v1/team").json().at("/agents").isArray()).isTrue();
    assertThat(client.get("/api/v1/team/calls?limit=0").status()).isEqualTo(400);
    assertThat(client.get("/api/v1/team/calls?queue=%00").status()).isEqualTo(400);
  }
}
