package io.cordboard.bench.desk;

import io.cordboard.adapterkit.WebSocket;
import io.cordboard.adapterkit.WebSocketOptions;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent who is always ready, looks at every card and wraps up at once. */
public final class Desk implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 1 << 20;

  private static final long AGAIN_NANOS = Duration.ofMillis(500).toNanos();

  private final WebSocketOptions options;
  private final Clock clock;
  private final Watch watch;
  private final LongAdder messages;
  private final long answerMillis;
  private final Set<String> rung = new HashSet<>();
  private volatile WebSocket socket;
  private final AtomicLong commands = new AtomicLong();
  private volatile String state = "";
  private volatile boolean closing;

  private Desk(WebSocketOptions options, Clock clock, Watch watch, LongAdder messages, long answerMillis) {
    this.options = options;
    this.clock = clock;
    this.watch = watch;
    this.messages = messages;
    this.answerMillis = answerMillis;
    this.socket = connect();
  }

  /**
   * A card with the call it belongs to.
   *
   * @param nanos when it was at the desk's socket, by {@link System#nanoTime}
   * @param tookMicros from the switch's own time of the call's first event until then
   */
  public record Shown(String number, String customer, long nanos, long tookMicros) {}

  /** Who is told what the desks saw; called by many threads. */
  public interface Watch {
    /** A card came for a call. */
    void card(Shown shown);

    /** This desk's part of a call is over. */
    default void wrapsUp(String number) {}

    /** A desk was cut off, or a command was refused. */
    void trouble(String what);
  }

  /**
   * Opens it.
   *
   * @param cookie a session's
   * @param answerMillis how long a phone without a body rings before it is answered; 0: phones answer
   *     by themselves
   */
  public static Desk open(
      URI server, String cookie, Clock clock, Watch watch, LongAdder messages, long answerMillis) {
    WebSocketOptions options =
        new WebSocketOptions(
            URI.create("ws://" + server.getAuthority() + "/api/v1/desk"),
            Map.of("Cookie", cookie, "Origin", server.toString()), LONGEST,
            Duration.ofSeconds(10), Duration.ofSeconds(30), null);
    Desk desk = new Desk(options, clock, watch, messages, answerMillis);
    Thread.ofVirtual().name("desk").start(desk::live);
    return desk;
  }

  private WebSocket connect() {
    return WebSocket.connect(options, clock, new SplittableRandom());
  }

  /** As the page does: a desk that was cut off comes back and takes a snapshot. */
  private void live() {
    while (!closing) {
      try {
        socket.run(
            (buffer, offset, length) -> {
              messages.increment();
              message(buffer, offset, length);
            });
      } catch (IOException end) {
        ended(end);
      }
      again();
    }
  }

  private void again() {
    while (!closing) {
      LockSupport.parkNanos(AGAIN_NANOS);
      try {
        socket = connect();
        return;
      } catch (Fault away) {
        // the next attempt may find it
      }
    }
  }

  /** Whether the agent is ready. */
  public boolean ready() {
    return state.equals("READY");
  }

  private void message(byte[] buffer, int offset, int length) throws IOException {
    long now = System.nanoTime();
    long micros = clock.micros();
    JsonNode frame = JSON.readTree(buffer, offset, length);
    JsonNode message = frame.path("message");
    switch (message.path("type").asString("")) {
      case "snapshot" -> snapshot(message);
      case "meChanged" -> me(message.path("me"));
      case "callChanged" -> {
        JsonNode call = message.path("call");
        JsonNode customer = message.path("card").path("id");
        if (customer.isString()) {
          long took = micros - micros(call.path("arrivedAt").asString());
          watch.card(new Shown(number(call), customer.asString(), now, took));
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
    String id = call.path("callId").asString("");
    switch (call.path("phase").asString("")) {
      case "RINGING" -> {
        if (answerMillis > 0 && rung.add(id)) {
          CompletableFuture.delayedExecutor(answerMillis, TimeUnit.MILLISECONDS)
              .execute(() -> answer(id));
        }
      }
      case "WRAP_UP" -> {
        rung.remove(id);
        watch.wrapsUp(number(call));
        command(
            "\"type\":\"finishWrapUp\",\"callId\":\"%s\",\"disposition\":\"solved\""
                .formatted(id));
      }
      default -> {}
    }
  }

  private void answer(String id) {
    try {
      command("\"type\":\"answer\",\"callId\":\"%s\"".formatted(id));
    } catch (IOException cutOff) {
      // the reading thread tells it
    }
  }

  private static String number(JsonNode call) {
    return call.path("number").asString("");
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  private void command(String fields) throws IOException {
    String frame = "{\"id\":%d,\"command\":{%s}}".formatted(commands.incrementAndGet(), fields);
    socket.sendText(frame.getBytes(StandardCharsets.UTF_8));
  }

  private void ended(IOException end) {
    if (!closing) {
      watch.trouble("A desk was cut off: the server " + end.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    socket.close();
  }
}
