package io.cordboard.web.fake;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A switch's WebSocket, spoken by hand so that nothing is hidden: one connection after another. */
public final class FakeSipServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile @Nullable Socket open;
  private volatile String subprotocol = "";
  private volatile int gone;

  public FakeSipServer() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  public URI uri() {
    return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException closed) {
        // the next one
      } finally {
        gone++;
        open = null;
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      key = lower.startsWith("sec-websocket-key:") ? line.substring(18).strip() : key;
      subprotocol =
          lower.startsWith("sec-websocket-protocol:") ? line.substring(23).strip() : subprotocol;
    }
    socket
        .getOutputStream()
        .write(
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Accept: "
                    + accept(key)
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    open = socket;
    while (frame(in)) {
      // each frame is kept by frame()
    }
  }

  private boolean frame(DataInputStream in) throws IOException {
    int first = in.read();
    if (first < 0 || (first & 0x0f) == 8) {
      return false;
    }
    int length = in.readUnsignedByte() & 0x7f;
    length = length == 126 ? in.readUnsignedShort() : length;
    byte[] mask = in.readNBytes(4);
    byte[] data = in.readNBytes(length);
    for (int i = 0; i < data.length; i++) {
      data[i] ^= mask[i % 4];
    }
    heard.add(new String(data, StandardCharsets.UTF_8));
    return true;
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(
                  (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                      .getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException never) {
      throw new AssertionError(never);
    }
  }

  /** Says something to the phone; at most 65535 bytes. */
  public void say(String text) throws IOException {
    Socket socket = open;
    if (socket == null) {
      throw new IOException("nobody is connected");
    }
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    out.write(new byte[] {(byte) 0x81, 126, (byte) (data.length >> 8), (byte) data.length});
    out.write(data);
    out.flush();
  }

  /** Dies without a word. */
  public void die() throws IOException {
    Socket socket = open;
    if (socket != null) {
      socket.close();
    }
  }

  /** Whole frames from the phone. */
  public List<String> heard() {
    return heard;
  }

  public boolean connected() {
    return open != null;
  }

  /** How many connections have ended. */
  public int gone() {
    return gone;
  }

  public String subprotocol() {
    return subprotocol;
  }

  @Override
  public void close() throws IOException {
    server.close();
    die();
  }
}
