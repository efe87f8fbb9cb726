package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.Sender.Reply;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells one endpoint. Each endpoint has a kind of work of its own, so that one that is slow or dead takes
 * nobody else's turn. What was sent and not answered is sent again: the receiver knows it by its id.
 */
public final class DeliverWebhook implements WorkHandler {
  /** An endpoint that failed so long is switched off. */
  static final Duration LONGEST_FAILURE = Duration.ofDays(5);

  private static final String KIND = "webhook:";
  private static final Duration PAUSE_WHILE_OFF = Duration.ofMinutes(1);

  private final UUID endpoint;
  private final Sender.Line line;
  private final Parts parts;
  private final MessageBody bodies;

  /** What it needs. */
  public record Parts(
      Endpoints endpoints, EventOutbox outbox, FullPayload full, OffWatch watch, Clock clock) {}

  /** Hears of an endpoint that was switched off by us. */
  public interface OffWatch {
    /** It is off from now on, and why. */
    void off(Endpoint endpoint, String why);
  }

  DeliverWebhook(UUID endpoint, Sender.Line line, Parts parts) {
    this.endpoint = endpoint;
    this.line = line;
    this.parts = parts;
    this.bodies = new MessageBody(parts.full());
  }

  /** The kind of work that tells this endpoint. */
  public static String kind(UUID endpoint) {
    return KIND + endpoint;
  }

  /** The work that tells an endpoint of an event; {@code repeat} is empty, or names a repeat by hand. */
  public static NewWork work(Event event, UUID endpoint, String repeat, long dueAt) {
    return new NewWork(
        kind(endpoint),
        endpoint + ":" + event.subject(),
        event.id() + ":" + endpoint + (repeat.isEmpty() ? "" : ":" + repeat),
        "{\"event\":\"%s\"}".formatted(event.id()),
        dueAt);
  }

  @Override
  public String kind() {
    return kind(endpoint);
  }

  @Override
  public Found lookUp(WorkItem item) {
    return Found.NOT_DONE;
  }

  @Override
  public void run(WorkItem item, Lease lease) {
    Endpoint receiver =
        parts.endpoints().find(endpoint)
            .filter(Endpoint::active)
            .orElseThrow(
                () -> new Fault.Busy("The webhook endpoint is switched off.", PAUSE_WHILE_OFF));
    // the idempotency key begins with the event's id
    UUID id = UUID.fromString(item.idempotencyKey().substring(0, 36));
    Event event = parts.outbox().event(id).orElse(null);
    if (event != null) {
      byte[] body = bodies.of(event, receiver);
      lease.mustHold();
      send(item, receiver, event, body);
    }
  }

  private void send(WorkItem item, Endpoint receiver, Event event, byte[] body) {
    long began = parts.clock().micros();
    Reply reply;
    try {
      reply = line.post(headers(event, began / 1_000_000, body), body);
    } catch (Fault.Refused | Fault.Unreachable | Fault.OutcomeUnknown failed) {
      note(item, event, began, 0, failed.getMessage());
      failing(receiver, failed.getMessage());
      throw failed instanceof Fault.Refused ? new Fault.Unreachable(failed.getMessage(), failed) : failed;
    }
    judge(item, receiver, event, began, reply);
  }

  private Map<String, String> headers(Event event, long seconds, byte[] body) {
    String id = event.id().toString();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Cordboard");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put(
        "webhook-signature",
        parts.endpoints().secrets(endpoint, parts.clock().micros()).stream()
            .map(secret -> secret.sign(id, seconds, body))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  private void judge(WorkItem item, Endpoint receiver, Event event, long began, Reply reply) {
    int status = reply.status();
    String failure = status >= 200 && status < 300 ? null : failure(receiver, status);
    note(item, event, began, status, failure);
    if (failure == null) {
      parts.endpoints().succeeded(endpoint, parts.clock().micros());
    } else if (status == 410) {
      off(receiver, failure, true);
    } else {
      // who asks for patience is well
      if (status != 429) {
        failing(receiver, failure);
      }
      throw again(reply, failure);
    }
  }

  private static Fault again(Reply reply, String failure) {
    Duration pause = reply.retryAfter();
    boolean patience = reply.status() == 429 || reply.status() == 503;
    return patience && pause != null
        ? new Fault.Busy(failure, pause)
        : new Fault.Unreachable(failure, null);
  }

  private static String failure(Endpoint receiver, int status) {
    String host = Fault.excerpt(String.valueOf(URI.create(receiver.url()).getHost()));
    String words =
        status == 410
            ? "it wants to be told nothing any more"
            : status >= 300 && status < 400
                ? "redirects are not followed, so name the address itself"
                : "look there for the cause";
    return "'%s' answered with %d: %s.".formatted(host, status, words);
  }

  private void note(WorkItem item, Event event, long began, int status, @Nullable String failure) {
    int millis = (int) ((parts.clock().micros() - began) / 1000);
    parts.outbox()
        .note(
            endpoint,
            new Delivery(
                0, event.id(), event.type(), began, item.attempt(), status, millis, failure));
  }

  private void failing(Endpoint receiver, String why) {
    long now = parts.clock().micros();
    parts.endpoints()
        .failed(endpoint, now, why)
        .filter(health -> now - health.failingSince() >= LONGEST_FAILURE.toNanos() / 1000)
        .ifPresent(
            health ->
                off(
                    receiver,
                    "It failed for %d days: %s".formatted(LONGEST_FAILURE.toDays(), why),
                    false));
  }

  private void off(Endpoint receiver, String why, boolean drop) {
    if (parts.endpoints().off(endpoint, parts.clock().micros(), why, drop)) {
      parts.watch().off(receiver, why);
    }
  }
}
