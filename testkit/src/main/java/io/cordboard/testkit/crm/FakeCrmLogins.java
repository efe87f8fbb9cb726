package io.cordboard.testkit.crm;

import io.cordboard.kernel.Clock;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who is let in to the fake CRM. Thread-safe. */
final class FakeCrmLogins {
  private final Clock clock;
  private final String secret = "secret-" + UUID.randomUUID();
  private final Map<String, Long> tokens = new ConcurrentHashMap<>();
  private final AtomicLong given = new AtomicLong();
  private volatile long lifeNanos = Duration.ofHours(1).toNanos();
  private volatile boolean refuses;

  FakeCrmLogins(Clock clock) {
    this.clock = clock;
  }

  String secret() {
    return secret;
  }

  long given() {
    return given.get();
  }

  void expire() {
    tokens.clear();
  }

  void refuse(boolean refused) {
    refuses = refused;
    if (refused) {
      tokens.clear();
    }
  }

  void life(Duration life) {
    lifeNanos = life.toNanos();
  }

  FakeAnswer answer(HttpMessage request) {
    Map<String, Object> asked =
        request.header("content-type").contains("json") ? Json.object(parsed(request.text())) : form(request.text());
    if (refuses || !FakeCrm.CLIENT.equals(asked.get("client_id")) || !secret.equals(asked.get("client_secret"))) {
      return FakeAnswer.no(401, "invalid_client", "", "This user and secret are not known.");
    }
    String token = "token-" + UUID.randomUUID();
    tokens.put(token, clock.nanos() + lifeNanos);
    given.incrementAndGet();
    return FakeAnswer.of(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}".formatted(token, lifeNanos / 1_000_000_000));
  }

  boolean lets(HttpMessage request) {
    if (refuses) {
      return false;
    }
    if (secret.equals(request.header("x-api-key"))) {
      return true;
    }
    String sent = request.header("authorization");
    Long until = sent.startsWith("Bearer ") ? tokens.get(sent.substring(7)) : null;
    return until != null && until - clock.nanos() > 0;
  }

  private static Object parsed(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException none) {
      return Json.NULL;
    }
  }

  private static Map<String, Object> form(String text) {
    Map<String, Object> made = new HashMap<>();
    for (String part : text.split("&", -1)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        made.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return made;
  }
}
