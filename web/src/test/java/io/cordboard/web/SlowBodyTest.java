package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.Await;
import io.cordboard.web.fake.World;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sends bodies drop by drop on more connections than the server has threads. */
class SlowBodyTest {
  private static final int MORE_THAN_THREADS = 80;
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
        "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2000\r\n\r\n{",
        "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2000\r\n\r\n{",
        "POST /nothing HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2000\r\n\r\n{",
        "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5;",
      })
  void othersAreServedMeanwhile(String head) throws Exception {
    String drop = head.endsWith(";") ? "x" : head.contains("chunked") ? "1\r\n \r\n" : " ";
    List<Socket> slow = new ArrayList<>();
    try (ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
      for (int i = 0; i < MORE_THAN_THREADS; i++) {
        Socket socket = new Socket("127.0.0.1", server.port());
        slow.add(socket);
        write(socket, head);
        drip.scheduleWithFixedDelay(() -> write(socket, drop), 1, 1, TimeUnit.SECONDS);
      }
      // most have been sent away: these threads are free again
      Await.until(
          "all but a few senders of slow bodies are sent away",
          () -> slow.stream().filter(SlowBodyTest::answered).count() >= MORE_THAN_THREADS - 24);
      assertThat(server.anybody().get("/api/openapi.json").status()).isEqualTo(200);
      drip.shutdownNow();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void anAnswerThatNeedsNoBodyIsGivenBeforeTheBodyCame() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      write(
          socket,
          "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 401").contains("Connection: close", "unauthenticated");
    }
  }

  /** Closed at once, the connection would be reset by what comes, and the answer lost with it. */
  @Test
  void anAnswerReachesWhoStillSends() throws Exception {
    int length = 100_000;
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        write(
            socket,
            "POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n");
        Await.until("the answer is here", () -> answered(socket));
        // without a thought for the answer, and in two halves, as of a slower line
        socket.getOutputStream().write(new byte[length / 2]);
        socket.getOutputStream().write(new byte[length / 2]);
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 401").contains("unauthenticated");
      }
    }
  }

  /** The answer did not say that the connection closes: what is asked next must be answered too. */
  @Test
  void aBodyThatComesAfterAnAnswerDoesNotCloseAConnectionThatWasToStayOpen() throws Exception {
    String next = "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        write(
            socket,
            "POST /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + World.LOCAL_TOKEN + "\r\nContent-Length: 10\r\n\r\n");
        Await.until("the answer is here", () -> answered(socket));
        write(socket, "0123456789" + next);
        String answers =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answers).startsWith("HTTP/1.1 404");
        assertThat(answers.substring(20)).as("the second answer").contains("HTTP/1.1 401");
      }
    }
  }

  @Test
  void aBodyThatStopsComingIsTheSendersFault() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      write(
          socket,
          "GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n");
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408").contains("The body stopped coming");
    }
  }

  @Test
  void aBodyThatNobodyNeedsMakesNoErrorOfTheAnswer() {
    Client local = server.with(World.LOCAL_TOKEN);
    for (int i = 0; i < 50; i++) {
      assertThat(local.post("/api/v1/audit/verify", Map.of()).status()).isEqualTo(200);
    }
  }

  private static boolean answered(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      return in.available() > 0;
    } catch (IOException closed) {
      return true;
    }
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException sentAway) {
      // as it should be
    }
  }
}
