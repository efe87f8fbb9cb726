package io.cordboard.bench.desk;

import io.cordboard.adapterkit.WebSocket;
import io.cordboard.adapterkit.WebSocketOptions;
import io.cordboard.kernel.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent who is always ready, looks at every card and wraps up at once. */
public final class Desk implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 1 << 20;

  private final WebSocket socket;
  private final Watch watch;
  private long commands;
  private volatile String state = "";

  private Desk(WebSocket socket, Watch watch) {
    this.socket = socket;
    this.watch = watch;
  }

  /** Who is told what the desks saw; called by many threads. */
  public interface Watch {
    /** A card came for a call from this number. */
    void card(String number, String customer, long nanos);

    /** A desk was cut off, or a command was refused. */
    void trouble(String what);
  }

  /** Opens it; {@code cookie} is a session's. */
  public static Desk open(
      URI server, String cookie, Clock clock, Watch watch, LongAdder messages) {
    WebSocketOptions options =
        new WebSocketOptions(
            URI.create("ws://" + server.getAuthority() + "/api/v1/desk"),
            Map.of("Cookie", cookie, "Origin", server.toString()), LONGEST,
            Duration.ofSeconds(10), Duration.ofSeconds(30), null);
    WebSocket socket = WebSocket.connect(options, clock, new SplittableRandom());
    Desk desk = new Desk(socket, watch);
    Thread.ofVirtual()
        .name("desk")
        .start(
            () -> {
              try {
                socket.run(
                    (buffer, offset, length) -> {
                      messages.increment();
                      desk.message(buffer, offset, length);
                    });
              } catch (IOException end) {
                desk.ended(end);
              }
            });
    return desk;
  }

  /** Whether the agent is ready. */
  public boolean ready() {
    return state.equals("READY");
  }

  private void message(byte[] buffer, int offset, int length) throws IOException {
    long now = System.nanoTime();
    JsonNode frame = JSON.readTree(buffer, offset, length);
    JsonNode message = frame.path("message");
    switch (message.path("type").asString("")) {
      case "snapshot" -> snapshot(message);
      case "meChanged" -> me(message.path("me"));
      case "callChanged" -> {
        JsonNode call = message.path("call");
        JsonNode customer = message.path("card").path("id");
        if (customer.isString()) {
          watch.card(call.path("number").asString(""), customer.asString(), now);
        }
        call(call);
      }
      default -> {
        String fault = frame.path("result").path("fault").path("detail").asString("");
        if (!fault.isEmpty()) {
          watch.trouble(fault);
        }
      }
    }
  }

  private void snapshot(JsonNode message) throws IOException {
    me(message.path("me"));
    for (JsonNode call : message.path("calls")) {
      call(call);
    }
  }

  private void me(JsonNode me) throws IOException {
    state = me.path("state").asString("");
    if (state.equals("OFFLINE") || state.equals("NOT_READY")) {
      command("\"type\":\"ready\"");
    }
  }

  private void call(JsonNode call) throws IOException {
    if (call.path("phase").asString("").equals("WRAP_UP")) {
      command(
          "\"type\":\"finishWrapUp\",\"callId\":\"%s\",\"disposition\":\"solved\""
              .formatted(call.path("callId").asString("")));
    }
  }

  // on the reading thread only
  private void command(String fields) throws IOException {
    String frame = "{\"id\":%d,\"command\":{%s}}".formatted(++commands, fields);
    socket.sendText(frame.getBytes(StandardCharsets.UTF_8));
  }

  private void ended(IOException end) {
    if (!closing) {
      watch.trouble("A desk was cut off: the server " + end.getMessage());
    }
  }

  private volatile boolean closing;

  @Override
  public void close() {
    closing = true;
    socket.close();
  }
}
