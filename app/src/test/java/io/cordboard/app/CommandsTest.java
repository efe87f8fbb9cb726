package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say where there is no server, or the command line is wrong. */
class CommandsTest {
  @TempDir private Path directory;

  private List<String> there(String... more) {
    return List.of(List.of(more), List.of("--data", directory.toString())).stream()
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void downWhereNothingEverWasSaysThatNoServerRuns() {
    Path nowhere = directory.resolve("nowhere");
    assertThatThrownBy(() -> Client.down(List.of("--data", nowhere.toString())))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("No running server in " + nowhere);
    assertThatThrownBy(() -> Client.down(there())).hasMessageContaining("No running server in");
  }

  @Test
  void aRoleThatThereIsNotIsAnsweredWithThoseThereAre() throws Exception {
    Files.writeString(directory.resolve("run.json"), "{}");
    assertThatThrownBy(
            () -> Client.key(there("create", "--role", "king", "--name", "x")))
        .isInstanceOf(Options.Wrong.class)
        .hasMessage(
            "--role wants one of agent, supervisor, administrator, integration, not 'king'.");
  }

  @Test
  void everyCommandSaysHowToStartAServerWhereNoneRuns() {
    assertThatThrownBy(() -> Client.call(there("--from", "1", "--to", "2")))
        .isInstanceOf(Fault.Unreachable.class)
        .hasMessageContaining("start one with './cordboard up'");
  }
}
