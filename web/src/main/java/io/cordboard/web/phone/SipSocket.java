package io.cordboard.web.phone;

import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Users;
import io.cordboard.web.guard.SocketGate;
import io.cordboard.web.phone.PhoneSettings.BrowserPhone;
import io.cordboard.web.session.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * {@code /api/v1/phone/sip}: passes SIP between a browser phone and its switch, so that there is
 * one certificate and one origin, and the session is checked before the switch is reached. The
 * switch learns of a dead browser by the close, so either end's close reaches the other at once.
 */
public final class SipSocket extends AbstractWebSocketHandler implements SubProtocolCapable {
  private static final CloseStatus NO_PHONE = new CloseStatus(4404, "no browser phone");
  private static final CloseStatus SIGNED_OUT = new CloseStatus(4401, "signed out");

  private final PhoneSettings settings;
  private final Users users;
  private final HttpClient client;
  private final Map<String, SipPipe> pipes = new ConcurrentHashMap<>();

  /** Makes it; {@code client} opens the sockets to switches. */
  public SipSocket(PhoneSettings settings, Users users, HttpClient client) {
    this.settings = settings;
    this.users = users;
    this.client = client;
  }

  @Override
  public List<String> getSubProtocols() {
    return List.of("sip");
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession browser) throws Exception {
    Session session = SocketGate.session(browser);
    Optional<URI> target = target(session);
    if (target.isEmpty()) {
      browser.close(NO_PHONE);
      return;
    }
    SipPipe pipe = new SipPipe(browser);
    pipes.put(browser.getId(), pipe);
    session.onEnd(pipe.onSessionEnd(SIGNED_OUT));
    pipe.open(client, target.get());
  }

  private Optional<URI> target(Session session) {
    // not the session's user: the phone may have been given a moment ago
    return users
        .byId(session.user().id())
        .flatMap(user -> Optional.ofNullable(user.phone()))
        .filter(phone -> phone.kind() == Phone.Kind.BROWSER)
        .flatMap(settings::of)
        .map(BrowserPhone::switchSocket);
  }

  @Override
  protected void handleTextMessage(WebSocketSession browser, TextMessage message) {
    SipPipe pipe = pipes.get(browser.getId());
    if (pipe != null) {
      pipe.toSwitch(message.getPayload(), message.isLast());
    }
  }

  @Override
  protected void handleBinaryMessage(WebSocketSession browser, BinaryMessage message) {
    SipPipe pipe = pipes.get(browser.getId());
    if (pipe != null) {
      pipe.toSwitch(message.getPayload(), message.isLast());
    }
  }

  @Override
  public void handleTransportError(WebSocketSession browser, Throwable broken) {
    drop(browser);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession browser, CloseStatus status) {
    drop(browser);
  }

  private void drop(WebSocketSession browser) {
    SipPipe pipe = pipes.remove(browser.getId());
    if (pipe != null) {
      SocketGate.session(browser).forget(pipe.onSessionEnd(SIGNED_OUT));
      pipe.browserGone();
    }
  }

  @Override
  public boolean supportsPartialMessages() {
    return true;
  }

  /** How many phones are connected. */
  public int size() {
    return pipes.size();
  }
}
