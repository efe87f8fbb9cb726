package io.cordboard.adapterkit;

import io.cordboard.kernel.Clock;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a server, RFC 6455 section 5, within limits. Used by the reading thread alone.
 */
final class FrameReader {
  private static final int USUAL_BUFFER = 1 << 16;
  private static final int LONGEST_LINE = 8192;
  private static final int LONGEST_HEADER = 10;

  /** What the reader needs of its connection. */
  interface Connection {
    /** Silence: asks for a sign of life. */
    void ping() throws IOException;

    /** Answers a ping. */
    void pong(byte[] payload) throws IOException;
  }

  private final InputStream in;
  private final WebSocketOptions options;
  private final Clock clock;
  private byte[] buffer = new byte[USUAL_BUFFER];
  private int start;
  private int end;
  private @Nullable ByteArrayOutputStream fragments;
  private volatile long heardAt;
  private long beganAt;

  FrameReader(InputStream in, WebSocketOptions options, Clock clock) {
    this.in = in;
    this.options = options;
    this.clock = clock;
    this.heardAt = clock.nanos();
    this.beganAt = heardAt;
  }

  /** Hands over messages until the connection ends; always leaves by an exception that says why. */
  void run(WebSocket.Receiver receiver, Connection connection) throws IOException {
    while (true) {
      while (frame(receiver, connection)) {
        beganAt = heardAt;
      }
      receiver.drained();
      fill(connection);
    }
  }

  /** One line of the opening, without its end. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (start == end) {
        fill(null);
      }
      byte next = buffer[start++];
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("its answer has a line of more than " + LONGEST_LINE + " bytes");
      }
    }
  }

  boolean heardLately() {
    return clock.nanos() - heardAt <= 2 * options.pingEvery().toNanos();
  }

  private boolean frame(WebSocket.Receiver receiver, Connection connection) throws IOException {
    int have = end - start;
    if (have < 2) {
      return false;
    }
    int first = buffer[start] & 0xff;
    int second = buffer[start + 1] & 0xff;
    check((first & 0x70) == 0, "a frame with reserved bits");
    check((second & 0x80) == 0, "a masked frame");
    int header = headerLength(second);
    if (have < header) {
      return false;
    }
    int length = payloadLength(second, header);
    if (have < header + length) {
      reserve(header + length);
      return false;
    }
    int payload = start + header;
    start = payload + length;
    dispatch(first, payload, length, receiver, connection);
    return true;
  }

  private static int headerLength(int second) {
    return switch (second & 0x7f) {
      case 126 -> 4;
      case 127 -> LONGEST_HEADER;
      default -> 2;
    };
  }

  private int payloadLength(int second, int header) throws IOException {
    long length = second & 0x7f;
    if (header > 2) {
      length = 0;
      for (int i = start + 2; i < start + header; i++) {
        length = (length << 8) | (buffer[i] & 0xff);
      }
    }
    check(
        length >= 0 && length <= options.maxMessageBytes(),
        "a frame of " + Long.toUnsignedString(length) + " bytes");
    return (int) length;
  }

  private void dispatch(
      int first, int offset, int length, WebSocket.Receiver receiver, Connection connection)
      throws IOException {
    boolean last = (first & 0x80) != 0;
    int opcode = first & 0x0f;
    if (opcode >= 8) {
      check(last && length <= 125, "a broken control frame");
      control(opcode, offset, length, connection);
    } else {
      check(opcode <= 2, "a frame of the unknown kind " + opcode);
      check(opcode == 0 == (fragments != null), "fragments out of order");
      data(last, offset, length, receiver);
    }
  }

  private void control(int opcode, int offset, int length, Connection connection)
      throws IOException {
    switch (opcode) {
      case 8 -> throw new EOFException("it closed the connection" + closeCode(offset, length));
      case 9 -> connection.pong(Arrays.copyOfRange(buffer, offset, offset + length));
      case 10 -> {
        // the answer to our ping: that we heard something is all we wanted
      }
      default -> check(false, "a control frame of the unknown kind " + opcode);
    }
  }

  private String closeCode(int offset, int length) {
    return length < 2
        ? ""
        : " with code " + (((buffer[offset] & 0xff) << 8) | (buffer[offset + 1] & 0xff));
  }

  private void data(boolean last, int offset, int length, WebSocket.Receiver receiver)
      throws IOException {
    if (last && fragments == null) {
      receiver.message(buffer, offset, length);
      return;
    }
    ByteArrayOutputStream whole = fragments == null ? new ByteArrayOutputStream() : fragments;
    check(
        (long) whole.size() + length <= options.maxMessageBytes(),
        "a message of more than " + options.maxMessageBytes() + " bytes");
    whole.write(buffer, offset, length);
    fragments = last ? null : whole;
    if (last) {
      receiver.message(whole.toByteArray(), 0, whole.size());
    }
  }

  private void fill(@Nullable Connection connection) throws IOException {
    makeRoom();
    while (true) {
      try {
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
          throw new EOFException("it ended the connection without a word");
        }
        heard(read);
        return;
      } catch (SocketTimeoutException silence) {
        checkAlive(heardAt, "gave no sign of life");
        if (connection == null) {
          continue;
        }
        connection.ping();
      }
    }
  }

  private void heard(int read) throws IOException {
    heardAt = clock.nanos();
    if (start == end && fragments == null) {
      beganAt = heardAt;
    }
    end += read;
    checkAlive(beganAt, "did not finish a message");
  }

  private void checkAlive(long since, String what) throws IOException {
    if (clock.nanos() - since > options.deadAfter().toNanos()) {
      throw new IOException("it " + what + " for " + options.deadAfter().toMillis() + " ms");
    }
  }

  private void makeRoom() {
    if (start == end) {
      start = 0;
      end = 0;
      if (buffer.length > USUAL_BUFFER << 4) {
        buffer = new byte[USUAL_BUFFER];
      }
    } else if (end == buffer.length) {
      reserve(Math.min(end - start + LONGEST_HEADER, buffer.length));
    }
  }

  /**
   * Makes the bytes from {@code start} on fit, by moving them to the front or into a larger buffer.
   */
  private void reserve(int length) {
    if (start + length <= buffer.length && end < buffer.length) {
      return;
    }
    byte[] target = length > buffer.length ? new byte[length] : buffer;
    System.arraycopy(buffer, start, target, 0, end - start);
    buffer = target;
    end -= start;
    start = 0;
  }

  private static void check(boolean fine, String what) throws IOException {
    if (!fine) {
      throw new IOException("it sent " + what);
    }
  }
}
