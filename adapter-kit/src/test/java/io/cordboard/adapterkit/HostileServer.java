package io.cordboard.adapterkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A WebSocket server that does what a test tells it, byte by byte, with one client. */
final class HostileServer implements AutoCloseable {
  /** What happens after the opening. */
  interface Script {
    void play(InputStream in, OutputStream out) throws Exception;
  }

  private final ServerSocket listening;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private HostileServer(Script script) throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> serve(script));
  }

  /** Accepts the opening politely, then plays the script. */
  static HostileServer after(Script script) throws IOException {
    return new HostileServer(
        (in, out) -> {
          out.write(opening(key(in)));
          script.play(in, out);
        });
  }

  /** Plays the script from the first byte on. */
  static HostileServer raw(Script script) throws IOException {
    return new HostileServer(script);
  }

  URI address() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ari/events?app=x");
  }

  /** Rethrows what went wrong in the script, and waits for its end. */
  void join() {
    done.join();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void serve(Script script) {
    try (Socket socket = listening.accept()) {
      script.play(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
      done.complete(null);
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  static byte[] opening(String key) {
    return ascii(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "sec-websocket-accept: "
            + Handshake.accept(key)
            + "\r\n\r\n");
  }

  static String key(InputStream in) throws IOException {
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.startsWith("Sec-WebSocket-Key: ")) {
        key = line.substring(19);
      }
    }
    return key;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** An unmasked frame; {@code first} is the byte with the FIN bit and the opcode. */
  static byte[] frame(int first, byte[] payload) {
    int extra = payload.length < 126 ? 0 : payload.length < 65536 ? 2 : 8;
    byte[] frame = new byte[2 + extra + payload.length];
    frame[0] = (byte) first;
    frame[1] = (byte) (extra == 0 ? payload.length : extra == 2 ? 126 : 127);
    for (int i = 0; i < extra; i++) {
      frame[2 + i] = (byte) ((long) payload.length >>> 8 * (extra - 1 - i));
    }
    System.arraycopy(payload, 0, frame, 2 + extra, payload.length);
    return frame;
  }

  static byte[] text(String text) {
    return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A frame of the client, unmasked: opcode first, then the payload. */
  static byte[] clientFrame(InputStream in) throws IOException {
    int opcode = in.read() & 0x0f;
    int length = in.read();
    if ((length & 0x80) == 0) {
      throw new IOException("the client did not mask");
    }
    length &= 0x7f;
    if (length == 126) {
      length = in.read() << 8 | in.read();
    } else if (length == 127) {
      length = Math.toIntExact(new java.io.DataInputStream(in).readLong());
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    byte[] result = new byte[length + 1];
    result[0] = (byte) opcode;
    for (int i = 0; i < length; i++) {
      result[i + 1] = (byte) (payload[i] ^ mask[i & 3]);
    }
    return result;
  }
}
