package io.cordboard.web.api;

import io.cordboard.core.trust.ApiKey;
import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.guard.ShownOnce;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys of programs. */
@Tag(name = "keys")
@RestController
@RequestMapping("/api/v1/keys")
class KeyController {
  private final ApiKeys keys;
  private final Audit audit;

  KeyController(ApiKeys keys, Audit audit) {
    this.keys = keys;
    this.audit = audit;
  }

  record KeyOrder(String name, Role role) {}

  /** A new key; the secret cannot be shown again. */
  record NewKey(String id, String apiKey) {}

  record KeyList(List<KeyView> items, @Nullable String next) {}

  record KeyView(
      String id,
      String name,
      Role role,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {
    static KeyView of(ApiKey key) {
      return new KeyView(
          key.id().toString(),
          key.name(),
          key.role(),
          Clock.instant(key.createdAt()),
          orNull(key.lastUsedAt()),
          orNull(key.revokedAt()));
    }

    private static @Nullable Instant orNull(long micros) {
      return micros == 0 ? null : Clock.instant(micros);
    }
  }

  @Operation(summary = "Keys without their secrets, the newest first; all of them where no limit is told")
  @Needs(Permission.MANAGE_KEYS)
  @GetMapping
  KeyList list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    Page<ApiKey> page = Page.of(keys.list(), cursor, limit, key -> key.id().toString());
    return new KeyList(page.items().stream().map(KeyView::of).toList(), page.next());
  }

  @Operation(summary = "Make a key; it is shown once")
  @Needs(Permission.MANAGE_KEYS)
  @ShownOnce
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewKey make(@RequestBody KeyOrder order, Principal who) {
    audit.recordNow(AuditEntry.done(who, "key-created", "role:" + order.role()));
    ApiKeys.Created created = keys.create(order.name(), order.role());
    return new NewKey(created.key().id().toString(), created.secret());
  }

  @Operation(summary = "Make a key worthless")
  @Needs(Permission.MANAGE_KEYS)
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable String id, Principal who) {
    UUID key = parse(id);
    audit.recordNow(AuditEntry.done(who, "key-revoked", "key:" + key));
    keys.revoke(key);
  }

  private static UUID parse(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException noId) {
      throw new Fault.BadRequest("'" + Fault.excerpt(id) + "' is no id of a key.");
    }
  }
}
