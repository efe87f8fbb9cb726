package io.cordboard.bench.ari;

import io.cordboard.bench.ari.AriRest.Answer;
import io.cordboard.bench.ari.HttpRequests.Request;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The switch's HTTP port: requests, and the WebSocket of the events. */
public final class AriServer implements AutoCloseable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Exchange exchange;
  private final AriRest rest;

  private AriServer(ServerSocket server, Exchange exchange, AriRest rest) {
    this.server = server;
    this.exchange = exchange;
    this.rest = rest;
  }

  /** Listens on loopback, at a port of its own. */
  public static AriServer open(Exchange exchange, List<String> extensions) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    AriServer server = new AriServer(socket, exchange, new AriRest(exchange, extensions));
    Thread.ofPlatform().daemon().name("ari-accept").start(server::accept);
    return server;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().name("ari").start(() -> serve(socket));
      } catch (IOException closed) {
        // the next round of the loop tells whether we were closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 8192));
      OutputStream out = socket.getOutputStream();
      HttpRequests requests = new HttpRequests(in);
      while (true) {
        Request request = requests.next();
        if (request.path().equals("/ari/events")) {
          events(socket, request, in, out);
          return;
        }
        answer(out, request);
      }
    } catch (IOException gone) {
      // the other side left
    }
  }

  private void answer(OutputStream out, Request request) throws IOException {
    String path = request.path();
    Answer answer =
        path.startsWith("/ari/")
            ? rest.handle(request.method(), path.substring(4), request.query(), request.body())
            : Answer.notFound(path);
    byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
    String head =
        """
        HTTP/1.1 %d %s\r
        Server: Asterisk/22.10.1\r
        Date: Thu, 26 Nov 2026 11:10:55 GMT\r
        Cache-Control: no-cache, no-store\r
        Content-type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(answer.status(), answer.status() < 300 ? "OK" : "Error", body.length);
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    out.write(whole);
  }

  private void events(Socket socket, Request request, DataInputStream in, OutputStream out)
      throws IOException {
    String accept = accept(request.headers().getOrDefault("sec-websocket-key", ""));
    String head =
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        \r
        """
            .formatted(accept);
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    EventSocket events = new EventSocket(out, exchange.sent());
    exchange.listen(events::event, () -> close(socket));
    events.run(in, rest::handle);
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // closing was all we wanted
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
