package io.cordboard.app;

import io.cordboard.app.postgres.EmbeddedPostgres;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Commands that talk to the running server, found through {@code run.json}. */
final class Client {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long STOP_SECONDS = 120;
  private static final Duration UPLOAD = Duration.ofHours(1);
  // who gave up earlier would not see the passwords, which are shown once
  private static final Duration CHANGE = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JsonNode run;
  private final HttpClient http;

  Client(Path data) {
    Path file = data.resolve("run.json");
    try {
      run = JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new Fault.Unreachable(
          "No running server in %s: start one with './cordboard up'.".formatted(data), e);
    }
    http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  // ---- commands ------------------------------------------------------------------------------

  static int down(List<String> args) {
    Options options = Options.parse(args, Set.of(), Set.of());
    if (DataDir.inUse(options.data())) {
      Client client = new Client(options.data());
      ProcessHandle.of(client.run.get("pid").asLong()).ifPresent(Client::stop);
      System.err.println("Stopped.");
    } else if (EmbeddedPostgres.stopLeftBehind(options.data())) {
      System.err.println("The server had died; the PostgreSQL that it left running is stopped.");
    } else {
      throw new Fault.Unreachable(
          "No running server in %s.".formatted(options.data()), null);
    }
    print(options, JSON.createObjectNode().put("stopped", true));
    return 0;
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new Fault.Unreachable(
          "The server (process %d) did not end within %d s: look into its log."
              .formatted(process.pid(), STOP_SECONDS),
          e);
    }
  }

  static int call(List<String> args) {
    Options options =
        Options.parse(
            args, Set.of("--from", "--to", "--say", "--seconds", "--switch"), Set.of());
    Client client = new Client(options.data());
    ObjectNode body = JSON.createObjectNode();
    body.put("from", options.required("--from"));
    body.put("to", options.required("--to"));
    options.value("--say").ifPresent(text -> body.put("say", text));
    options.value("--switch").ifPresent(text -> body.put("switch", text));
    int seconds = options.number("--seconds", 60);
    body.put("seconds", seconds);
    String id = client.post("/api/v1/calls", body).get("callId").asString();
    System.err.println("The call " + id + " rings.");
    JsonNode status = client.follow(id, Duration.ofSeconds(seconds + 180L));
    ObjectNode answer = JSON.createObjectNode();
    answer.put("callId", id);
    answer.put("answeredBy", text(status, "answeredBy"));
    answer.put("outcome", text(status, "outcome"));
    System.err.println(
        answer.get("outcome").asString().isEmpty()
            ? "The call still goes on."
            : "It ended as %s; answered by '%s'."
                .formatted(text(status, "outcome"), text(status, "answeredBy")));
    print(options, answer);
    return 0;
  }

  static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? "" : value.asString();
  }

  private JsonNode follow(String id, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    String before = "";
    while (true) {
      JsonNode status = get("/api/v1/calls/" + id);
      String phase = text(status, "phase");
      if (!phase.equals(before)) {
        System.err.println("  " + phase.toLowerCase(Locale.ROOT));
        before = phase;
      }
      if (phase.equals("ENDED") || System.nanoTime() > end) {
        return status;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  static int key(List<String> args) {
    Options options = Options.parse(args, Set.of("--role", "--name"), Set.of());
    if (!options.words().equals(List.of("create"))) {
      throw new Options.Wrong("usage: cordboard key create --role ROLE --name NAME");
    }
    ObjectNode body = JSON.createObjectNode();
    body.put("role", role(options.required("--role")));
    body.put("name", options.required("--name"));
    JsonNode made = new Client(options.data()).post("/api/v1/keys", body);
    System.err.println("Key " + text(made, "id") + " (shown once): " + text(made, "apiKey"));
    ObjectNode answer = JSON.createObjectNode();
    answer.put("id", text(made, "id")).put("apiKey", text(made, "apiKey"));
    print(options, answer);
    return 0;
  }

  private static String role(String typed) {
    String role = typed.toUpperCase(Locale.ROOT);
    List<String> all = Arrays.stream(Role.values()).map(Role::name).toList();
    if (!all.contains(role)) {
      throw new Options.Wrong(
          "--role wants one of %s, not '%s'."
              .formatted(String.join(", ", all).toLowerCase(Locale.ROOT), typed));
    }
    return role;
  }

  static int audit(List<String> args) {
    Options options = Options.parse(args, Set.of(), Set.of());
    if (!options.words().equals(List.of("verify"))) {
      throw new Options.Wrong("usage: cordboard audit verify");
    }
    JsonNode verdict =
        new Client(options.data()).post("/api/v1/audit/verify", JSON.createObjectNode());
    boolean ok = verdict.get("ok").asBoolean();
    System.err.println(
        ok
            ? "The audit trail is whole: %d rows.".formatted(verdict.get("rows").asLong())
            : "THE AUDIT TRAIL IS BROKEN at " + verdict.get("firstBroken"));
    print(options, verdict);
    return ok ? 0 : 1;
  }

  /** How the switches stand; with {@code --reload} after the Asterisk beside the server was looked at. */
  static int switches(List<String> args) {
    Options options = Options.parse(args, Set.of(), Set.of("--reload"));
    Client client = new Client(options.data());
    if (options.flag("--reload")) {
      client.post("/api/v1/switches/asterisk", JSON.createObjectNode());
    }
    JsonNode answer = client.settled();
    boolean all = true;
    for (JsonNode one : answer.get("items")) {
      String state = text(one, "state");
      all &= state.equals("CONNECTED");
      System.err.printf("  switch %s: %s  %s%n", text(one, "id"), state, text(one, "reason"));
    }
    print(options, answer);
    return all ? 0 : 1;
  }

  /** The switches, as soon as each is linked or has said why not. */
  private JsonNode settled() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (true) {
      JsonNode answer = get("/api/v1/switches");
      boolean settled = true;
      for (JsonNode one : answer.get("items")) {
        settled &= !text(one, "state").equals("CONNECTING");
      }
      if (settled || System.nanoTime() > end) {
        return answer;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  // ---- HTTP ----------------------------------------------------------------------------------

  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  /** The same where the server may need long. */
  JsonNode post(String path, JsonNode body, Duration patience) {
    return send(
        request(path)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  JsonNode delete(String path) {
    return send(request(path).DELETE().build());
  }

  JsonNode put(String path, String type, byte[] body) {
    return send(
        request(path)
            .timeout(CHANGE)
            .header("Content-Type", type)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Sends a file as it is; the server reads it to its end before it answers. */
  JsonNode upload(String path, Path file) {
    try {
      return send(
          request(path)
              .timeout(UPLOAD)
              .header("Content-Type", "text/csv")
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .build());
    } catch (IOException missing) {
      throw new Fault.BadRequest("There is no file %s to read.".formatted(file));
    }
  }

  /** Keeps what the server answers in a file. */
  void download(String path, Path to) {
    try {
      HttpResponse<Path> answer =
          http.send(
              request(path).timeout(UPLOAD).GET().build(),
              head ->
                  head.statusCode() == 200
                      ? HttpResponse.BodySubscribers.ofFile(to)
                      : HttpResponse.BodySubscribers.replacing(to));
      if (answer.statusCode() != 200) {
        throw new Fault.Refused(
            "%s was not written: the server answered HTTP %d.".formatted(to, answer.statusCode()));
      }
    } catch (IOException e) {
      throw new Fault.Unreachable("%s could not be written.".formatted(to), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(run.get("local").asString() + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + run.get("token").asString());
  }

  private JsonNode send(HttpRequest request) {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Fault.Unreachable(
          "The server does not answer at %s: is it still starting?".formatted(request.uri()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault.Unreachable("interrupted", e);
    }
    JsonNode body =
        response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
    if (response.statusCode() >= 400) {
      List<String> words = new ArrayList<>();
      words.add(text(body, "detail").isEmpty() ? text(body, "title") : text(body, "detail"));
      throw new Fault.Refused(String.join(" ", words) + " (HTTP " + response.statusCode() + ")");
    }
    return body;
  }

  static void print(Options options, JsonNode answer) {
    if (options.flag("--json")) {
      System.out.println(JSON.writeValueAsString(answer));
    }
  }
}
