package io.cordboard.testkit.crm;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Answers as they are when something is wrong. Each method says whether the connection may be used again. */
final class Spoiled {
  private static final long DROP_NANOS = 5_000_000L;
  private static final String HTML =
      "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>";

  private Spoiled() {}

  /** In place of what was asked for. */
  static boolean before(CrmTrouble trouble, Socket socket, OutputStream out) throws IOException {
    switch (trouble) {
      case BUSY -> out.write(FakeAnswer.busy(0).bytes());
      case BUSY_WITH_PAUSE -> out.write(FakeAnswer.busy(7).bytes());
      case ERROR -> out.write(FakeAnswer.no(500, "internal", "", "Something went wrong.").bytes());
      case DOWN -> out.write(FakeAnswer.no(503, "down", "", "Down for maintenance.").bytes());
      case UNAUTHORISED -> out.write(FakeAnswer.unauthorised().bytes());
      case HTML -> out.write(FakeAnswer.of(200, HTML).bytes("text/html; charset=utf-8"));
      case NOTHING -> out.write(FakeAnswer.of(200, "").bytes());
      default -> {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
      }
    }
    return true;
  }

  /** Instead of the answer that there is. */
  static boolean after(CrmTrouble trouble, byte[] answer, Socket socket, OutputStream out) throws IOException {
    int body = bodyAt(answer);
    switch (trouble) {
      case ERROR_AFTER -> out.write(FakeAnswer.no(500, "internal", "", "Something went wrong.").bytes());
      case HANG_AFTER -> {
        return socket.getInputStream().read() == -2;
      }
      case CUT_AFTER -> {
        out.write(answer, 0, body + (answer.length - body) / 2);
        return false;
      }
      case HALF_AFTER -> out.write(half(answer, body));
      case DRIP_AFTER -> drip(answer, out);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static byte[] half(byte[] answer, int body) throws IOException {
    HttpMessage whole = new HttpMessage.Reader(new java.io.ByteArrayInputStream(answer)).next(true, false);
    byte[] content = Arrays.copyOfRange(answer, body, answer.length);
    return whole == null ? answer : whole.withBody(Arrays.copyOf(content, content.length / 2)).bytes();
  }

  private static void drip(byte[] answer, OutputStream out) throws IOException {
    for (byte drop : answer) {
      out.write(drop);
      out.flush();
      LockSupport.parkNanos(DROP_NANOS);
    }
  }

  private static int bodyAt(byte[] answer) {
    int end = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    return end < 0 ? answer.length : end + 4;
  }
}
