package io.cordboard.adapters.asterisk;

import io.cordboard.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A real Asterisk for the tests of this run, started by the product's own {@code pbx up} in a
 * directory of its own and stopped with the JVM, also a killed one. Where none can be had, the tests fail and say why.
 */
final class RealAsterisk {
  private static RealAsterisk shared;

  private final Path data;
  final AsteriskConfig config;

  /** The trunk's address: whoever calls from there is a caller from outside. */
  final String provider;

  /** Where phones live. */
  final String phones;

  private final HttpClient http = HttpClient.newHttpClient();

  private RealAsterisk() throws IOException {
    String net = "127.%d.%d".formatted(random(16, 250), random(0, 250));
    provider = net + ".2";
    phones = net + ".3";
    data = Files.createTempDirectory(Path.of("/tmp"), "cb-ast");
    run(data, "up", "--provider", provider + ":15070");
    config = AsteriskConfig.read("asterisk", data.resolve("pbx/connection.json"));
  }

  static synchronized RealAsterisk shared() throws IOException {
    if (shared == null) {
      shared = new RealAsterisk();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::down));
    }
    return shared;
  }

  /** Restarts it as it would after a crash; returns when the old one is gone. */
  void kill() {
    try {
      long pid = Long.parseLong(Files.readString(data.resolve("pbx/run/pid")).strip());
      ProcessHandle asterisk = ProcessHandle.of(pid).orElseThrow();
      asterisk.destroyForcibly();
      Await.until("Asterisk is gone", () -> !asterisk.isAlive());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One command on Asterisk's console. */
  void cli(String... words) {
    List<String> all = new ArrayList<>(List.of("cli"));
    all.addAll(List.of(words));
    run(data, all.toArray(String[]::new));
  }

  Json get(String path) {
    return Json.read(ask("GET", path));
  }

  /** The SIP Call-ID of a channel. */
  String callId(String channel) {
    return get("/channels/" + channel).text("protocol_id");
  }

  byte[] ask(String method, String path) {
    String pair = config.ari().user() + ":" + config.ari().password();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.ari().url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()))
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** No channel and no bridge is left. */
  void sweep() {
    Await.until(
        "all channels are gone",
        () -> {
          List<Json> channels = get("/channels").items();
          channels.forEach(channel -> ask("DELETE", "/channels/" + channel.text("id")));
          return channels.isEmpty();
        });
    get("/bridges").items().forEach(bridge -> ask("DELETE", "/bridges/" + bridge.text("id")));
  }

  private void down() {
    run(data, "down");
    try (var files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException left) {
      // a directory in /tmp is no loss
    }
  }

  private static void run(Path data, String... words) {
    List<String> command = new ArrayList<>(List.of(pbx().toString(), words[0], "--data"));
    command.add(data.toString());
    command.addAll(List.of(words).subList(1, words.length));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().put("CORDBOARD_PBX_WHILE", "" + ProcessHandle.current().pid());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(
            "These tests need a real Asterisk. " + command + " said:\n" + said);
      }
    } catch (IOException failed) {
      throw new AssertionError(
          "These tests need a real Asterisk, and " + command + " fails.", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Path pbx() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("pbx/pbx"))) {
        return at.resolve("pbx/pbx");
      }
    }
    throw new AssertionError("These tests need pbx/pbx of the repository above this directory.");
  }

  private static int random(int from, int to) {
    return ThreadLocalRandom.current().nextInt(from, to);
  }
}
