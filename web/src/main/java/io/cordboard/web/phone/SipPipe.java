package io.cordboard.web.phone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One browser phone's way to its switch. A side that does not take what comes holds up the other:
 * the next piece is read only when this one is written.
 */
final class SipPipe implements WebSocket.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SipPipe.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final CloseStatus SWITCH_GONE = new CloseStatus(4503, "the switch is away");

  private final WebSocketSession browser;
  private final CompletableFuture<WebSocket> switchSide = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Runnable sessionEnder;

  SipPipe(WebSocketSession browser) {
    this.browser = browser;
  }

  /** Opens the other side; what the browser sends meanwhile waits. */
  void open(HttpClient client, URI target) {
    client
        .newWebSocketBuilder()
        .subprotocols("sip")
        .connectTimeout(PATIENCE)
        .buildAsync(target, this)
        .whenComplete(this::opened);
  }

  private void opened(@Nullable WebSocket socket, @Nullable Throwable refused) {
    if (socket == null) {
      LOG.warn("A browser phone cannot reach its switch: {}", String.valueOf(refused));
      switchSide.completeExceptionally(new IOException("no switch"));
      end(SWITCH_GONE);
    } else if (over.get()) {
      socket.abort();
    } else {
      switchSide.complete(socket);
      abortIfOver(socket);
    }
  }

  private void abortIfOver(WebSocket socket) {
    if (over.get()) {
      socket.abort();
    }
  }

  void toSwitch(String text, boolean last) {
    pass(socket -> socket.sendText(text, last));
  }

  void toSwitch(ByteBuffer bytes, boolean last) {
    pass(socket -> socket.sendBinary(bytes, last));
  }

  private void pass(Function<WebSocket, CompletableFuture<WebSocket>> send) {
    try {
      send.apply(switchSide.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException away) {
      end(SWITCH_GONE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      end(SWITCH_GONE);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    toBrowser(socket, new TextMessage(text.toString(), last));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
    toBrowser(socket, new BinaryMessage(bytes, last));
    return null;
  }

  private void toBrowser(WebSocket socket, WebSocketMessage<?> message) {
    try {
      browser.sendMessage(message);
      socket.request(1);
    } catch (IOException | IllegalStateException gone) {
      end(SWITCH_GONE);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    end(SWITCH_GONE);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable broken) {
    end(SWITCH_GONE);
  }

  void browserGone() {
    end(CloseStatus.GOING_AWAY);
  }

  /** Ends the pipe when the session does; always the same object. */
  synchronized Runnable onSessionEnd(CloseStatus status) {
    Runnable ender = sessionEnder;
    if (ender == null) {
      // who ends a session does not wait for its sockets
      ender = () -> Thread.startVirtualThread(() -> end(status));
      sessionEnder = ender;
    }
    return ender;
  }

  private void end(CloseStatus status) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    switchSide.thenAccept(WebSocket::abort);
    try {
      browser.close(status);
    } catch (IOException | IllegalStateException gone) {
      // it is what we wanted
    }
  }
}
