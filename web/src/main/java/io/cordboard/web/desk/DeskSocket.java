package io.cordboard.web.desk;

import io.cordboard.web.desk.DeskConnection.Doors;
import io.cordboard.web.guard.SocketGate;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/** {@code /api/v1/desk}: ties sockets to connections. */
public final class DeskSocket extends AbstractWebSocketHandler {
  private static final long LATE_NANOS = Duration.ofSeconds(4).toNanos();

  private final Doors doors;
  private final Supplier<String> ids;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  DeskSocket(Doors doors, Supplier<String> ids) {
    this.doors = doors;
    this.ids = ids;
    this.beatAt = doors.clock().nanos();
  }

  private volatile long beatAt;

  private record Open(DeskConnection connection, Pieces pieces) {}

  @Override
  public void afterConnectionEstablished(WebSocketSession socket) throws IOException {
    DeskConnection connection =
        new DeskConnection(doors, ids.get(), SocketGate.session(socket), new SocketWire(socket));
    open.put(socket.getId(), new Open(connection, new Pieces(DeskConnection.MAX_FRAME)));
    connection.open();
  }

  @Override
  protected void handleTextMessage(WebSocketSession socket, TextMessage message) {
    Open one = open.get(socket.getId());
    if (one != null && one.pieces().add(message.getPayload(), message.isLast())) {
      one.connection().receive(one.pieces().head(), one.pieces().take());
    }
  }

  @Override
  protected void handlePongMessage(WebSocketSession socket, PongMessage message) {
    Open one = open.get(socket.getId());
    if (one != null) {
      one.connection().heard();
    }
  }

  @Override
  public void handleTransportError(WebSocketSession socket, Throwable broken) {
    drop(socket);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
    drop(socket);
  }

  private void drop(WebSocketSession socket) {
    Open one = open.remove(socket.getId());
    if (one != null) {
      one.connection().detach();
    }
  }

  @Override
  public boolean supportsPartialMessages() {
    // so that a frame that is too long gets an answer instead of a closed connection
    return true;
  }

  /** Called every two seconds. */
  public void beat() {
    long now = doors.clock().nanos();
    // after a pause of ours (a full collection, a machine that slept) the answers are still on their way
    boolean judges = now - beatAt < LATE_NANOS;
    beatAt = now;
    open.values().forEach(one -> one.connection().beat(judges));
  }

  /** How many frames were sent. */
  public double frames() {
    return doors.figures().frames().sum();
  }

  /** How many desks were closed because they were too slow. */
  public double slow() {
    return doors.figures().slow().sum();
  }

  /** How many desks are open. */
  public int size() {
    return open.size();
  }
}
