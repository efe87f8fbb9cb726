package io.cordboard.web.api;

import io.cordboard.core.journey.ManageWebhooks;
import io.cordboard.core.journey.ManageWebhooks.Wish;
import io.cordboard.core.sync.webhook.Endpoint;
import io.cordboard.core.sync.webhook.Endpoint.Form;
import io.cordboard.core.sync.webhook.Endpoint.Health;
import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.guard.ShownOnce;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is told what happens here. */
@Tag(name = "webhooks")
@RestController
@RequestMapping("/api/v1/webhooks")
class WebhookController {
  private static final int MAX_URL = 500;
  private static final int MAX_DESCRIPTION = 200;
  private static final int KEEP_HOURS = 24;
  private final ManageWebhooks webhooks;

  WebhookController(ManageWebhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * An endpoint.
   *
   * @param form THIN for ids only, FULL for the thing itself too
   * @param offWhy why we switched it off; null where it is on, or where a person did
   */
  record Webhook(
      String id,
      String url,
      String description,
      List<String> events,
      Form form,
      boolean active,
      Instant createdAt,
      WebhookHealth health,
      @Nullable String offWhy) {
    static Webhook of(Endpoint endpoint) {
      return new Webhook(
          endpoint.id().toString(),
          endpoint.url(),
          endpoint.description(),
          endpoint.events().stream().map(EventType::code).toList(),
          endpoint.form(),
          endpoint.active(),
          Clock.instant(endpoint.createdAt()),
          WebhookHealth.of(endpoint.health()),
          endpoint.health().offWhy());
    }
  }

  /**
   * How it went lately.
   *
   * @param failures how many attempts in a row failed
   * @param failingSince when the first of them did
   */
  record WebhookHealth(
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastFailureAt,
      @Nullable Instant failingSince,
      int failures,
      @Nullable String lastFailure,
      @Nullable Instant offAt) {
    static WebhookHealth of(Health health) {
      return new WebhookHealth(
          Clock.instantOrNull(health.lastSuccessAt()),
          Clock.instantOrNull(health.lastFailureAt()),
          Clock.instantOrNull(health.failingSince()),
          health.failures(),
          health.lastFailure(),
          Clock.instantOrNull(health.offAt()));
    }
  }

  record WebhookList(List<Webhook> items, @Nullable String next) {}

  /** What is wanted; THIN and active where that is not told. */
  record WebhookOrder(
      String url,
      @Nullable String description,
      List<String> events,
      @Nullable Form form,
      @Nullable Boolean active) {
    Wish wish() {
      return new Wish(
          Input.text("url", url, MAX_URL),
          shown(description),
          types(events),
          form == null ? Form.THIN : form,
          active == null || active);
    }
  }

  /** What is to be otherwise; what is not told stays as it is. */
  record WebhookChange(
      @Nullable String url,
      @Nullable String description,
      @Nullable List<String> events,
      @Nullable Form form,
      @Nullable Boolean active) {
    Wish wish(Endpoint before) {
      return new Wish(
          url == null ? before.url() : Input.text("url", url, MAX_URL),
          description == null ? before.description() : shown(description),
          events == null ? before.events() : types(events),
          form == null ? before.form() : form,
          active == null ? before.active() : active);
    }
  }

  private static String shown(@Nullable String description) {
    String text = Input.optional("description", description, MAX_DESCRIPTION);
    return text == null ? "" : text;
  }

  private static Set<EventType> types(List<String> codes) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Input.whole("events", codes).forEach(code -> types.add(EventType.of(code)));
    return types;
  }

  /** A new endpoint; its secret cannot be shown again. */
  record NewWebhook(Webhook webhook, String secret) {}

  /** For how long the secret before signs too: a day where that is not told. */
  record RotateOrder(@Nullable Integer keepHours) {}

  /** A new secret, which cannot be shown again. */
  record NewSecret(String secret, Instant oldSignsUntil) {}

  record TestSent(String eventId) {}

  /**
   * A page of attempts, the newest first.
   *
   * @param next cursor of the next page, null on the last one
   */
  record WebhookAttempts(List<WebhookAttempt> items, @Nullable String next) {}

  /**
   * An attempt to tell an event.
   *
   * @param attempt counted from 1 for an event
   * @param status of the answer; null where none came
   * @param failure null where it was taken
   */
  record WebhookAttempt(
      String eventId,
      String type,
      Instant at,
      int attempt,
      @Nullable Integer status,
      int millis,
      @Nullable String failure) {
    static WebhookAttempt of(Delivery one) {
      return new WebhookAttempt(
          one.event().toString(),
          one.type().code(),
          Clock.instant(one.at()),
          one.attempt(),
          one.status() == 0 ? null : one.status(),
          one.millis(),
          one.failure());
    }
  }

  @Operation(summary = "Endpoints, how they are and whether they are on, the newest first")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping
  WebhookList list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      Principal who) {
    Page<Endpoint> page = Page.of(webhooks.list(who), cursor, limit, one -> one.id().toString());
    return new WebhookList(page.items().stream().map(Webhook::of).toList(), page.next());
  }

  @Operation(
      summary = "Tell an address what happens here; its secret is shown once",
      description =
          "The form FULL gives customers away, so it is for those who may see them too. An address inside of the own"
              + " network is refused unless the server was started with it in --webhook-hosts.")
  @Needs(Permission.MANAGE_SYSTEM)
  @ShownOnce
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewWebhook create(@RequestBody WebhookOrder order, Principal who) {
    ManageWebhooks.Made made = webhooks.create(who, order.wish());
    return new NewWebhook(Webhook.of(made.endpoint()), made.secret().text());
  }

  @Operation(summary = "An endpoint")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping("/{id}")
  Webhook show(@PathVariable String id, Principal who) {
    return Webhook.of(webhooks.find(who, Code.id(id)));
  }

  @Operation(summary = "Change an endpoint, or switch it on or off")
  @Needs(Permission.MANAGE_SYSTEM)
  @PatchMapping("/{id}")
  Webhook change(@PathVariable String id, @RequestBody WebhookChange change, Principal who) {
    Endpoint before = webhooks.find(who, Code.id(id));
    return Webhook.of(webhooks.change(who, before.id(), change.wish(before)));
  }

  @Operation(summary = "Take an endpoint away, with what it was still to be told")
  @Needs(Permission.MANAGE_SYSTEM)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String id, Principal who) {
    webhooks.remove(who, Code.id(id));
  }

  @Operation(summary = "Make a new secret; the one before it signs too for a while")
  @Needs(Permission.MANAGE_SYSTEM)
  @ShownOnce
  @PostMapping("/{id}/rotate-secret")
  NewSecret rotate(@PathVariable String id, @RequestBody RotateOrder order, Principal who) {
    Integer wanted = order.keepHours();
    int hours = Input.between("keepHours", wanted == null ? KEEP_HOURS : wanted, 0, 24 * 30);
    ManageWebhooks.Rotated made = webhooks.rotate(who, Code.id(id), Duration.ofHours(hours));
    return new NewSecret(made.secret().text(), Clock.instant(made.until()));
  }

  @Operation(summary = "Send an event of the type webhook.test")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/{id}/test")
  @ResponseStatus(HttpStatus.ACCEPTED)
  TestSent test(@PathVariable String id, Principal who) {
    return new TestSent(webhooks.test(who, Code.id(id)).toString());
  }

  @Operation(summary = "Attempts of the last days, the newest first")
  @Needs(Permission.SEE_SYSTEM)
  @GetMapping("/{id}/deliveries")
  WebhookAttempts deliveries(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      Principal who) {
    int most = Input.between("limit", limit, 1, 200);
    List<Delivery> page = webhooks.deliveries(who, Code.id(id), Cursor.number(cursor), most);
    return new WebhookAttempts(
        page.stream().map(WebhookAttempt::of).toList(),
        page.size() < most ? null : Long.toString(page.getLast().id()));
  }

  @Operation(summary = "Send an event once more, under the same id")
  @Needs(Permission.MANAGE_SYSTEM)
  @PostMapping("/{id}/deliveries/{event}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void replay(@PathVariable String id, @PathVariable String event, Principal who) {
    webhooks.replay(who, Code.id(id), Code.id(event));
  }
}
