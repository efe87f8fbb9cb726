package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionTest {
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

  @Test
  void signingInGivesASessionThatOnlyTheBrowserCanRead() {
    User user = world.person(Role.AGENT);
    Client client = server.anybody();
    Answer answer = client.signIn(user.username().value(), World.PASSWORD);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/user/username")).isEqualTo(user.username().value());
    assertThat(answer.text("/user/phone/kind")).isEqualTo("BROWSER");
    assertThat(answer.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(client.get("/api/v1/session").text("/csrf")).isEqualTo(answer.text("/csrf"));
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreToldAlikeAndCheckedAlike() {
    User user = world.person(Role.AGENT);
    int before = world.hasher.checks();
    Answer wrong = server.anybody().signIn(user.username().value(), "wrong");
    Answer unknown = server.anybody().signIn("nobody-here", "wrong");
    Answer noName = server.anybody().signIn("<script>", "wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.problem()).isEqualTo("/problems/unauthenticated");
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(noName.body()).isEqualTo(wrong.body());
    assertThat(world.hasher.checks()).isEqualTo(before + 3);
  }

  @Test
  void aPasswordWithHalfACharacterIsAWrongOneLikeOthers() {
    User user = world.person(Role.AGENT);
    String broken = "{\"user\":\"%s\",\"password\":\"a good one \\ud800\"}";
    for (String name : new String[] {user.username().value(), "nobody-here"}) {
      Answer answer = server.anybody().send("POST", "/api/v1/session", broken.formatted(name));
      assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    }
    Client client = server.as(user);
    for (String order :
        new String[] {
          "{\"current\":\"\\ud800\",\"password\":\"another good one\"}",
          "{\"current\":\"%s\",\"password\":\"another good \\udfff\"}".formatted(World.PASSWORD)
        }) {
      Answer answer = client.send("POST", "/api/v1/session/password", order);
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }
  }

  @Test
  void guessingIsSlowedDown() {
    User user = world.person(Role.AGENT);
    for (int i = 0; i < 5; i++) {
      server.anybody().signIn(user.username().value(), "guess" + i);
    }
    Answer answer = server.anybody().signIn(user.username().value(), World.PASSWORD);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.problem()).isEqualTo("/problems/busy");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    world.clock.advance(java.time.Duration.ofSeconds(2));
    assertThat(server.anybody().signIn(user.username().value(), World.PASSWORD).status())
        .isEqualTo(200);
  }

  @Test
  void aDisabledUserCannotSignIn() {
    User user = world.person(Role.AGENT);
    world.users.update(
        new User(
            user.id(),
            user.username(),
            user.displayName(),
            user.role(),
            Set.of(),
            false,
            user.phone(),
            false,
            user.createdAt()));
    assertThat(server.anybody().signIn(user.username().value(), World.PASSWORD).status())
        .isEqualTo(401);
  }

  @Test
  void signingOutEndsTheSession() {
    User user = world.person(Role.AGENT);
    Client client = server.as(user);
    Client copy = server.as(user);
    assertThat(client.delete("/api/v1/session").status()).isEqualTo(204);
    assertThat(client.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(copy.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(world.audit.actions()).contains("signed-in", "signed-out");
  }

  @Test
  void changesNeedThePagesToken() {
    Client client = server.as(world.person(Role.AGENT)).header("X-CSRF-Token", null);
    assertThat(client.delete("/api/v1/session").problem()).isEqualTo("/problems/csrf");
    client.header("X-CSRF-Token", "wrong");
    assertThat(client.delete("/api/v1/session").problem()).isEqualTo("/problems/csrf");
    assertThat(client.get("/api/v1/session").status()).isEqualTo(200);
  }

  @Test
  void pagesOfOthersChangeNothing() {
    Client client = server.as(world.person(Role.AGENT));
    Answer answer = client.header("Origin", "https://evil.example").delete("/api/v1/session");
    assertThat(answer.problem()).isEqualTo("/problems/origin");
  }

  @Test
  void aPasswordForOnceOpensNothingButItsChange() {
    User user = world.person(Role.AGENT, null, Set.of(), true);
    Client client = server.as(user);
    assertThat(client.get("/api/v1/session").json().get("mustChangePassword").asBoolean()).isTrue();
    Answer changed =
        client.post(
            "/api/v1/session/password",
            Map.of("current", World.PASSWORD, "password", "another good one"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().get("mustChangePassword").asBoolean()).isFalse();
    assertThat(server.anybody().signIn(user.username().value(), "another good one").status())
        .isEqualTo(200);
  }

  @Test
  void badPasswordsAreRefusedWithAReason() {
    User user = world.person(Role.AGENT);
    Client client = server.as(user);
    for (String bad :
        new String[] {"short", "aaaaaaaaaaaa", user.username() + "-2026", World.PASSWORD}) {
      Answer answer =
          client.post(
              "/api/v1/session/password", Map.of("current", World.PASSWORD, "password", bad));
      assertThat(answer.problem()).as(bad).isEqualTo("/problems/bad-request");
    }
    Answer wrong =
        client.post(
            "/api/v1/session/password", Map.of("current", "wrong", "password", "another good one"));
    assertThat(wrong.text("/detail")).contains("current password is wrong");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    Answer answer = server.anybody().get("/api/v1/session");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.problem()).isEqualTo("/problems/unauthenticated");
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Server")).isEmpty();
  }

  @Test
  void anUnknownAddressIsAProblem() {
    assertThat(server.as(world.person(Role.AGENT)).get("/api/v1/nowhere").problem())
        .isEqualTo("/problems/not-found");
    assertThat(server.anybody().get("/api/v1/nowhere").problem())
        .isEqualTo("/problems/unauthenticated");
    assertThat(server.as(world.person(Role.AGENT)).send("PUT", "/api/v1/session", "{}").problem())
        .isEqualTo("/problems/method-not-allowed");
  }
}
