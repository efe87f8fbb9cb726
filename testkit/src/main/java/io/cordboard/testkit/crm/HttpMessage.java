package io.cordboard.testkit.crm;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request or an answer as it goes over the wire, its body put together. */
record HttpMessage(String first, List<String> headers, byte[] body) {
  private static final byte[] NONE = {};

  /** The value of a header; empty where there is none. */
  String header(String name) {
    for (String line : headers) {
      if (line.length() > name.length()
          && line.charAt(name.length()) == ':'
          && line.regionMatches(true, 0, name, 0, name.length())) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return "";
  }

  /** Of a request. */
  String method() {
    return first.substring(0, first.indexOf(' '));
  }

  /** Of a request, with its query. */
  String target() {
    int start = first.indexOf(' ') + 1;
    int end = first.indexOf(' ', start);
    return end < 0 ? first.substring(start) : first.substring(start, end);
  }

  /** Of an answer. */
  int status() {
    return Integer.parseInt(first.substring(9, 12));
  }

  boolean keepsOpen() {
    return !"close".equalsIgnoreCase(header("connection"));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  HttpMessage withBody(byte[] other) {
    return new HttpMessage(first, headers, other);
  }

  /** As bytes, with the length that the body has. */
  byte[] bytes() {
    return bytes(body.length);
  }

  /** As bytes, with another length than the body has. */
  byte[] bytes(int told) {
    StringBuilder head = new StringBuilder(256).append(first).append("\r\n");
    for (String line : headers) {
      if (!isFraming(line)) {
        head.append(line).append("\r\n");
      }
    }
    head.append("Content-Length: ").append(told).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static boolean isFraming(String line) {
    String small = line.toLowerCase(Locale.ROOT);
    return small.startsWith("content-length:")
        || small.startsWith("transfer-encoding:")
        || small.startsWith("connection:")
        || small.startsWith("expect:")
        || small.startsWith("upgrade:")
        || small.startsWith("http2-settings:");
  }

  /** Reads messages from a connection. Not thread-safe. */
  static final class Reader {
    private static final int MOST = 64 * 1024 * 1024;
    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int at;
    private int end;

    Reader(InputStream in) {
      this.in = in;
    }

    /** The next one; null when the connection was closed before it. */
    @Nullable HttpMessage next(boolean answer, boolean withoutBody) throws IOException {
      String first = line();
      if (first == null) {
        return null;
      }
      List<String> headers = new ArrayList<>(12);
      for (String line = line(); line != null && !line.isEmpty(); line = line()) {
        headers.add(line);
      }
      HttpMessage head = new HttpMessage(first, headers, NONE);
      return withoutBody ? head : head.withBody(body(head, answer));
    }

    private byte[] body(HttpMessage head, boolean answer) throws IOException {
      if (head.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
        return chunks();
      }
      String length = head.header("content-length");
      if (!length.isEmpty()) {
        return exactly(Integer.parseInt(length));
      }
      boolean never = !answer || head.status() == 204 || head.status() == 304 || head.status() < 200;
      return never ? NONE : rest();
    }

    private byte[] chunks() throws IOException {
      ByteArrayOutputStream made = new ByteArrayOutputStream();
      while (true) {
        String line = mustLine();
        int size = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
        if (size == 0) {
          while (!mustLine().isEmpty()) {
            // trailers say nothing to us
          }
          return made.toByteArray();
        }
        made.write(exactly(size));
        mustLine();
      }
    }

    private byte[] exactly(int length) throws IOException {
      if (length < 0 || length > MOST) {
        throw new IOException("A body of " + length + " bytes is not read.");
      }
      byte[] made = new byte[length];
      int have = Math.min(length, end - at);
      System.arraycopy(buffer, at, made, 0, have);
      at += have;
      if (in.readNBytes(made, have, length - have) < length - have) {
        throw new EOFException("The body ended early.");
      }
      return made;
    }

    private byte[] rest() throws IOException {
      ByteArrayOutputStream made = new ByteArrayOutputStream();
      made.write(buffer, at, end - at);
      at = end;
      in.transferTo(made);
      return made.toByteArray();
    }

    private String mustLine() throws IOException {
      String line = line();
      if (line == null) {
        throw new EOFException("The message ended early.");
      }
      return line;
    }

    private @Nullable String line() throws IOException {
      StringBuilder before = new StringBuilder(0);
      while (true) {
        for (int i = at; i < end; i++) {
          if (buffer[i] == '\n') {
            int stop = i > at && buffer[i - 1] == '\r' ? i - 1 : i;
            String line = new String(buffer, at, stop - at, StandardCharsets.ISO_8859_1);
            at = i + 1;
            return before.isEmpty() ? line : before.append(line).toString().stripTrailing();
          }
        }
        before.append(new String(buffer, at, end - at, StandardCharsets.ISO_8859_1));
        at = 0;
        end = in.read(buffer);
        if (end < 0) {
          end = 0;
          return null;
        }
      }
    }
  }
}
