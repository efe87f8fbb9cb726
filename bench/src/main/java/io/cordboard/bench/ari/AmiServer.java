package io.cordboard.bench.ari;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The switch's manager port: lets everybody in, has done whatever is asked, lists the phones. */
public final class AmiServer implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> extensions;

  private AmiServer(ServerSocket server, List<String> extensions) {
    this.server = server;
    this.extensions = extensions;
  }

  /** Listens on loopback, at a port of its own. */
  public static AmiServer open(List<String> extensions) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    AmiServer server = new AmiServer(socket, extensions);
    Thread.ofPlatform().daemon().name("ami-accept").start(server::accept);
    return server;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().name("ami").start(() -> serve(socket));
      } catch (IOException closed) {
        // the next round of the loop tells whether we were closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      send(out, "Asterisk Call Manager/11.0.0\r\n");
      Map<String, String> action = new HashMap<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          action.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        } else if (!action.isEmpty()) {
          answer(out, action);
          action.clear();
        }
      }
    } catch (IOException gone) {
      // the other side left
    }
  }

  private void answer(OutputStream out, Map<String, String> action) throws IOException {
    String id = action.containsKey("actionid") ? "ActionID: " + action.get("actionid") + "\r\n" : "";
    String name = action.getOrDefault("action", "").toLowerCase(Locale.ROOT);
    long micros = System.currentTimeMillis() * 1000;
    switch (name) {
      case "login" -> {
        send(out, "Response: Success\r\n" + id + "Message: Authentication accepted\r\n\r\n");
        send(out, "Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n");
      }
      case "ping" ->
          send(
              out,
              "Response: Success\r\n%sPing: Pong\r\nTimestamp: %d.%06d\r\n\r\n"
                  .formatted(id, micros / 1_000_000, micros % 1_000_000));
      case "pjsipshowcontacts" -> contacts(out, id);
      default -> send(out, "Response: Success\r\n" + id + "Message: Done\r\n\r\n");
    }
  }

  private void contacts(OutputStream out, String id) throws IOException {
    StringBuilder text =
        new StringBuilder("Response: Success\r\n").append(id).append("EventList: start\r\n\r\n");
    for (String extension : extensions) {
      text.append("Event: ContactList\r\n").append(id).append("ObjectType: contact\r\n");
      text.append("Uri: sip:").append(extension).append("@127.0.0.1:5060\r\n");
      text.append("Endpoint: ").append(extension).append("\r\nStatus: Reachable\r\n\r\n");
    }
    text.append("Event: ContactListComplete\r\n").append(id).append("EventList: Complete\r\n");
    send(out, text.append("ListItems: ").append(extensions.size()).append("\r\n\r\n").toString());
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
