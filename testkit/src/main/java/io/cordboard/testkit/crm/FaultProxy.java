package io.cordboard.testkit.crm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on 127.0.0.1 and spoils what goes through when it is told to. One that knows
 * HTTP/1.1 spoils single requests, by {@link CrmTrouble}; one that does not spoils bytes. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final long FRESH_NANOS = 5_000_000_000L;
  private static final int LONGEST_HANG_MILLIS = 60_000;

  private final int target;
  private final boolean http;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Rule> rules = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final AtomicLong passed = new AtomicLong();
  private volatile @Nullable ServerSocket server;
  private volatile @Nullable Thread ear;
  private volatile long latencyNanos;
  private volatile long cutAfter = Long.MAX_VALUE;
  private volatile boolean swallows;

  private FaultProxy(int target, boolean http) throws IOException {
    this.target = target;
    this.http = http;
    ServerSocket first = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    this.port = first.getLocalPort();
    listen(first);
  }

  /**
   * A request that came through.
   *
   * @param target path and query as they were sent
   */
  public record Seen(String method, String target, String body) {}

  private record Rule(CrmTrouble trouble, Predicate<Seen> which, AtomicLong left) {}

  /** Before a server that speaks HTTP. */
  public static FaultProxy http(int port) {
    return made(port, true);
  }

  /** Before any server. */
  public static FaultProxy tcp(int port) {
    return made(port, false);
  }

  private static FaultProxy made(int port, boolean http) {
    try {
      return new FaultProxy(port, http);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return port;
  }

  /** Where clients find it; it stays there when it is stopped and started. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Refuses connections from now on, and closes those that there are. */
  public synchronized void stop() {
    ServerSocket listening = server;
    server = null;
    closeQuietly(listening);
    awaitEnd(ear);
    open.forEach(FaultProxy::closeQuietly);
    open.clear();
  }

  // until then the machine may still take a connection
  private static void awaitEnd(@Nullable Thread ear) {
    try {
      if (ear != null) {
        ear.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes connections again. */
  public synchronized void start() {
    if (server == null) {
      try {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        listen(again);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** Each request, or each piece of bytes, waits for this long. */
  public void latency(Duration latency) {
    latencyNanos = latency.toNanos();
  }

  /** HTTP: the next so many requests of these meet the trouble. */
  public void next(CrmTrouble trouble, int requests, Predicate<Seen> which) {
    mustBeHttp(trouble);
    synchronized (rules) {
      rules.add(new Rule(trouble, which, new AtomicLong(requests)));
    }
  }

  /** HTTP: all of these meet the trouble, until {@link #well}. */
  public void always(CrmTrouble trouble, Predicate<Seen> which) {
    next(trouble, Integer.MAX_VALUE, which);
  }

  /** Bytes: closes each connection after so many bytes from the server, counted from now on over all of them. */
  public void cutAfter(long bytes) {
    passed.set(0);
    cutAfter = bytes;
  }

  /** Bytes: what is sent reaches the server, and nothing comes back. */
  public void swallow(boolean on) {
    swallows = on;
  }

  /** Spoils nothing any more. */
  public void well() {
    synchronized (rules) {
      rules.clear();
    }
    latencyNanos = 0;
    cutAfter = Long.MAX_VALUE;
    swallows = false;
  }

  /** HTTP: all requests so far, also those that met a trouble. */
  public List<Seen> seen() {
    synchronized (rules) {
      return List.copyOf(seen);
    }
  }

  private void mustBeHttp(CrmTrouble trouble) {
    if (!http || trouble == CrmTrouble.SOME_OF_BATCH) {
      throw new IllegalArgumentException("This proxy cannot do " + trouble);
    }
  }

  private void listen(ServerSocket listening) {
    server = listening;
    ear = Thread.ofPlatform().daemon().name("fault-proxy-" + port).start(() -> accept(listening));
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (isTaken(listening, client)) {
          Thread.ofVirtual().name("fault-proxy-client").start(() -> serve(client));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  // one that was accepted while we stopped is not served
  private synchronized boolean isTaken(ServerSocket listening, Socket client) {
    if (server == listening) {
      open.add(client);
      return true;
    }
    closeQuietly(client);
    return false;
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      if (http) {
        requests(client);
      } else {
        bytes(client);
      }
    } catch (IOException gone) {
      // one of the two closed: so does the other
    } finally {
      open.remove(client);
    }
  }

  // ---- HTTP

  private void requests(Socket client) throws IOException {
    HttpMessage.Reader in = new HttpMessage.Reader(client.getInputStream());
    OutputStream out = client.getOutputStream();
    try (Behind behind = new Behind()) {
      HttpMessage request = in.next(false, false);
      while (request != null && answered(request, client, out, behind)) {
        request = in.next(false, false);
      }
    }
  }

  private boolean answered(HttpMessage request, Socket client, OutputStream out, Behind behind) throws IOException {
    pause();
    CrmTrouble trouble = met(new Seen(request.method(), request.target(), request.text()));
    if (trouble != null && !trouble.isAfter()) {
      return Spoiled.before(trouble, client, out);
    }
    HttpMessage answer = behind.ask(request);
    if (answer == null) {
      return false;
    }
    if (trouble == null) {
      out.write(answer.bytes());
      return true;
    }
    client.setSoTimeout(LONGEST_HANG_MILLIS);
    return Spoiled.after(trouble, answer.bytes(), client, out);
  }

  private @Nullable CrmTrouble met(Seen request) {
    synchronized (rules) {
      seen.add(request);
      for (Rule rule : rules) {
        if (rule.left().get() > 0 && rule.which().test(request)) {
          rule.left().decrementAndGet();
          return rule.trouble();
        }
      }
      return null;
    }
  }

  /** The server, as one client's connection needs it. */
  private final class Behind implements AutoCloseable {
    private @Nullable Socket socket;
    private HttpMessage.@Nullable Reader in;
    private long usedAt;

    @Nullable HttpMessage ask(HttpMessage request) throws IOException {
      Socket to = connected();
      to.getOutputStream().write(request.bytes());
      HttpMessage answer = in == null ? null : in.next(true, request.method().equals("HEAD"));
      usedAt = System.nanoTime();
      if (answer == null || !answer.keepsOpen()) {
        close();
      }
      return answer;
    }

    private Socket connected() throws IOException {
      // servers close connections that were idle for long, just when they are used again
      if (socket == null || System.nanoTime() - usedAt > FRESH_NANOS) {
        close();
        socket = new Socket(InetAddress.getLoopbackAddress(), target);
        socket.setTcpNoDelay(true);
        in = new HttpMessage.Reader(socket.getInputStream());
      }
      return socket;
    }

    @Override
    public void close() {
      closeQuietly(socket);
      socket = null;
    }
  }

  // ---- bytes

  private void bytes(Socket client) throws IOException {
    try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), target)) {
      behind.setTcpNoDelay(true);
      open.add(behind);
      Thread.ofVirtual().start(() -> pump(client, behind, false));
      pump(behind, client, true);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        pause();
        int mayPass = answers ? (int) Math.min(read, Math.max(0, cutAfter - passed.getAndAdd(read))) : read;
        if (!answers || !swallows) {
          out.write(buffer, 0, mayPass);
        }
        if (mayPass < read) {
          return;
        }
      }
    } catch (IOException gone) {
      // one of the two closed: so does the other
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private void pause() {
    if (latencyNanos > 0) {
      LockSupport.parkNanos(latencyNanos);
    }
  }

  private static void closeQuietly(java.io.@Nullable Closeable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (IOException failed) {
      // it is closed all the same
    }
  }

  @Override
  public void close() {
    stop();
  }
}
