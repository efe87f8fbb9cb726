package io.cordboard.app;

import io.cordboard.adapters.demo.DemoSwitch;
import io.cordboard.adapters.demo.Drill;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The whole server in this process, with a database, the demo data and the demo switch. */
final class Running implements AutoCloseable {
  static final String RECORDED_LINE = "4008001234";
  private static final String CALLER = "+8613800138000";

  final Path data;
  final Server server;
  final Core core;
  final Database database;
  final Drill drill;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, CallView> shown = new ConcurrentHashMap<>();

  private Running(Path data, Server server, Database database) {
    this.data = data;
    this.database = database;
    this.server = server;
    this.core = Objects.requireNonNull(server.core());
    this.drill = ((DemoSwitch) core.board.get("demo").orElseThrow()).drill();
  }

  /** Starts one with these options besides. */
  static Running start(String... options) {
    try {
      Path data = Files.createTempDirectory("cordboard-app");
      Database database = PostgresForTests.empty();
      String url =
          "%s?user=%s&password=%s".formatted(database.url(), database.user(), database.password());
      List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--port", "0", "--db", url));
      all.addAll(List.of(options));
      Settings settings = Settings.parse(all);
      return new Running(data, Server.start(settings, text -> {}), database);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  // ---- people --------------------------------------------------------------------------------

  AgentId agent(String name) {
    return core.users.list().stream()
        .filter(user -> user.username().equals(new Username(name)))
        .map(User::id)
        .findFirst()
        .orElseThrow();
  }

  /** Opens a desk for this agent, who is ready. */
  Running ready(String name) {
    AgentId agent = agent(name);
    core.desk.attach(agent, "desk-" + name, this::hear);
    Await.done(core.desk.command(agent, "desk-" + name, new DeskCommand.Ready()));
    return this;
  }

  private void hear(DeskMessage message) {
    switch (message) {
      case DeskMessage.Snapshot all -> all.calls().forEach(call -> shown.put(call.callId(), call));
      case DeskMessage.CallChanged one -> shown.put(one.call().callId(), one.call());
      default -> {}
    }
  }

  void command(String name, DeskCommand command) {
    Await.done(core.desk.command(agent(name), "desk-" + name, command));
  }

  /** How the call was shown last on a desk. */
  CallView shown(String call, java.util.function.Predicate<CallView> wished) {
    return Await.until(
        "the desk shows it",
        () -> shown.getOrDefault(call, null),
        view -> view != null && wished.test(view));
  }

  // ---- calls ---------------------------------------------------------------------------------

  /** Somebody calls the recorded line; what is said there is one's own, or the switch's script. */
  Ringing rings(@Nullable String say, int seconds, String keys) {
    Map<String, CallView> before = new LinkedHashMap<>(shown);
    LegKey caller = drill.call(new TestCall(CALLER, RECORDED_LINE, say, seconds));
    if (!keys.isEmpty()) {
      drill.press(caller, keys);
    }
    String call =
        Await.until(
            "the call rings",
            () ->
                shown.values().stream()
                    .filter(v -> v.phase() == CallView.Phase.RINGING)
                    .map(CallView::callId)
                    .filter(id -> !before.containsKey(id))
                    .findFirst()
                    .orElse(""),
            id -> !id.isEmpty());
    return new Ringing(call, caller);
  }

  record Ringing(String call, LegKey caller) {}

  /** The agent answers and both are together. */
  Ringing answered(String name, Ringing ringing) {
    command(name, new DeskCommand.Answer(ringing.call()));
    shown(ringing.call(), view -> view.phase() == CallView.Phase.TALKING);
    return ringing;
  }

  void finished(String name, Ringing ringing) {
    shown(ringing.call(), view -> view.phase() == CallView.Phase.WRAP_UP);
    command(name, new DeskCommand.FinishWrapUp(ringing.call(), "solved"));
  }

  /** Where commands of this machine find the server. */
  String local() {
    try {
      return JsonMapper.shared().readTree(Files.readString(data.resolve("run.json"))).get("local").asString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  // ---- HTTP ----------------------------------------------------------------------------------

  HttpResponse<byte[]> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<byte[]> post(String path, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.noBody()).build());
  }

  /** Posts JSON, or what is to be taken for it. */
  HttpResponse<byte[]> post(String path, String body, String[] headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** A key of this role, as a header. */
  String[] key(io.cordboard.core.trust.Role role) {
    return new String[] {
      "Authorization", "Bearer " + core.keys.create("test " + role, role).secret()
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
