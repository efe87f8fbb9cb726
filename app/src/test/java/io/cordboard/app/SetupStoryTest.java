package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Username;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The set-up of a running server, taken out as a file, changed and put back, by the command line. */
class SetupStoryTest {
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static int run(String... args) {
    return Main.run(
        java.util.stream.Stream.concat(
                List.of(args).stream(), List.of("--data", running.data.toString()).stream())
            .toList());
  }

  @Test
  void whatTheServerExportsHasNothingToDoAndAChangeOfItIsInForceAtOnce() throws IOException {
    Path file = Files.createTempDirectory("setup").resolve("setup.yaml");
    assertThat(run("export", file.toString())).isZero();
    String exported = Files.readString(file);
    assertThat(exported).contains("agent1", "4008001234", "care");
    assertThat(run("apply", file.toString())).as("nothing to do, so nobody is asked").isZero();

    Files.writeString(
        file,
        exported
            .replace("queues:", "  - {name: agent7, shown: 坐席七, role: agent}\nqueues:")
            .replace("label: 北京直线", "label: 北京专线"));
    assertThat(run("apply", file.toString(), "--dry-run")).isZero();
    assertThat(running.core.users.login(new Username("agent7"))).isEmpty();
    assertThat(run("apply", file.toString(), "--yes")).isZero();
    assertThat(running.core.users.login(new Username("agent7"))).isPresent();
    Await.until(
        "calls come to the changed line",
        () -> running.core.directory.get().line("+861085551234").orElseThrow().label(),
        "北京专线"::equals);
    assertThat(running.core.directory.get().agents().values()).anyMatch(a -> a.user().equals("agent7"));
    assertThat(run("apply", file.toString(), "--yes")).isZero();

    Files.writeString(file, exported.replace("queue: care", "queue: nowhere"));
    assertThat(run("apply", file.toString(), "--yes")).isEqualTo(1);
    assertThat(running.core.directory.get().line("4008001234").orElseThrow().queue()).isEqualTo("care");
    assertThat(run("apply", file + ".gone", "--yes")).isEqualTo(1);
  }
}
