package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Clock;
import io.cordboard.spi.crm.CrmConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Odoo that {@code e2e/systems/odoo up DIR} started, and the hands of the people who work in
 * it.
 */
final class RealOdoo {
  /** The system property that names DIR. */
  static final String PROPERTY = "cordboard.odoo";

  static final String HOOK_SECRET = "a secret of hooks & more";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static RealOdoo only;

  final String url;
  final String database;
  final String apiKey;
  final String administratorKey;

  private RealOdoo(JsonNode connection) {
    this.url = connection.path("url").asString();
    this.database = connection.path("database").asString();
    this.apiKey = connection.path("apiKey").asString();
    this.administratorKey = connection.path("adminKey").asString();
  }

  /** Prepared once for this connection's user. */
  static synchronized RealOdoo get() {
    if (only == null) {
      String dir = System.getProperty(PROPERTY);
      if (dir == null) {
        throw new IllegalStateException(
            "Start one with e2e/systems/odoo up DIR, and name DIR with -D" + PROPERTY);
      }
      try {
        only = new RealOdoo(JSON.readTree(Files.readString(Path.of(dir, "connection"))));
      } catch (IOException missing) {
        throw new IllegalStateException("No Odoo runs in " + dir, missing);
      }
      try (OdooCrm crm = only.connect(only.url)) {
        crm.prepare(only.administratorKey, null);
      }
    }
    return only;
  }

  /** A connection of ours by way of this address. */
  OdooCrm connect(String by) {
    return connect(by, Map.of(), Duration.ZERO);
  }

  OdooCrm connect(String by, Map<String, Object> more, Duration skew) {
    Map<String, Object> odoo =
        new java.util.HashMap<>(Map.of("url", by, "database", database, "timeout_seconds", 8));
    odoo.putAll(more);
    CrmConfig config =
        new CrmConfig(
            "odoo",
            Map.of("crm", Map.of("name", "odoo", "adapter", "odoo"), "odoo", odoo),
            Map.of("api_key", apiKey, "hook_secret", HOOK_SECRET),
            true,
            new Time(skew));
    return (OdooCrm) new OdooAdapter().open(config);
  }

  /** A method, called by an administrator. */
  JsonNode call(String model, String method, Map<String, ?> arguments) {
    return call(administratorKey, model, method, arguments);
  }

  /** A method, called with our own key. */
  JsonNode ours(String model, String method, Map<String, ?> arguments) {
    return call(apiKey, model, method, arguments);
  }

  private JsonNode call(String key, String model, String method, Map<String, ?> arguments) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("%s/json/2/%s/%s".formatted(url, model, method)))
            .header("Authorization", "bearer " + key)
            .header("X-Odoo-Database", database)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(arguments)))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(JSON.readTree(answer.body()).path("message").asString());
    }
    return JSON.readTree(answer.body());
  }

  /** Somebody changes a note in Odoo's own window. */
  void edits(String note, String body) {
    String session =
        post(
                "/web/session/authenticate",
                "",
                Map.of("db", database, "login", "admin", "password", "admin"))
            .headers()
            .firstValue("set-cookie")
            .orElseThrow()
            .split(";")[0];
    Map<String, Object> data = Map.of("body", body, "attachment_ids", List.of());
    HttpResponse<String> answer =
        post(
            "/mail/message/update_content",
            session,
            Map.of("message_id", Long.valueOf(note), "update_data", data));
    if (!JSON.readTree(answer.body()).has("result")) {
      throw new IllegalStateException(answer.body());
    }
  }

  private HttpResponse<String> post(String path, String session, Map<String, ?> parameters) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Cookie", session)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "params", parameters))))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  String create(String model, Map<String, ?> values) {
    return call(model, "create", Map.of("vals_list", List.of(values))).path(0).asString();
  }

  void write(String model, String id, Map<String, ?> values) {
    call(model, "write", Map.of("ids", List.of(Long.valueOf(id)), "vals", values));
  }

  void unlink(String model, String id) {
    call(model, "unlink", Map.of("ids", List.of(Long.valueOf(id))));
  }

  /** The machine's time, wrong by so much. */
  record Time(Duration skew) implements Clock {
    @Override
    public long micros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(skew));
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }
}
