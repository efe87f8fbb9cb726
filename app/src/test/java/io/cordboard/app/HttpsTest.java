package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.app.tls.Certificates;
import io.cordboard.app.tls.SecureDoor;
import io.cordboard.app.tls.ServerNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation with a certificate of the company's own, and whoever comes to it without TLS. */
class HttpsTest {
  private static final String STRICT = "Strict-Transport-Security";
  @TempDir private static Path company;
  private static Running running;
  private static HttpClient browser;

  @BeforeAll
  static void start() throws Exception {
    ServerNames names = new ServerNames("localhost", Set.of("127.0.0.1"));
    new SecureDoor(new Certificates(company, names, null, new SystemClock(), new SecureRandom(), told -> {}))
        .close();
    running =
        Running.start(
            "--host", "localhost",
            "--certificate", company.resolve("local-server.pem").toString(),
            "--key", company.resolve("local-server.key").toString());
    browser = HttpClient.newBuilder().sslContext(trusting(company.resolve("local-ca.pem"))).build();
  }

  @AfterAll
  static void stop() {
    browser.close();
    running.close();
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(authority)) {
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/", "/api/openapi.json", "/api/v1/session", "/api/v1/users", "/nothing", "/health/live",
        "/metrics",
      })
  void overHttpsEveryAnswerTellsTheBrowserToStayWithIt(String path) throws Exception {
    HttpResponse<String> answer = get(running.server.url() + path);
    assertThat(answer.headers().allValues(STRICT)).as(answer.statusCode() + path).containsExactly("max-age=31536000");
  }

  @Test
  void theSessionsCookieNeverLeavesTheBrowserWithoutTls() throws Exception {
    String password = running.server.made().demoLogins().getFirst().password();
    String user = running.server.made().demoLogins().getFirst().user();
    HttpResponse<String> answer =
        browser.send(
            HttpRequest.newBuilder(URI.create(running.server.url() + "/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"user\":\"%s\",\"password\":\"%s\"}".formatted(user, password)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("__Host-")
        .containsIgnoringCase("; Secure")
        .containsIgnoringCase("; HttpOnly")
        .containsIgnoringCase("; Path=/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET /api/openapi.json HTTP/1.1",
        "POST /api/v1/session HTTP/1.1",
        "GET /api/v1/desk HTTP/1.1",
      })
  void plainHttpOnThatPortIsRefusedWithASentenceAndGivesNothingAway(String request) throws Exception {
    String answer = plain(URI.create(running.server.url()).getPort(), request);
    assertThat(answer).startsWith("HTTP/1.1 400").contains("requires TLS");
    assertThat(answer.lines().map(String::toLowerCase))
        .noneMatch(line -> line.startsWith("set-cookie") || line.startsWith("location"));
    assertThat(answer).doesNotContain("openapi", "csrf");
  }

  private static String plain(int port, String request) throws IOException {
    String body = "{\"user\":\"agent1\",\"password\":\"secret in the clear\"}";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "%s\r\nHost: localhost:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(request, port, body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theDoorForCommandsSpeaksPlainHttpOnThisMachineOnlyAndPromisesNoTls() throws Exception {
    String local = running.local();
    assertThat(local).startsWith("http://127.0.0.1:");
    HttpResponse<String> answer = get(local + "/health/live");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue(STRICT)).isEmpty();
    InetAddress outside = outside();
    int port = URI.create(local).getPort();
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(outside, port), 2_000);
              }
            })
        .isInstanceOf(ConnectException.class);
  }

  private static InetAddress outside() throws IOException {
    InetAddress address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(address != null, "a machine without a network");
    return address;
  }
}
