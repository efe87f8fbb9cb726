package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder.Tracks;
import io.cordboard.testkit.Wav;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackFilesTest {
  @TempDir Path root;
  private Path spool;
  private Path target;
  private TrackFiles files;

  @BeforeEach
  void makeDirectories() throws IOException {
    spool = Files.createDirectory(root.resolve("spool"));
    target = root.resolve("target");
    files = new TrackFiles(spool);
  }

  @Test
  void twoTracksAreCopied() {
    write("a-in.wav", 2);
    write("a-out.wav", 2);
    Tracks tracks = files.fetch("a", target);
    assertThat(Wav.read(tracks.says()).seconds()).isEqualTo(2);
    assertThat(Wav.read(tracks.hears()).energy()).isPositive();
    assertThat(files.whole("a")).isTrue();
  }

  @Test
  void whatADeadSwitchLeftIsRepairedToTheShorterLength() throws IOException {
    write("a-in.wav", 3);
    write("a-out.wav", 2);
    unfinished("a-in.wav", 1);
    unfinished("a-out.wav", 0);
    assertThat(files.whole("a")).isFalse();

    Tracks tracks = files.fetch("a", target);
    assertThat(Wav.read(tracks.says()).samples()).hasSameSizeAs(Wav.read(tracks.hears()).samples());
    assertThat(Wav.read(tracks.says()).seconds()).isEqualTo(2);
  }

  @Test
  void aFileThatHasOnlyItsHeaderSoFarIsNotTakenForAWholeOne() {
    write("a-in.wav", 1);
    write("a-out.wav", 0);
    assertThat(files.whole("a")).isFalse();
    write("a-out.wav", 1);
    assertThat(files.whole("a")).isTrue();
  }

  @Test
  void aTrackThatIsMissingIsNotInvented() {
    write("a-in.wav", 1);
    Tracks tracks = files.fetch("a", target);
    assertThat(Wav.read(tracks.says()).seconds()).isEqualTo(1);
    assertThat(tracks.hears()).isNull();
  }

  @Test
  void theTrackThatHasLostItsSoundIsFoundWhileTheOtherSounds() {
    write("a-in.wav", 5);
    write("a-out.wav", 5, 2.1);
    assertThat(files.silent("a")).isEqualTo(Track.HEARS);
    write("b-in.wav", 5, 5);
    write("b-out.wav", 5);
    assertThat(files.silent("b")).isEqualTo(Track.SAYS);
  }

  @Test
  void aTrackWithSoundInTheLastTwoSecondsAndOneBesideAnotherSilentOneAreWell() {
    write("a-in.wav", 5);
    write("a-out.wav", 5, 1.9);
    assertThat(files.silent("a")).isNull();
    write("paused-in.wav", 5, 3);
    write("paused-out.wav", 5, 3);
    assertThat(files.silent("paused")).isNull();
    write("short-in.wav", 2);
    write("short-out.wav", 2, 2);
    assertThat(files.silent("short")).isNull();
    write("alone-in.wav", 5);
    assertThat(files.silent("alone")).isNull();
  }

  @Test
  void nothingOutsideTheDirectoryIsReadOrDeleted() throws IOException {
    Path secret = Files.writeString(root.resolve("secret-in.wav"), "x".repeat(100));
    for (String bad : new String[] {"../secret", "", "a/b", "a\0", "x".repeat(81)}) {
      assertThatThrownBy(() -> files.fetch(bad, target)).isInstanceOf(Fault.BadRequest.class);
      assertThatThrownBy(() -> files.delete(bad)).isInstanceOf(Fault.BadRequest.class);
    }
    Files.createSymbolicLink(spool.resolve("link-in.wav"), secret);
    assertThatThrownBy(() -> files.fetch("link", target)).isInstanceOf(Fault.NotFound.class);
    assertThat(secret).exists();
  }

  @Test
  void aFileThatIsNoSoundIsRefusedAndLeavesNothing() throws IOException {
    Files.writeString(
        spool.resolve("a-in.wav"), "no sound at all, but long enough for a header....");
    Files.writeString(spool.resolve("a-out.wav"), "");
    assertThatThrownBy(() -> files.fetch("a", target)).isInstanceOf(Fault.Refused.class);
    assertThat(target.resolve("a-says.wav")).doesNotExist();
  }

  @Test
  void whatIsDeletedIsGoneAndMayBeDeletedAgain() {
    write("a-in.wav", 1);
    files.delete("a");
    files.delete("a");
    assertThat(spool).isEmptyDirectory();
    assertThatThrownBy(() -> files.fetch("a", target)).isInstanceOf(Fault.NotFound.class);
  }

  private void write(String name, double seconds) {
    write(name, seconds, 0);
  }

  private void write(String name, double seconds, double silentAtTheEnd) {
    short[] samples = Wav.tone(8000, 440, seconds).samples();
    Arrays.fill(samples, (int) ((seconds - silentAtTheEnd) * 8000), samples.length, (short) 0);
    new Wav(8000, samples).write(spool.resolve(name));
  }

  /** Sizes in the header are 0, and half a sample may hang at the end. */
  private void unfinished(String name, int more) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(spool.resolve(name).toFile(), "rw")) {
      file.seek(4);
      file.writeInt(0);
      file.seek(40);
      file.writeInt(0);
      file.seek(file.length());
      file.write(new byte[more]);
    }
  }
}
