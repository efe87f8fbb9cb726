package io.cordboard.web;

import io.cordboard.testkit.Await;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hears a socket and remembers. */
final class SocketLog implements WebSocket.Listener {
  private static final JsonMapper JSON = new JsonMapper();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private volatile int closed;
  private volatile int pings;
  private volatile boolean deaf;

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      texts.add(part.toString());
      part.setLength(0);
    }
    more(socket);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, java.nio.ByteBuffer message) {
    pings++;
    more(socket);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed = code;
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed = closed == 0 ? -1 : closed;
  }

  private void more(WebSocket socket) {
    if (!deaf) {
      socket.request(1);
    }
  }

  /** Reads one more frame at most from now on, and so answers no ping that comes after it. */
  void turnDeaf() {
    deaf = true;
  }

  List<String> texts() {
    return texts;
  }

  int pings() {
    return pings;
  }

  /** The first frame that is as wished, waited for. */
  JsonNode frame(String what, Predicate<JsonNode> wished) {
    List<JsonNode> found =
        Await.until(
            what,
            () -> texts.stream().map(JSON::readTree).filter(wished).toList(),
            l -> !l.isEmpty());
    return found.getFirst();
  }

  /** The result of the command with this id, waited for. */
  JsonNode result(long id) {
    return frame(
            "result " + id, f -> f.get("result").isObject() && f.at("/result/id").asLong() == id)
        .get("result");
  }

  /** The code with which the socket was closed, waited for; -1 for a broken one. */
  int closed() {
    return Await.until("close", () -> closed, code -> code != 0);
  }

  boolean isOpen() {
    return closed == 0;
  }
}
