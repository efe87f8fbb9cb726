package io.cordboard.adapterkit;

import static io.cordboard.adapterkit.HostileServer.ascii;
import static io.cordboard.adapterkit.HostileServer.clientFrame;
import static io.cordboard.adapterkit.HostileServer.frame;
import static io.cordboard.adapterkit.HostileServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WebSocketTest {
  private static final int LIMIT = 1 << 20;

  private final List<String> heard = new ArrayList<>();

  @Test
  void messagesOfEveryLengthArriveWholeAndInOrder() throws Exception {
    List<String> sent =
        List.of(
            "",
            "a",
            "b".repeat(125),
            "c".repeat(126),
            "d".repeat(65_535),
            "e".repeat(65_536),
            "f".repeat(400_000),
            "漢字 🎧");
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              for (String message : sent) {
                out.write(text(message));
              }
            })) {
      assertThat(readAll(server)).hasMessageContaining("ended the connection without a word");
      assertThat(heard).isEqualTo(sent);
    }
  }

  @Test
  void anyCutOfTheStreamIntoPiecesGivesTheSameMessages() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    List<String> sent = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      sent.add("m" + i + "x".repeat(random.nextInt(i % 50 == 0 ? 90_000 : 300)));
      stream.write(text(sent.getLast()));
    }
    try (HostileServer server = HostileServer.after((in, out) -> cut(stream.toByteArray(), out))) {
      readAll(server);
      assertThat(heard).isEqualTo(sent);
    }
  }

  private static void cut(byte[] stream, OutputStream out) throws IOException {
    Random random = new Random(8);
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(stream.length - at, 1 + random.nextInt(5_000));
      out.write(stream, at, length);
      at += length;
    }
  }

  @Test
  void fragmentsWithPingsBetweenBecomeOneMessageAndThePingsAreAnswered() throws Exception {
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              out.write(frame(0x01, ascii("one ")));
              out.write(frame(0x89, ascii("are you there")));
              out.write(frame(0x00, ascii("two ")));
              out.write(frame(0x8a, ascii("unasked pong")));
              out.write(frame(0x80, ascii("three")));
              assertThat(clientFrame(in)).startsWith(10).endsWith(ascii("are you there"));
              out.write(frame(0x88, new byte[] {0x03, (byte) 0xe9}));
            })) {
      assertThat(readAll(server)).hasMessageContaining("closed the connection with code 1001");
      server.join();
      assertThat(heard).containsExactly("one two three");
    }
  }

  @Test
  void whatTheClientSendsIsMaskedAndWhole() throws Exception {
    String longest = "ü".repeat(40_000);
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              for (String expected : List.of("", "short", "m".repeat(200), longest)) {
                byte[] got = clientFrame(in);
                assertThat(got[0]).isEqualTo((byte) 1);
                assertThat(new String(got, 1, got.length - 1, StandardCharsets.UTF_8))
                    .isEqualTo(expected);
              }
              assertThat(clientFrame(in)).startsWith(8);
            })) {
      WebSocket socket = connect(server);
      for (String message : List.of("", "short", "m".repeat(200), longest)) {
        socket.sendText(message.getBytes(StandardCharsets.UTF_8));
      }
      socket.close();
      socket.close();
      server.join();
    }
  }

  @Test
  void severalMessagesInOneWriteArriveOneByOne() throws Exception {
    List<String> sent = List.of("one", "t".repeat(70_000), "drei ü");
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              for (String expected : sent) {
                byte[] got = clientFrame(in);
                assertThat(new String(got, 1, got.length - 1, StandardCharsets.UTF_8))
                    .isEqualTo(expected);
              }
            })) {
      connect(server)
          .sendTexts(
              sent.stream().map(message -> message.getBytes(StandardCharsets.UTF_8)).toList());
      server.join();
    }
  }

  @Test
  void anOversizedFrameEndsTheConnectionBeforeItsBytesAreTaken() throws Exception {
    byte[] announced = {(byte) 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0};
    assertEnds("a frame of 4294967296 bytes", announced);
  }

  @Test
  void aFrameLengthThatLooksNegativeEndsTheConnection() throws Exception {
    assertEnds(
        "a frame of 18446744073709551615 bytes",
        new byte[] {(byte) 0x81, 127, -1, -1, -1, -1, -1, -1, -1, -1});
  }

  @Test
  void fragmentsThatAddUpToTooMuchEndTheConnection() throws Exception {
    byte[] half = new byte[LIMIT * 2 / 3];
    assertEnds("a message of more than", frame(0x01, half), frame(0x00, half));
  }

  @Test
  void brokenFramesEndTheConnection() throws Exception {
    assertEnds("reserved bits", frame(0xc1, ascii("x")));
    assertEnds("a masked frame", new byte[] {(byte) 0x81, (byte) 0x81, 1, 2, 3, 4, 5});
    assertEnds("fragments out of order", frame(0x80, ascii("x")));
    assertEnds("fragments out of order", frame(0x01, ascii("x")), frame(0x81, ascii("y")));
    assertEnds("unknown kind 3", frame(0x83, ascii("x")));
    assertEnds("control frame of the unknown kind 11", frame(0x8b, ascii("x")));
    assertEnds("a broken control frame", frame(0x09, ascii("x")));
    assertEnds("a broken control frame", frame(0x89, new byte[126]));
  }

  @Test
  void garbageOfAnySortEndsTheConnectionAndNeverHangsOrCrashes() throws Exception {
    Random random = new Random(9);
    for (int i = 0; i < 50; i++) {
      byte[] garbage = new byte[random.nextInt(3_000)];
      random.nextBytes(garbage);
      try (HostileServer server = HostileServer.after((in, out) -> out.write(garbage))) {
        assertThat(readAll(server)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aConnectionThatClosesInTheMiddleOfAFrameIsToldAsEnded() throws Exception {
    assertEnds("ended the connection", new byte[] {(byte) 0x81, 100, 'h', 'a', 'l', 'f'});
    assertThat(heard).isEmpty();
  }

  @Test
  void aMessageThatDripsInForEverIsGivenUp() throws Exception {
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              out.write(new byte[] {(byte) 0x81, 126, 0x40, 0});
              while (true) {
                out.write('x');
                LockSupport.parkNanos(20_000_000);
              }
            })) {
      assertThat(readAll(server)).hasMessageContaining("did not finish a message");
    }
  }

  @Test
  void manyWholeMessagesThatDripInAreNoReasonToGiveUp() throws Exception {
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              for (int i = 0; i < 30; i++) {
                byte[] message = text("m" + i);
                out.write(message, 0, 2);
                LockSupport.parkNanos(20_000_000);
                out.write(message, 2, message.length - 2);
              }
            })) {
      assertThat(readAll(server)).hasMessageContaining("ended the connection");
      assertThat(heard).hasSize(30);
    }
  }

  @Test
  void silenceIsBrokenByPingsAndASilentPeerIsGivenUp() throws Exception {
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              assertThat(clientFrame(in)).containsExactly(9);
              out.write(frame(0x8a, new byte[0]));
              assertThat(clientFrame(in)).containsExactly(9);
              assertThat(clientFrame(in)).containsExactly(9);
              in.readAllBytes();
            })) {
      assertThat(readAll(server)).hasMessageContaining("gave no sign of life");
    }
  }

  @Test
  void aReceiverThatThrowsEndsTheConnection() throws Exception {
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              out.write(text("too much"));
              in.readAllBytes();
            })) {
      WebSocket socket = connect(server);
      assertThatThrownBy(
              () ->
                  socket.run(
                      (buffer, offset, length) -> {
                        throw new IOException("full");
                      }))
          .hasMessage("full");
      server.join();
    }
  }

  @Test
  void refusalsAreTypedByWhatCanBeDone() throws Exception {
    assertThat(refusal("HTTP/1.1 401 Unauthorized\r\n\r\n")).isInstanceOf(Fault.AuthLapsed.class);
    assertThat(refusal("HTTP/1.1 403 Forbidden\r\n\r\n")).isInstanceOf(Fault.AuthLapsed.class);
    assertThat(refusal("HTTP/1.1 503 Busy\r\n\r\n")).isInstanceOf(Fault.Refused.class);
    assertThat(refusal("HTTP/1.1 200 OK\r\n\r\n")).isInstanceOf(Fault.Refused.class);
    assertThat(refusal("HTTP/1.1 101 Sure\r\nSec-WebSocket-Accept: wrong\r\n\r\n"))
        .isInstanceOf(Fault.Refused.class);
    assertThat(refusal("SSH-2.0-OpenSSH\r\n"))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("does not speak HTTP");
    assertThat(refusal("HTTP/1.1 101 " + "x".repeat(9_000)))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("a line of more than");
    assertThat(refusal("HTTP/1.1 101 Ok\r\n" + "a: b\r\n".repeat(101) + "\r\n"))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("header lines");
    assertThat(refusal("")).isInstanceOf(Fault.Unreachable.class);
  }

  @Test
  void aClosedPortIsUnreachable() throws Exception {
    HostileServer gone = HostileServer.raw((in, out) -> {});
    gone.close();
    assertThatThrownBy(() -> connect(gone))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("127.0.0.1:");
  }

  @Test
  void aServerThatNeverAnswersTheOpeningIsUnreachable() throws Exception {
    try (HostileServer server = HostileServer.raw((in, out) -> in.readAllBytes())) {
      assertThatThrownBy(() -> connect(server))
          .isInstanceOf(Fault.Unreachable.class)
          .hasMessageContaining("no sign of life");
    }
  }

  @Test
  void anAddressOrHeaderThatCannotBeIsRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> options(URI.create("http://host/")))
        .isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> options(URI.create("ws:/nohost")))
        .isInstanceOf(Fault.BadRequest.class);
    URI good = URI.create("ws://host/");
    assertThatThrownBy(
            () ->
                new WebSocketOptions(
                    good, Map.of("A", "b\r\nEvil: 1"), 1, Duration.ZERO, Duration.ZERO, null))
        .isInstanceOf(Fault.BadRequest.class);
    assertThat(options(good).port()).isEqualTo(80);
    assertThat(options(URI.create("wss://host/a?b=c")).port()).isEqualTo(443);
    assertThat(options(URI.create("wss://host/a?b=c")).resource()).isEqualTo("/a?b=c");
    assertThat(options(good)).asString().doesNotContain("secret");
  }

  private Throwable refusal(String answer) throws Exception {
    try (HostileServer server =
        HostileServer.raw(
            (in, out) -> {
              HostileServer.key(in);
              out.write(ascii(answer));
            })) {
      try (WebSocket socket = connect(server)) {
        return new AssertionError("accepted: " + socket);
      } catch (Fault fault) {
        return fault;
      }
    }
  }

  private void assertEnds(String why, byte[]... frames) throws Exception {
    try (HostileServer server =
        HostileServer.after(
            (in, out) -> {
              for (byte[] frame : frames) {
                out.write(frame);
              }
            })) {
      assertThat(readAll(server)).isInstanceOf(IOException.class).hasMessageContaining(why);
    }
  }

  private Throwable readAll(HostileServer server) {
    try (WebSocket socket = connect(server)) {
      socket.run(
          (buffer, offset, length) ->
              heard.add(new String(buffer, offset, length, StandardCharsets.UTF_8)));
      return new AssertionError("run returned");
    } catch (IOException e) {
      return e;
    }
  }

  private static WebSocket connect(HostileServer server) {
    return WebSocket.connect(options(server.address()), new TestClock(), new Random(1));
  }

  private static WebSocketOptions options(URI address) {
    return new WebSocketOptions(
        address,
        Map.of("Authorization", "Basic secret"),
        LIMIT,
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        null);
  }
}
