package io.cordboard.bench.measure;

import io.cordboard.kernel.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server, started as a user starts it.
 *
 * @param token of this machine's commands
 */
public record Product(Path launcher, Path data, URI url, long pid, String token)
    implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Starts it on a free port; {@code demo} brings the demo switch. */
  public static Product up(Path launcher, Path data, boolean demo) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                launcher.toString(), "up", "--data", data.toString(), "--port", "0", "--detach",
                "--json"));
    if (!demo) {
      command.add("--no-demo");
    }
    JsonNode ready = JSON.readTree(run(command));
    JsonNode running = JSON.readTree(Files.readString(data.resolve("run.json")));
    return new Product(
        launcher, data, URI.create(ready.get("url").asString()), ready.get("pid").asLong(),
        running.get("token").asString());
  }

  @Override
  public String toString() {
    return "Product[" + url + "]";
  }

  /** Its last line of output; its words for people go on to ours. */
  private static String run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    }
    try {
      if (process.waitFor() != 0) {
        throw new Fault.Unreachable(
            "The server could not be started: the lines above say why.", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lines.isEmpty() ? "{}" : lines.getLast();
  }

  @Override
  public void close() throws IOException {
    run(List.of(launcher.toString(), "down", "--data", data.toString()));
  }
}
