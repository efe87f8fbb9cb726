package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.web.Client.Answer;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  private static final String SESSION = "/api/v1/session";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{\"user\":\"a\"}",
        "{\"user\":null,\"password\":\"b\"}",
        "{\"user\":{\"$ne\":1},\"password\":\"b\"}",
        "{\"user\":\"a\",\"user\":\"b\",\"password\":\"c\"}",
        "{\"user\":\"a\",\"password\":\"b\"} trailing",
        "{'user':'a'}",
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
      })
  void malformedBodiesAreAProblem(String body) {
    Answer answer = server.anybody().send("POST", SESSION, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("/problems/bad-request");
    assertThat(answer.body()).doesNotContain("io.cordboard", "Exception", "tools.jackson");
  }

  @Test
  void theProblemNamesTheFieldAndThePlace() {
    Answer answer = server.anybody().send("POST", SESSION, "{\"user\":[1],\"password\":\"b\"}");
    assertThat(answer.text("/detail")).contains("'user'", "line 1");
  }

  @Test
  void anEmptyEntryAmongGrantsIsAProblem() {
    Client administrator = server.as(server.world().person(Role.ADMINISTRATOR));
    String order =
        "{\"username\":\"x1\",\"name\":\"x\",\"role\":\"AGENT\",\"grants\":[\"SEE_TEAM\",null]}";
    assertThat(administrator.send("POST", "/api/v1/users", order).problem())
        .isEqualTo("/problems/bad-request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/v1/merges/0190a1b2-0000-7000-8000-000000000001/undo | {\"choices\":[null]}",
        "/api/v1/customers | {\"name\":\"x\",\"identities\":[null]}",
        "/api/v1/dead-letters/retry | {\"ids\":[1,null]}",
        "/api/v1/trunks/x?version=0 | {\"region\":\"CN\",\"lineFrom\":[null]}",
        "/api/v1/calls/0190a1b2-0000-7000-8000-000000000001/disposition | {\"answers\":[null]}",
      })
  void anEmptyEntryInAListIsAProblem(String path, String order) {
    boolean office = path.contains("dead-letters") || path.contains("trunks");
    Client client =
        server.as(server.world().person(office ? Role.ADMINISTRATOR : Role.AGENT));
    Answer answer = client.send("POST", path, order);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("/problems/bad-request");
  }

  @Test
  void whatAUserIsNotAskedForIsNotSet() {
    Client administrator = server.as(server.world().person(Role.ADMINISTRATOR));
    Answer made =
        administrator.send(
            "POST",
            "/api/v1/users",
            "{\"username\":\"mass\",\"name\":\"x\",\"role\":\"AGENT\",\"active\":false,"
                + "\"id\":\"0190a1b2-0000-7000-8000-000000000001\",\"mustChangePassword\":false}");
    assertThat(made.text("/user/id")).isNotEqualTo("0190a1b2-0000-7000-8000-000000000001");
    assertThat(made.text("/user/active")).isEqualTo("true");
    assertThat(server.anybody().signIn("mass", made.text("/password")).text("/mustChangePassword"))
        .isEqualTo("true");
  }

  @Test
  void deepNestingIsAProblem() {
    String deep = "{\"x\":".repeat(5000) + "1" + "}".repeat(5000);
    assertThat(server.anybody().send("POST", SESSION, deep).problem())
        .isEqualTo("/problems/bad-request");
  }

  @Test
  void anAnnouncedBodyThatIsTooLongIsAProblem() {
    String big = "{\"user\":\"" + "x".repeat(300_000) + "\"}";
    Answer answer = server.anybody().send("POST", SESSION, big);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("/problems/too-large");
  }

  @Test
  void anUnannouncedBodyThatIsTooLongIsAProblem() {
    byte[] big = ("{\"user\":\"" + "x".repeat(300_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.anybody().base() + SESSION))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)))
            .build();
    Answer answer = server.anybody().send(request);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("/problems/too-large");
  }

  @Test
  void aBodyOfSeveralPartsIsAProblemOfItsSenderAndNotOurs() {
    Client client = server.as(server.world().person(Role.ADMINISTRATOR));
    client.header("Content-Type", "multipart/form-data; boundary=b");
    Client.Answer answer = client.send("POST", "/api/v1/keys", "--b\r\nno head, no end");
    assertThat(answer.problem()).isEqualTo("/problems/unsupported-media-type");
  }

  @Test
  void anotherMediaTypeIsAProblem() {
    Client form = server.anybody().header("Content-Type", "application/x-www-form-urlencoded");
    assertThat(form.send("POST", SESSION, "user=a&password=b").problem())
        .isEqualTo("/problems/unsupported-media-type");
    Client text = server.anybody().header("Content-Type", "text/plain");
    assertThat(text.send("POST", SESSION, "{\"user\":\"a\",\"password\":\"b\"}").problem())
        .isEqualTo("/problems/unsupported-media-type");
  }

  @Test
  void anUnknownKeyIsAProblemAndNoSessionIsLookedAt() {
    Client client = server.as(server.world().person(Role.AGENT));
    for (String bad : new String[] {"Bearer nonsense", "Basic YTpi", "Bearer", "Bearer \u00e4"}) {
      client.header("Authorization", bad);
      assertThat(client.get(SESSION).problem()).as(bad).isEqualTo("/problems/unauthenticated");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/../../etc/passwd", "/api/v1/%2e%2e/x", "/api/v1/a;b=c", "/%00"})
  void oddAddressesAreRefused(String path) throws Exception {
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .containsPattern("HTTP/1.1 (400|401|404)")
        .contains("application/problem+json", "\"type\":\"/problems/")
        .doesNotContain("Exception", "at org.", "<html");
  }

  @Test
  void traceIsNotAllowed() throws Exception {
    String answer = raw("TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("HTTP/1.1 (401|403|405)");
  }

  private static String raw(String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
