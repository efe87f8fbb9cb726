package io.cordboard.core.journey;

import io.cordboard.core.sync.webhook.DeliverWebhook;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.Endpoints;
import io.cordboard.core.sync.webhook.EventOutbox;
import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.sync.webhook.Sender;
import io.cordboard.core.sync.webhook.SigningSecret;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Somebody decides who is told what happens here. In the audit before it is done. Customers are given away in
 * full only by somebody who may see them.
 */
public final class ManageWebhooks {
  /** More would be too many threads; whoever needs more puts a distributor in front. */
  public static final int MOST = 50;

  private final Rooms rooms;
  private final Audit audit;
  private final Making making;
  private final Runnable changed;

  /** Where it is kept, and what sends. */
  public record Rooms(Endpoints endpoints, EventOutbox outbox, Sender sender) {}

  /**
   * Times, ids and secrets.
   *
   * @param random cryptographically strong
   */
  public record Making(Clock clock, Ids ids, RandomGenerator random) {}

  /** What somebody wants an endpoint to be. */
  public record Wish(
      String url, String description, Set<EventType> events, Form form, boolean active) {}

  /** An endpoint with the secret that was just made. */
  public record Made(Endpoint endpoint, SigningSecret secret) {}

  /** A secret that was just made, and until when (microseconds UTC) the one before it signs too. */
  public record Rotated(SigningSecret secret, long until) {}

  /**
   * Makes it.
   *
   * @param changed told after each change
   */
  public ManageWebhooks(Rooms rooms, Audit audit, Making making, Runnable changed) {
    this.rooms = rooms;
    this.audit = audit;
    this.making = making;
    this.changed = changed;
  }

  /** All endpoints, the newest first. */
  public List<Endpoint> list(Principal who) {
    who.mustHave(Permission.SEE_SYSTEM);
    return rooms.endpoints().list();
  }

  /** One endpoint. */
  public Endpoint find(Principal who, UUID id) {
    who.mustHave(Permission.SEE_SYSTEM);
    return known(id);
  }

  private Endpoint known(UUID id) {
    return rooms.endpoints().find(id).orElseThrow(ManageWebhooks::unknown);
  }

  /** A new one. */
  public Made create(Principal who, Wish wish) {
    mayGiveAway(who, wish.form());
    check(wish);
    if (rooms.endpoints().list().size() >= MOST) {
      throw new Fault.Refused(
          "There are %d webhook endpoints already: take one away first.".formatted(MOST));
    }
    Endpoint endpoint =
        new Endpoint(
            making.ids().next(), wish.url(), wish.description(), wish.events(), wish.form(),
            wish.active(), making.clock().micros(), Health.NEW);
    SigningSecret secret = SigningSecret.make(making.random());
    audit.recordNow(entry(who, "webhook-created", endpoint.id(), wish.form()));
    rooms.endpoints().add(endpoint, secret);
    changed.run();
    return new Made(endpoint, secret);
  }

  /** It is as wished from now on; one that is switched on begins with a clean record. */
  public Endpoint change(Principal who, UUID id, Wish wish) {
    Endpoint before = known(id);
    mayGiveAway(who, before.form());
    mayGiveAway(who, wish.form());
    check(wish);
    Health health = before.active() || !wish.active() ? before.health() : Health.NEW;
    Endpoint after =
        new Endpoint(
            id, wish.url(), wish.description(), wish.events(), wish.form(), wish.active(),
            before.createdAt(), health);
    audit.recordNow(entry(who, "webhook-changed", id, wish.form()));
    rooms.endpoints().change(after);
    changed.run();
    return after;
  }

  /** It is told nothing any more, and is forgotten. */
  public void remove(Principal who, UUID id) {
    who.mustHave(Permission.MANAGE_SYSTEM);
    Endpoint endpoint = known(id);
    audit.recordNow(entry(who, "webhook-removed", id, endpoint.form()));
    rooms.endpoints().remove(id, making.clock().micros());
    changed.run();
  }

  /** A new secret; the one before it signs too for a while, so that a receiver can change over. */
  public Rotated rotate(Principal who, UUID id, Duration keep) {
    Endpoint endpoint = known(id);
    mayGiveAway(who, endpoint.form());
    SigningSecret fresh = SigningSecret.make(making.random());
    long now = making.clock().micros();
    long until = now + keep.toNanos() / 1000;
    audit.recordNow(entry(who, "webhook-secret-rotated", id, endpoint.form()));
    rooms.endpoints().rotate(id, fresh, now, until);
    return new Rotated(fresh, until);
  }

  /** Sends an event that says nothing; returns its id. */
  public UUID test(Principal who, UUID id) {
    who.mustHave(Permission.MANAGE_SYSTEM);
    mustBeOn(known(id));
    long now = making.clock().micros();
    Event event =
        new Event(
            making.ids().next(), EventType.TEST, id, now, Map.of("webhookId", id.toString()));
    rooms.outbox().add(event, DeliverWebhook.work(event, id, "", now), now);
    changed.run();
    return event.id();
  }

  /** What became of attempts, the newest first. */
  public List<Delivery> deliveries(Principal who, UUID id, long before, int most) {
    who.mustHave(Permission.SEE_SYSTEM);
    return rooms.outbox().deliveries(known(id).id(), before, most);
  }

  /** Sends an event once more, under the same id. */
  public void replay(Principal who, UUID id, UUID event) {
    Endpoint endpoint = known(id);
    mayGiveAway(who, endpoint.form());
    mustBeOn(endpoint);
    Event found =
        rooms
            .outbox()
            .event(event)
            .filter(one -> one.type() == EventType.TEST
                ? one.subject().equals(id) : endpoint.events().contains(one.type()))
            .orElseThrow(
                () ->
                    new Fault.NotFound(
                        "This event is not kept any more, or the endpoint does not ask for its type."));
    long now = making.clock().micros();
    audit.recordNow(
        new AuditEntry(
            who.auditName(), "webhook-replayed", "webhook:" + id, Outcome.DONE, null,
            Map.of("event", event.toString())));
    String repeat = making.ids().next().toString();
    rooms.outbox().again(DeliverWebhook.work(found, id, repeat, now), now);
    changed.run();
  }

  private static void mustBeOn(Endpoint endpoint) {
    if (!endpoint.active()) {
      throw new Fault.Refused("This endpoint is switched off: switch it on first.");
    }
  }

  private static void mayGiveAway(Principal who, Form form) {
    who.mustHave(Permission.MANAGE_SYSTEM);
    if (form == Form.FULL) {
      who.mustHave(Permission.SEE_CUSTOMERS);
    }
  }

  private void check(Wish wish) {
    if (wish.events().isEmpty() || wish.events().contains(EventType.TEST)) {
      throw new Fault.BadRequest("'events' names at least one event that can be asked for.");
    }
    try {
      rooms.sender().mustReach(wish.url());
    } catch (Fault.Unreachable unknown) {
      // nothing of ours is away: the name is
      throw new Fault.Refused(unknown.getMessage());
    }
  }

  private static AuditEntry entry(Principal who, String what, UUID endpoint, Form form) {
    return new AuditEntry(
        who.auditName(), what, "webhook:" + endpoint, Outcome.DONE, null,
        Map.of("form", form.name()));
  }

  private static Fault.NotFound unknown() {
    return new Fault.NotFound("There is no such webhook endpoint.");
  }
}
