package io.cordboard.app.postgres;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who PostgreSQL runs as: ourselves, or, because it refuses root, a user without rights when we are
 * root.
 */
record ServiceUser(String name, boolean other) {
  private static final List<String> CANDIDATES = List.of("cordboard", "postgres", "nobody");

  static ServiceUser here() throws IOException {
    String me = System.getProperty("user.name");
    if (!me.equals("root")) {
      return new ServiceUser(me, false);
    }
    String users = Files.readString(Path.of("/etc/passwd"));
    return CANDIDATES.stream()
        .filter(name -> users.lines().anyMatch(line -> line.startsWith(name + ":")))
        .findFirst()
        .map(name -> new ServiceUser(name, true))
        .orElseThrow(
            () ->
                new Fault.Refused(
                    "PostgreSQL refuses to run as root and there is no user 'cordboard', 'postgres' or 'nobody': make one, or start Cordboard as an ordinary user."));
  }

  /** Runs a program to its end as this user; its last words are told when it fails. */
  void run(long seconds, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    if (other) {
      all.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + group(), "--clear-groups"));
    }
    all.addAll(List.of(command));
    Path output = Files.createTempFile("cordboard-postgres-", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(all)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // a backend gives its memory back after every statement otherwise, and faults it in for the next
      builder.environment().put("MALLOC_TRIM_THRESHOLD_", "67108864");
      builder.environment().put("MALLOC_TOP_PAD_", "1048576");
      Process process = builder.start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command[0] + " did not end within " + seconds + " s.");
      }
      if (process.exitValue() != 0) {
        throw new IOException(Path.of(command[0]).getFileName() + ": " + tail(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private String group() throws IOException {
    String line =
        Files.readString(Path.of("/etc/passwd"))
            .lines()
            .filter(l -> l.startsWith(name + ":"))
            .findFirst()
            .orElseThrow();
    return line.split(":", -1)[3];
  }

  private static String tail(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}
