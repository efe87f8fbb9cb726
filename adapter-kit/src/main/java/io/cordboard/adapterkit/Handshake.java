package io.cordboard.adapterkit;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The opening of a WebSocket, RFC 6455 section 4. */
final class Handshake {
  private static final int MOST_HEADER_LINES = 100;
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final WebSocketOptions options;
  private final String key;

  Handshake(WebSocketOptions options, RandomGenerator random) {
    this.options = options;
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  void send(OutputStream out) throws IOException {
    StringBuilder request =
        new StringBuilder(256)
            .append("GET ")
            .append(options.resource())
            .append(" HTTP/1.1\r\n")
            .append("Host: ")
            .append(options.host())
            .append(':')
            .append(options.port())
            .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
            .append(key)
            .append("\r\n");
    options.headers().forEach((k, v) -> request.append(k).append(": ").append(v).append("\r\n"));
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Reads the answer; throws the fitting fault unless the other side agreed. */
  void receive(FrameReader in) throws IOException {
    int status = status(in.line());
    boolean accepted = false;
    int lines = 0;
    for (String line = in.line(); !line.isEmpty(); line = in.line()) {
      accepted |= accepts(line);
      if (++lines > MOST_HEADER_LINES) {
        throw new IOException("its answer has more than " + MOST_HEADER_LINES + " header lines");
      }
    }
    check(status, accepted);
  }

  private void check(int status, boolean accepted) {
    String who = options.host() + ":" + options.port();
    switch (status) {
      case 101 -> {
        if (!accepted) {
          throw new Fault.Refused(who + " speaks HTTP but no WebSocket; is the port right?");
        }
      }
      case 401, 403 ->
          throw new Fault.AuthLapsed(
              who + " refused the user or the password (HTTP " + status + ").");
      default ->
          throw new Fault.Refused(who + " refused the WebSocket with HTTP status " + status + ".");
    }
  }

  private static int status(String line) throws IOException {
    String[] parts = line.split(" ", 3);
    if (parts.length >= 2 && parts[0].startsWith("HTTP/1.") && parts[1].matches("\\d{3}")) {
      return Integer.parseInt(parts[1]);
    }
    throw new IOException("it does not speak HTTP: '" + Fault.excerpt(line) + "'");
  }

  private boolean accepts(String line) {
    int colon = line.indexOf(':');
    return colon > 0
        && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("sec-websocket-accept")
        && line.substring(colon + 1).strip().equals(accept(key));
  }

  static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
