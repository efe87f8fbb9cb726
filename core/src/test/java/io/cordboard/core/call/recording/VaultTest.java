package io.cordboard.core.call.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final long AT = Instant.parse("2026-03-09T23:30:00Z").toEpochMilli() * 1_000;
  private static final Written WRITTEN =
      new Written(new byte[32], 3, 8_000, 0, 0, new Loudness(), new Loudness());

  @TempDir Path dir;

  @Test
  void aRecordingLiesUnderItsDayForUsOnly() throws IOException {
    StoredFile file = publish(vault(), row("call-1_a", AT));
    assertThat(file.path()).isEqualTo("2026/03/09/call-1_a.wav");
    Path path = root().resolve(file.path());
    assertThat(mode(path)).isEqualTo("rw-------");
    for (Path above = path.getParent(); !above.equals(dir); above = above.getParent()) {
      assertThat(mode(above)).isEqualTo("rwx------");
    }
  }

  @Test
  void aRecordingWithoutATimeHasItsPlaceToo() {
    assertThat(publish(vault(), row("r", 0)).path()).isEqualTo("undated/r.wav");
  }

  @Test
  void aSecondAttemptTakesTheSamePlace() throws IOException {
    Vault vault = vault();
    publish(vault, row("r", AT));
    StoredFile file = publish(vault, row("r", AT));
    try (var files = Files.walk(root())) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(root().resolve(file.path()));
    }
  }

  @Test
  void whatAnAttemptLeftIsGoneAfterIt() throws IOException {
    Vault vault = vault();
    try (Vault.Workspace workspace = vault.workspace("r", 1)) {
      Files.writeString(workspace.directory().resolve("half.wav"), "half");
      Files.createDirectory(workspace.directory().resolve("sub"));
    }
    assertThat(root().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftIsGoneAfterTheNextStart() throws IOException {
    Vault.Workspace left = vault().workspace("r", 1);
    Files.writeString(left.file(), "half");
    vault();
    assertThat(root().resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aDiskThatIsTooFullIsToldBeforeAnythingIsWritten() {
    Vault vault = Vault.open(root(), Long.MAX_VALUE / 2);
    assertThatThrownBy(() -> vault.needRoom(1))
        .isInstanceOf(Fault.Busy.class)
        .hasMessageContaining("MB free")
        .hasMessageContaining("nothing is lost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "../../etc/passwd", "a b", "a\0b", "名"})
  void aNameThatCouldLeadElsewhereIsRefused(String name) {
    Vault vault = vault();
    assertThatThrownBy(() -> vault.workspace(name, 1)).isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> vault.publish(row(name, AT), dir.resolve("x"), WRITTEN))
        .isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aPathInTheDatabaseThatLeadsElsewhereIsRefused() {
    assertThatThrownBy(() -> vault().read(new StoredFile("../../etc/passwd", new byte[32], 1, 1)))
        .isInstanceOf(Fault.Refused.class);
  }

  private StoredFile publish(Vault vault, RecordingRow row) {
    try (Vault.Workspace workspace = vault.workspace(row.name(), 7)) {
      Files.writeString(workspace.file(), "wav");
      Files.setPosixFilePermissions(workspace.file(), PosixFilePermissions.fromString("rw-------"));
      return vault.publish(row, workspace.file(), WRITTEN);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private Vault vault() {
    return Vault.open(root(), 0);
  }

  private Path root() {
    return dir.resolve("recordings");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static RecordingRow row(String name, long at) {
    return new RecordingRow(
        name, new CallId(new UUID(1, 1)), 1, null, "demo", at, at, State.ON_SWITCH, null, null,
        null);
  }
}
