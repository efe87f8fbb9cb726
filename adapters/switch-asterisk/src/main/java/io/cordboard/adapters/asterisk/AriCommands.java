package io.cordboard.adapters.asterisk;

import io.cordboard.adapterkit.Handoff;
import io.cordboard.adapters.asterisk.AriRest.Answer;
import io.cordboard.adapters.asterisk.AriRest.Ask;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * ARI's requests over the WebSocket of the events: what waits goes out together, and the answers come
 * among the events. Costs a tenth of a request over HTTP. Asterisk carries them out one after the
 * other. A thread of its own sends and hears the answers, so that neither waits for whoever hears the
 * events.
 */
final class AriCommands implements AutoCloseable {
  private static final byte[] ANSWER =
      "{\"type\":\"RESTResponse\"".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_BYTES = 8 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Out out;
  private final Clock clock;
  private final Handoff<Item> queue = new Handoff<>(MOST_BYTES, item -> item.json.length);
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  private record Item(byte[] json, boolean toAsterisk) {}

  private record Waiting(Ask ask, CompletableFuture<Answer> answer, long since) {}

  /** Sends messages, in one write where it can. */
  interface Out {
    void send(List<byte[]> messages) throws IOException;
  }

  AriCommands(Out out, Clock clock) {
    this.out = out;
    this.clock = clock;
    Thread.ofPlatform().daemon().name("asterisk-commands").start(this::work);
  }

  CompletionStage<Answer> send(Ask ask) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(number, new Waiting(ask, answer, clock.nanos()));
    if (!queue.offer(new Item(request(number, ask), true))) {
      waiting.remove(number);
      answer.completeExceptionally(
          new Fault.Unreachable("Asterisk does not take our commands any more.", null));
    }
    return answer;
  }

  private static byte[] request(long number, Ask ask) {
    StringBuilder json = new StringBuilder(320);
    json.append("{\"type\":\"RESTRequest\",\"request_id\":\"").append(number);
    json.append("\",\"method\":\"").append(ask.method()).append("\",\"uri\":");
    json.append(Json.quote(ask.resource().substring(1)));
    String body = ask.body();
    if (body != null) {
      json.append(",\"content_type\":\"application/json\",\"message_body\":");
      json.append(Json.quote(body));
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether this is an answer, and no event. */
  static boolean isAnswer(byte[] json) {
    return json.length > ANSWER.length
        && Arrays.equals(json, 0, ANSWER.length, ANSWER, 0, ANSWER.length);
  }

  /** Takes an answer, on the thread that reads; false when too many wait. */
  boolean answered(byte[] json) {
    return queue.put(new Item(json, false));
  }

  /** Everything that has arrived so far was handed over. */
  void flush() {
    queue.flush();
  }

  private void hear(byte[] json) {
    Response response = Response.read(json);
    Waiting one = response == null ? null : waiting.remove(response.number);
    if (one != null && response != null) {
      byte[] body = response.body.getBytes(StandardCharsets.UTF_8);
      one.answer.complete(new Answer(one.ask, response.status, body));
    }
  }

  private void work() {
    List<Item> items = new ArrayList<>();
    try {
      while (queue.drainTo(items, TimeUnit.SECONDS.toNanos(1))) {
        List<byte[]> requests =
            items.stream().filter(Item::toAsterisk).map(Item::json).toList();
        if (!requests.isEmpty()) {
          out.send(requests);
        }
        items.stream().filter(item -> !item.toAsterisk).forEach(item -> hear(item.json));
        items.clear();
        forget(PATIENCE);
      }
    } catch (IOException lost) {
      // whoever reads the socket tells; what waits fails when we are closed
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget(Duration after) {
    long now = clock.nanos();
    waiting.forEach(
        (number, one) -> {
          if (now - one.since >= after.toNanos() && waiting.remove(number, one)) {
            one.answer.completeExceptionally(
                new Fault.OutcomeUnknown(
                    one.ask + " was sent to Asterisk and no answer came.", null));
          }
        });
  }

  /** What waits for an answer will get none. */
  @Override
  public void close() {
    queue.close();
    forget(Duration.ZERO);
  }

  private record Response(long number, int status, String body) {
    static @Nullable Response read(byte[] json) {
      long number = 0;
      int status = 0;
      String body = "";
      try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
        in.nextToken();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = in.currentName();
          in.nextToken();
          switch (name) {
            case "request_id" -> number = in.getValueAsLong();
            case "status_code" -> status = in.getValueAsInt();
            case "message_body" -> body = AriEvent.text(in);
            default -> in.skipChildren();
          }
        }
        return new Response(number, status, body);
      } catch (JacksonException broken) {
        return null;
      }
    }
  }
}
