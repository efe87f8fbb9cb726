package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage.Notice;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Await;
import io.cordboard.web.desk.DeskSocket;
import io.cordboard.web.fake.World;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DeskSocketTest {
  private static final String DESK = "/api/v1/desk";
  private final TestServer server = TestServer.start();
  private final World world = server.world();
  private final SocketLog log = new SocketLog();
  private User agent;
  private Client client;

  @BeforeEach
  void signIn() {
    agent = world.person(Role.AGENT);
    client = server.as(agent);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WebSocket open() {
    return Await.done(client.socket(DESK, log));
  }

  private static int refused(CompletableFuture<WebSocket> handshake) {
    try {
      handshake.get();
      return 101;
    } catch (ExecutionException | InterruptedException failed) {
      return ((WebSocketHandshakeException) failed.getCause()).getResponse().statusCode();
    }
  }

  @Test
  void theFirstMessageIsASnapshotAndEachChangeFollows() {
    open();
    JsonNode snapshot =
        log.frame("snapshot", f -> f.at("/message/type").asString().equals("snapshot"));
    assertThat(snapshot.at("/message/me/agentId").asString()).isEqualTo(agent.id().toString());
    world.desk.tell(new Notice(2, "second", null));
    world.desk.tell(new Notice(3, "third", "值"));
    log.frame("third", f -> f.at("/message/code").asString().equals("third"));
    assertThat(log.texts()).hasSize(3);
    assertThat(log.texts().get(1)).contains("\"seq\":2");
  }

  @Test
  void aCommandIsCarriedOutForItsAgentAndAnswered() {
    WebSocket socket = open();
    socket.sendText("{\"id\":41,\"command\":{\"type\":\"notReady\",\"reason\":\"lunch\"}}", true);
    assertThat(log.result(41).get("fault").isNull()).isTrue();
    assertThat(world.desk.commands())
        .containsExactly(
            new io.cordboard.web.fake.FakeDesk.Sent(agent.id(), new DeskCommand.NotReady("lunch")));
  }

  @Test
  void aFaultBecomesAProblemInTheResult() {
    world.desk.answer(c -> CompletableFuture.failedFuture(new Fault.Refused("The call is over.")));
    WebSocket socket = open();
    socket.sendText("{\"id\":5,\"command\":{\"type\":\"hold\",\"callId\":\"x\"}}", true);
    assertThat(log.result(5).at("/fault/type").asString()).isEqualTo("/problems/refused");
    assertThat(log.result(5).at("/fault/detail").asString()).isEqualTo("The call is over.");
  }

  @Test
  void aMistakeOfOursTellsNothingOfItself() {
    world.desk.answer(
        c -> {
          throw new IllegalStateException("secret path /var/lib");
        });
    WebSocket socket = open();
    socket.sendText("{\"id\":6,\"command\":{\"type\":\"ready\"}}", true);
    assertThat(log.result(6).at("/fault/type").asString()).isEqualTo("/problems/bug");
    assertThat(log.result(6).at("/fault/detail").asString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":7,\"command\":",
        "{\"id\":7,\"command\":{\"type\":\"explode\"}}",
        "{\"id\":7}",
        "{\"id\":7,\"command\":{\"type\":\"decline\",\"callId\":null}}",
      })
  void aFrameThatCannotBeReadIsAnsweredAndTheConnectionLives(String frame) {
    WebSocket socket = open();
    socket.sendText(frame, true);
    assertThat(log.result(7).at("/fault/type").asString()).isEqualTo("/problems/bad-request");
    socket.sendText("{\"id\":8,\"command\":{\"type\":\"ready\"}}", true);
    assertThat(log.result(8).get("fault").isNull()).isTrue();
  }

  @Test
  void aFrameThatIsTooLongIsAnsweredAndTheConnectionLives() {
    WebSocket socket = open();
    String notes = "字".repeat(70_000);
    socket
        .sendText(
            "{\"id\":9,\"command\":{\"type\":\"saveNotes\",\"callId\":\"c\",\"revision\":1,\"text\":\""
                + notes
                + "\"}}",
            true)
        .join();
    assertThat(log.result(9).at("/fault/type").asString()).isEqualTo("/problems/too-large");
    socket.sendText("{\"id\":10,\"command\":{\"type\":\"ready\"}}", true);
    assertThat(log.result(10).get("fault").isNull()).isTrue();
  }

  @Test
  void tooManyCommandsAreRefusedNotQueued() {
    WebSocket socket = open();
    for (int i = 1; i <= 80; i++) {
      socket.sendText("{\"id\":" + i + ",\"command\":{\"type\":\"ready\"}}", true).join();
    }
    assertThat(log.result(80).at("/fault/type").asString()).isEqualTo("/problems/busy");
    assertThat(world.desk.commands()).hasSize(60);
    world.clock.advance(Duration.ofMillis(200));
    socket.sendText("{\"id\":81,\"command\":{\"type\":\"ready\"}}", true);
    assertThat(log.result(81).get("fault").isNull()).isTrue();
  }

  @Test
  void signingOutClosesTheSocket() {
    open();
    client.delete("/api/v1/session");
    assertThat(log.closed()).isEqualTo(4401);
    Await.until("detached", () -> world.desk.open() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/disable", "/password", ""})
  void whenAnAdministratorShutsSomebodyOutTheirSocketClosesAtOnce(String how) {
    open();
    Client administrator = server.as(world.person(Role.ADMINISTRATOR));
    // without an end of the address: a role that takes no calls
    Map<String, Object> order =
        Map.of("username", agent.username().value(), "name", "x", "role", "INTEGRATION");
    assertThat(administrator.post("/api/v1/users/" + agent.id() + how, order).status())
        .isEqualTo(200);
    assertThat(log.closed()).isEqualTo(4401);
    assertThat(refused(client.socket(DESK, new SocketLog()))).isEqualTo(401);
  }

  @Test
  void moreRightsCloseNothing() {
    open();
    Map<String, Object> order =
        Map.of("username", agent.username().value(), "name", "x", "role", "SUPERVISOR");
    Client administrator = server.as(world.person(Role.ADMINISTRATOR));
    administrator.post("/api/v1/users/" + agent.id(), order);
    assertThat(client.get("/api/v1/session").text("/user/role")).isEqualTo("SUPERVISOR");
  }

  @Test
  void oneSignInOpensNoSocketsWithoutEnd() {
    for (int i = 0; i < 30; i++) {
      open();
    }
    // a handshake is answered a moment before its socket is counted
    Await.until("all counted", () -> world.desk.open() == 30);
    assertThat(refused(client.socket(DESK, new SocketLog()))).isEqualTo(429);
  }

  @Test
  void anIdleSessionEndsThoughItsHeartbeatsGoOn() {
    WebSocket socket = open();
    world.clock.advance(Duration.ofMinutes(50));
    socket.sendText("{\"id\":1,\"command\":{\"type\":\"ready\"}}", true);
    log.result(1);
    world.clock.advance(Duration.ofMinutes(50));
    socket.sendText("{\"id\":2,\"command\":{\"type\":\"askSnapshot\"}}", true);
    log.result(2);
    assertThat(log.isOpen()).isTrue();
    world.clock.advance(Duration.ofMinutes(11));
    server.part(io.cordboard.web.session.Sessions.class).sweep();
    assertThat(log.closed()).isEqualTo(4401);
  }

  @Test
  void aDeskThatIsSilentForFiveSecondsIsGivenUp() {
    WebSocket socket = open();
    Await.until("attached", () -> world.desk.open() == 1);
    DeskSocket desks = server.part(DeskSocket.class);
    log.turnDeaf();
    for (int beats = 0; beats < 3; beats++) {
      desks.beat();
      world.clock.advance(Duration.ofSeconds(3));
    }
    desks.beat();
    assertThat(world.desk.open()).isZero();
    socket.request(10);
    assertThat(log.closed()).isEqualTo(1013);
  }

  @Test
  void aServerThatStoodStillItselfBlamesNoDesk() {
    open();
    Await.until("attached", () -> world.desk.open() == 1);
    DeskSocket desks = server.part(DeskSocket.class);
    world.clock.advance(Duration.ofSeconds(30));
    desks.beat();
    Await.until("ping", () -> log.pings() >= 1);
    assertThat(log.isOpen()).isTrue();
    assertThat(world.desk.open()).isEqualTo(1);
  }

  @Test
  void aLivingDeskAnswersPingsAndHearsHeartbeats() {
    open();
    DeskSocket desks = server.part(DeskSocket.class);
    for (int i = 1; i <= 4; i++) {
      int beats = i;
      desks.beat();
      Await.until("ping", () -> log.pings() >= beats);
      world.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(log.isOpen()).isTrue();
    assertThat(log.texts()).contains("{\"message\":null,\"result\":null,\"team\":null}");
  }

  @Test
  void aClosedSocketIsDetachedAtOnce() {
    WebSocket socket = open();
    Await.until("attached", () -> world.desk.open() == 1);
    socket.abort();
    Await.until("detached", () -> world.desk.open() == 0);
    assertThat(world.desk.detached()).hasSize(1);
  }

  @Test
  void onlyOurOwnPagesWithASessionAndTheRightMayOpenIt() {
    assertThat(refused(client.socketFrom("https://evil.example", DESK, log))).isEqualTo(403);
    assertThat(refused(client.socketFrom(null, DESK, log))).isEqualTo(403);
    assertThat(refused(server.anybody().socket(DESK, log))).isEqualTo(401);
    assertThat(refused(server.as(world.person(Role.ADMINISTRATOR)).socket(DESK, log)))
        .isEqualTo(403);
    User once = world.person(Role.AGENT, null, Set.of(), true);
    assertThat(refused(server.as(once).socket(DESK, log))).isEqualTo(403);
    assertThat(refused(server.as(world.person(Role.SUPERVISOR)).socket(DESK, log))).isEqualTo(101);
  }
}
