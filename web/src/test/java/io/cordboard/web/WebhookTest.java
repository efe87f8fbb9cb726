package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.sync.webhook.EventOutbox.Delivery;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.core.sync.webhook.EventType;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Role;
import io.cordboard.web.Client.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told what happens here, decided over HTTP. */
class WebhookTest {
  private static TestServer server;
  private static Client admin;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    admin = server.as(server.world().person(Role.ADMINISTRATOR));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Object> order(String form) {
    return Map.of(
        "url", "https://hooks.example.com/in", "description", "warehouse", "form", form,
        "events", List.of("customer.changed", "call.ended"));
  }

  private static String made() {
    Answer answer = admin.post("/api/v1/webhooks", order("THIN"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("/webhook/id");
  }

  @Test
  void theSecretIsShownOnceAndNeverAgain() {
    Answer answer = admin.post("/api/v1/webhooks", order("THIN"));
    String secret = answer.text("/secret");
    assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
    String id = answer.text("/webhook/id");
    assertThat(answer.text("/webhook/active")).isEqualTo("true");
    for (String path : List.of("/api/v1/webhooks", "/api/v1/webhooks/" + id)) {
      assertThat(admin.get(path).body()).contains(id).doesNotContain(secret.substring(6));
    }
    Answer rotated = admin.post("/api/v1/webhooks/" + id + "/rotate-secret", Map.of("keepHours", 2));
    assertThat(rotated.text("/secret")).startsWith("whsec_").isNotEqualTo(secret);
    assertThat(rotated.text("/oldSignsUntil")).isEqualTo("2026-01-05T03:00:00Z");
    assertThat(server.world().webhooks.secrets(UUID.fromString(id), 0)).hasSize(2)
        .allSatisfy(one -> assertThat(one.toString()).doesNotContain(secret.substring(6)));
    assertThat(server.world().audit.entries().toString()).doesNotContain(secret.substring(6));
  }

  @Test
  void whatIsNotToldStaysAsItIs() {
    String path = "/api/v1/webhooks/" + made();
    Answer changed = admin.send("PATCH", path, "{\"active\": false, \"events\": [\"task.closed\"]}");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.text("/active")).isEqualTo("false");
    assertThat(changed.json().get("events").toString()).isEqualTo("[\"task.closed\"]");
    assertThat(changed.text("/url")).isEqualTo("https://hooks.example.com/in");
    assertThat(admin.send("POST", path + "/test", null).status()).as("it is off").isEqualTo(409);
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(server.world().audit.actions())
        .contains("webhook-created", "webhook-changed", "webhook-removed");
  }

  @Test
  void customersAreGivenAwayOnlyByThoseWhoMaySeeThem() {
    Answer refused = admin.post("/api/v1/webhooks", order("FULL"));
    assertThat(refused.status()).isNotEqualTo(201);
    assertThat(refused.body()).contains("SEE_CUSTOMERS");
    String thin = made();
    assertThat(admin.send("PATCH", "/api/v1/webhooks/" + thin, "{\"form\": \"FULL\"}").body())
        .contains("SEE_CUSTOMERS");
    Client both =
        server.as(
            server.world().person(
                Role.ADMINISTRATOR, null, Set.of(Permission.SEE_CUSTOMERS), false));
    Answer made = both.post("/api/v1/webhooks", order("FULL"));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String path = "/api/v1/webhooks/" + made.text("/webhook/id");
    assertThat(admin.send("PATCH", path, "{\"url\": \"https://other.example/\"}").body())
        .contains("SEE_CUSTOMERS");
    assertThat(admin.post(path + "/rotate-secret", Map.of()).body()).contains("SEE_CUSTOMERS");
    assertThat(admin.delete(path).status()).as("to stop it is always allowed").isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{\"url\": \"https://internal.example/\", \"events\": [\"call.ended\"]}",
    "{\"url\": \"https://a.example/\", \"events\": [\"call.exploded\"]}",
    "{\"url\": \"https://a.example/\", \"events\": [\"webhook.test\"]}",
    "{\"url\": \"https://a.example/\", \"events\": [null]}",
    "{\"url\": \"https://a.example/\", \"events\": []}",
    "{\"url\": \"\", \"events\": [\"call.ended\"]}",
    "{\"url\": \"https://a.example/\", \"events\": [\"call.ended\"], \"form\": \"FAT\"}",
    "{\"events\": [\"call.ended\"]}"})
  void whatCannotBeIsRefusedWithItsReason(String body) {
    Answer answer = admin.send("POST", "/api/v1/webhooks", body);
    assertThat(answer.status()).as(answer.body()).isBetween(400, 409);
    assertThat(answer.problem()).startsWith("/problems/");
  }

  @Test
  void aTestAndARepeatBecomeWorkOfThatEndpointAlone() {
    String id = made();
    String path = "/api/v1/webhooks/" + id;
    Answer sent = admin.send("POST", path + "/test", null);
    assertThat(sent.status()).isEqualTo(202);
    String event = sent.text("/eventId");
    UUID changed = UUID.randomUUID();
    server.world().webhooks.happened(
        new Event(changed, EventType.CUSTOMER_CHANGED, UUID.randomUUID(), 0, Map.of()));
    assertThat(admin.send("POST", path + "/deliveries/" + changed + "/replay", null).status()).isEqualTo(202);
    UUID other = UUID.randomUUID();
    server.world().webhooks.happened(
        new Event(other, EventType.TASK_OPENED, UUID.randomUUID(), 0, Map.of()));
    assertThat(admin.send("POST", path + "/deliveries/" + other + "/replay", null).status())
        .as("it never asked for tasks").isEqualTo(404);
    assertThat(server.world().webhooks.work)
        .filteredOn(one -> one.kind().equals("webhook:" + id))
        .extracting(one -> one.idempotencyKey().substring(0, 36))
        .containsExactly(event, changed.toString());
  }

  @Test
  void attemptsAreListedTheNewestFirstWithWhatWentWrong() {
    String id = made();
    UUID event = UUID.randomUUID();
    for (int n = 1; n <= 3; n++) {
      server.world().webhooks.note(
          UUID.fromString(id),
          new Delivery(n, event, EventType.CALL_ENDED, 0, n, n == 3 ? 200 : 0, 7, n == 3 ? null : "away"));
    }
    Answer first = admin.get("/api/v1/webhooks/" + id + "/deliveries?limit=2");
    assertThat(first.text("/items/0/status")).isEqualTo("200");
    assertThat(first.json().at("/items/1/status").isNull()).isTrue();
    assertThat(first.text("/items/1/failure")).isEqualTo("away");
    Answer rest = admin.get("/api/v1/webhooks/" + id + "/deliveries?limit=2&cursor=" + first.text("/next"));
    assertThat(rest.json().get("items")).hasSize(1);
    assertThat(rest.json().get("next").isNull()).isTrue();
  }
}
