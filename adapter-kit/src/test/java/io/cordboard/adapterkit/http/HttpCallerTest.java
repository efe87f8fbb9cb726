package io.cordboard.adapterkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallerTest {
  private static final Allowed HERE = new Allowed(Set.of("127.0.0.1"), true);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(15);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Set<Integer> from = ConcurrentHashMap.newKeySet();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/echo", this::echo);
    server.createContext("/long", exchange -> answer(exchange, 200, "x".repeat(2_000)));
    server.createContext("/away", exchange -> {
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
      answer(exchange, 302, "");
    });
    server.createContext("/cut", HttpExchange::close);
    server.createContext("/endless", HttpCallerTest::endless);
    server.createContext("/silent", exchange -> hold());
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
  }

  private void echo(HttpExchange exchange) throws IOException {
    from.add(exchange.getRemoteAddress().getPort());
    exchange.getResponseHeaders().add("Retry-After", "2");
    answer(exchange, 201, new String(exchange.getRequestBody().readAllBytes()));
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    while (true) {
      exchange.getResponseBody().write(new byte[500]);
      exchange.getResponseBody().flush();
    }
  }

  private void hold() {
    try {
      ended.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
    exchange.getResponseBody().write(body.getBytes());
    exchange.close();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static Answer send(Allowed allowed, Request request) {
    try (HttpCaller caller = new HttpCaller("shop", allowed, 1_000)) {
      return caller.send(request);
    }
  }

  @Test
  void anAnswerComesBackWhole() {
    Answer answer = send(HERE, Request.post(at("/echo"), Map.of("x-a", "b"), "hello".getBytes(), LONG));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("hello");
    assertThat(answer.retryAfter(Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() {
    assertThat(send(HERE, Request.get(at("/away"), Map.of(), LONG)).status()).isEqualTo(302);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/long", "/endless"})
  void anAnswerThatIsTooLongIsRefused(String path) {
    assertThatThrownBy(() -> send(HERE, Request.get(at(path), Map.of(), LONG)))
        .isInstanceOf(Fault.Refused.class).hasMessageContaining("shop").hasMessageContaining("1,000");
  }

  @Test
  void aWriteThatWasNotAnsweredLeavesADoubtAndAReadDoesNot() {
    for (String path : new String[] {"/cut", "/silent"}) {
      assertThatThrownBy(() -> send(HERE, Request.post(at(path), Map.of(), new byte[0], SHORT)))
          .as(path).isInstanceOf(Fault.OutcomeUnknown.class);
      assertThatThrownBy(() -> send(HERE, Request.get(at(path), Map.of(), SHORT)))
          .as(path).isInstanceOf(Fault.Unreachable.class);
    }
  }

  @Test
  void whereNobodyListensNothingWasSent() {
    server.stop(0);
    assertThatThrownBy(() -> send(HERE, Request.post(at("/echo"), Map.of(), new byte[0], LONG)))
        .isInstanceOf(Fault.Unreachable.class).hasMessageContaining("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/",
    "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://localhost/"})
  void theOwnNetworkIsClosedUnlessItIsAllowed(String address) {
    URI uri = URI.create(address);
    Allowed outside = new Allowed(Set.of(uri.getHost()), false);
    assertThatThrownBy(() -> outside.mustReach(uri)).isInstanceOf(Fault.Refused.class).hasMessageContaining("own network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://other.example/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://a@127.0.0.1/"})
  void whatIsNotNamedIsNotAsked(String address) {
    assertThatThrownBy(() -> HERE.mustReach(URI.create(address))).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void aStarMeansEveryHostBelow() {
    Allowed below = new Allowed(Set.of("*.crm.example"), true);
    below.mustReach(URI.create("https://eu1.crm.example/x"));
    assertThatThrownBy(() -> below.mustReach(URI.create("https://evilcrm.example/"))).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void aNameThatMovesIntoTheOwnNetworkAfterItWasLookedAtLeadsNowhere() {
    FlippingNames.ASKED.set(0);
    URI uri = URI.create("http://flips.example:" + server.getAddress().getPort() + "/echo");
    Allowed outside = new Allowed(Set.of("flips.example"), false);
    assertThatThrownBy(() -> send(outside, Request.get(uri, Map.of(), LONG)))
        .isInstanceOf(Fault.Refused.class).hasMessageContaining("own network");
    assertThat(FlippingNames.ASKED).as("it was looked at again where it was connected to").hasValue(2);
  }

  @Test
  void oneConnectionServesManyRequestsAndOneThatWasClosedMeanwhileIsNotUsed() throws Exception {
    try (HttpCaller caller = new HttpCaller("shop", HERE, 1_000)) {
      for (int n = 0; n < 50; n++) {
        Answer answer = caller.send(Request.post(at("/echo"), Map.of(), ("" + n).getBytes(), LONG));
        assertThat(answer.text()).isEqualTo("" + n);
      }
      assertThat(from).as("connections").hasSize(1);
      int port = server.getAddress().getPort();
      server.stop(0);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/echo", this::echo);
      server.start();
      // so long a connection is trusted without a look
      assertThat(ended.await(30, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(caller.send(Request.get(at("/echo"), Map.of(), LONG)).status()).isEqualTo(201);
    }
  }
}
