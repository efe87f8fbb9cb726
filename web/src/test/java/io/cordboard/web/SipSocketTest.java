package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.testkit.Await;
import io.cordboard.web.fake.FakeSipServer;
import io.cordboard.web.fake.World;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SipSocketTest {
  private static final String SIP = "/api/v1/phone/sip";
  private final TestServer server = TestServer.start();
  private final World world = server.world();
  private final SocketLog log = new SocketLog();
  private FakeSipServer pbx;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    pbx = new FakeSipServer();
    world.phones.socket(pbx.uri());
    client = server.as(world.person(Role.AGENT));
  }

  @AfterEach
  void stop() throws Exception {
    pbx.close();
    server.close();
  }

  private WebSocket open() {
    return Await.done(client.socket(SIP, log, "sip"));
  }

  @Test
  void framesPassBothWaysUnchanged() throws Exception {
    WebSocket phone = open();
    assertThat(phone.getSubprotocol()).isEqualTo("sip");
    String register = "REGISTER sip:cordboard.test SIP/2.0\r\nContact: <sip:王@x>\r\n\r\n";
    phone.sendText(register, true).join();
    Await.until("heard", () -> !pbx.heard().isEmpty());
    assertThat(pbx.heard()).containsExactly(register);
    assertThat(pbx.subprotocol()).isEqualTo("sip");
    String big = "INVITE sip:x SIP/2.0\r\n" + "a=candidate 字\r\n".repeat(1000);
    pbx.say(big);
    Await.until("told", () -> !log.texts().isEmpty());
    assertThat(log.texts()).containsExactly(big);
  }

  @Test
  void theDeathOfTheBrowserReachesTheSwitch() {
    WebSocket phone = open();
    Await.until("connected", pbx::connected);
    phone.abort();
    Await.until("gone", () -> pbx.gone() == 1);
  }

  @Test
  void theDeathOfTheSwitchReachesTheBrowser() throws Exception {
    open();
    Await.until("connected", pbx::connected);
    pbx.die();
    assertThat(log.closed()).isEqualTo(4503);
  }

  @Test
  void signingOutHangsUpThePhone() {
    open();
    Await.until("connected", pbx::connected);
    client.delete("/api/v1/session");
    assertThat(log.closed()).isEqualTo(4401);
    Await.until("gone", () -> pbx.gone() == 1);
  }

  @Test
  void aSwitchThatIsAwayClosesThePhone() {
    world.phones.socket(URI.create("ws://127.0.0.1:9/ws"));
    open();
    assertThat(log.closed()).isEqualTo(4503);
  }

  @Test
  void onlyABrowserPhoneMayConnect() {
    User desktop = world.person(Role.AGENT, new Phone("asterisk", "3001", Phone.Kind.SIP));
    client = server.as(desktop);
    open();
    assertThat(log.closed()).isEqualTo(4404);
    assertThat(pbx.connected()).isFalse();
  }

  @Test
  void onlyOurOwnPageConnects() {
    for (String origin : new @Nullable String[] {null, "null", "https://evil.example", client.base() + ".evil.example"}) {
      CompletableFuture<WebSocket> handshake = client.socketFrom(origin, SIP, log, "sip");
      assertThatThrownBy(handshake::get)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              no -> assertThat(no.getResponse().statusCode()).as(origin).isEqualTo(403));
    }
    assertThat(pbx.connected()).isFalse();
  }
}
