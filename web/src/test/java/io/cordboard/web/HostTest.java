package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
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
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io:80",
        "localhostx",
        "0x7f000001",
      })
  void aNameThatIsNotOursIsNotAnswered(String host) throws Exception {
    assertThat(get(host, "/api/v1/session")).startsWith("HTTP/1.1 421");
    assertThat(get(host, "/api/openapi.json")).contains("/problems/misdirected");
    assertThat(get(host, "/api/v1/desk")).startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1:1", "[::1]:80", "192.0.2.7"})
  void ourNameAndEveryAddressAreAnswered(String host) throws Exception {
    assertThat(get(host, "/api/openapi.json")).startsWith("HTTP/1.1 200");
  }

  private static String get(String host, String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
