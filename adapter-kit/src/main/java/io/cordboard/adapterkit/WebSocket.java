package io.cordboard.adapterkit;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client's end of a WebSocket over a plain or TLS socket. One thread reads ({@link #run}); any
 * thread sends.
 */
public final class WebSocket implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};

  /** Takes messages, on the reading thread. */
  public interface Receiver {
    /**
     * A whole message, text or binary. The bytes are only valid during the call.
     *
     * @throws IOException to end the connection
     */
    void message(byte[] buffer, int offset, int length) throws IOException;

    /** Everything that has arrived so far was handed over; the reader is about to wait. */
    default void drained() {}
  }

  private final Socket socket;
  private final OutputStream out;
  private final FrameReader reader;
  private final RandomGenerator random;
  private final ReentrantLock writing = new ReentrantLock();

  private WebSocket(Socket socket, FrameReader reader, RandomGenerator random) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.reader = reader;
    this.random = random;
  }

  /**
   * Connects and shakes hands; blocks at most {@code deadAfter} for each.
   *
   * @throws Fault.Unreachable when nobody answers
   * @throws Fault.AuthLapsed on HTTP 401 and 403
   * @throws Fault.Refused on any other answer
   */
  public static WebSocket connect(WebSocketOptions options, Clock clock, RandomGenerator random) {
    String who = options.host() + ":" + options.port();
    Socket socket = new Socket();
    try {
      int patience = Math.toIntExact(options.deadAfter().toMillis());
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(options.host(), options.port()), patience);
      socket.setSoTimeout(Math.toIntExact(options.pingEvery().toMillis()));
      return open(options.secure() ? secured(socket, options) : socket, options, clock, random);
    } catch (IOException e) {
      closeQuietly(socket);
      throw new Fault.Unreachable("No WebSocket with " + who + ": " + e.getMessage() + ".", e);
    } catch (Fault fault) {
      closeQuietly(socket);
      throw fault;
    }
  }

  /**
   * Reads until the connection ends. A ping is answered, silence is broken by a ping of ours.
   *
   * @throws IOException always, at the end: its message completes "the other side: it ..."
   */
  public void run(Receiver receiver) throws IOException {
    try {
      reader.run(receiver, new Replies());
    } finally {
      closeQuietly(socket);
    }
  }

  /**
   * Sends a text message. Blocks only while the other side's buffers are full.
   *
   * @throws IOException when the connection is lost; the message may or may not have arrived
   */
  public void sendText(byte[] utf8) throws IOException {
    send(1, utf8);
  }

  /**
   * Sends text messages in one write.
   *
   * @throws IOException when the connection is lost; any of them may or may not have arrived
   */
  public void sendTexts(List<byte[]> utf8) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream(256 * utf8.size());
    for (byte[] text : utf8) {
      frames.writeBytes(frame(1, text));
    }
    write(frames.toByteArray());
  }

  /** Says goodbye and ends the connection; does not wait for an answer. Idempotent. */
  @Override
  public void close() {
    // a write to a silent peer could block for ever, so the goodbye is for those who spoke lately
    if (!socket.isClosed() && reader.heardLately()) {
      goodbye();
    }
    abort();
  }

  /** Ends the connection at once, without a word. Idempotent. */
  public void abort() {
    closeQuietly(socket);
  }

  private void goodbye() {
    try {
      send(8, NORMAL_CLOSURE);
    } catch (IOException alreadyGone) {
      // a goodbye that nobody hears is no loss
    }
  }

  private static WebSocket open(
      Socket socket, WebSocketOptions options, Clock clock, RandomGenerator random)
      throws IOException {
    FrameReader reader = new FrameReader(socket.getInputStream(), options, clock);
    Handshake handshake = new Handshake(options, random);
    handshake.send(socket.getOutputStream());
    handshake.receive(reader);
    return new WebSocket(socket, reader, random);
  }

  private static Socket secured(Socket plain, WebSocketOptions options) throws IOException {
    try {
      SSLContext context = options.tls() == null ? SSLContext.getDefault() : options.tls();
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, options.host(), options.port(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return tls;
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IOException("this JDK has no default TLS context", e);
    }
  }

  private void send(int opcode, byte[] payload) throws IOException {
    write(frame(opcode, payload));
  }

  private void write(byte[] frames) throws IOException {
    writing.lock();
    try {
      out.write(frames);
    } finally {
      writing.unlock();
    }
  }

  private byte[] frame(int opcode, byte[] payload) {
    int length = payload.length;
    int extra = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
    byte[] frame = new byte[2 + extra + 4 + length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | (extra == 0 ? length : extra == 2 ? 126 : 127));
    for (int i = 0; i < extra; i++) {
      frame[2 + i] = (byte) ((long) length >>> (8 * (extra - 1 - i)));
    }
    mask(frame, 2 + extra, payload);
    return frame;
  }

  private void mask(byte[] frame, int at, byte[] payload) {
    int key = random.nextInt();
    for (int i = 0; i < 4; i++) {
      frame[at + i] = (byte) (key >>> (24 - 8 * i));
    }
    for (int i = 0; i < payload.length; i++) {
      frame[at + 4 + i] = (byte) (payload[i] ^ frame[at + (i & 3)]);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // closing was all we wanted
    }
  }

  private final class Replies implements FrameReader.Connection {
    @Override
    public void ping() throws IOException {
      send(9, NOTHING);
    }

    @Override
    public void pong(byte[] payload) throws IOException {
      send(10, payload);
    }
  }
}
