package io.cordboard.web.desk;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;

/** A wire over Spring's socket. */
final class SocketWire implements Wire {
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
  private static final long SEND_MILLIS = 5000;
  private static final PingMessage PING = new PingMessage();
  private final WebSocketSession socket;
  private final RemoteEndpoint.Basic remote;

  SocketWire(WebSocketSession socket) throws IOException {
    this.socket = socket;
    Session session = ((StandardWebSocketSession) socket).getNativeSession();
    session.getUserProperties().put(SEND_TIMEOUT, SEND_MILLIS);
    remote = session.getBasicRemote();
    remote.setBatchingAllowed(true);
  }

  @Override
  public void text(String frame) throws IOException {
    socket.sendMessage(new TextMessage(frame));
  }

  @Override
  public void flush() throws IOException {
    remote.flushBatch();
  }

  @Override
  public void ping() throws IOException {
    socket.sendMessage(PING);
  }

  @Override
  public void close(int code, String reason) {
    try {
      socket.close(new CloseStatus(code, reason));
    } catch (IOException | IllegalStateException gone) {
      // there is nobody left to say it to
    }
  }
}
