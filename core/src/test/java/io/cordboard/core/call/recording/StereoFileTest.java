package io.cordboard.core.call.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder.Tracks;
import io.cordboard.testkit.Wav;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StereoFileTest {
  @TempDir Path dir;

  @Test
  void leftIsWhatTheCustomerSaysAndRightWhatTheCustomerHears() throws IOException {
    Wav says = Wav.tone(8_000, 440, 3.7);
    Wav hears = Wav.tone(8_000, 880, 3.7);
    Written written = write(says, hears);
    assertThat(channel(0)).isEqualTo(says.samples());
    assertThat(channel(1)).isEqualTo(hears.samples());
    assertThat(written.millis()).isEqualTo(3_700);
    assertThat(written.bytes()).isEqualTo(Files.size(out())).isEqualTo(44 + 29_600 * 4);
    assertThat(written.says().rms()).isCloseTo(says.energy(), within());
  }

  @Test
  void theHashIsThatOfTheFile() throws Exception {
    Written written = write(Wav.tone(16_000, 440, 2), Wav.tone(16_000, 300, 2));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(out()));
    assertThat(written.sha256()).isEqualTo(hash);
  }

  @Test
  void theHeaderSaysStereoOfThisRateAndLength() throws IOException {
    write(Wav.tone(16_000, 440, 1), Wav.tone(16_000, 300, 1));
    ByteBuffer header = bytes();
    assertThat(header.getInt(4)).isEqualTo((int) Files.size(out()) - 8);
    assertThat(header.getShort(22)).isEqualTo((short) 2);
    assertThat(header.getInt(24)).isEqualTo(16_000);
    assertThat(header.getInt(28)).isEqualTo(64_000);
    assertThat(header.getShort(32)).isEqualTo((short) 4);
    assertThat(header.getInt(40)).isEqualTo(64_000);
  }

  @Test
  void aShorterTrackIsFilledWithSilence() throws IOException {
    Written written = write(Wav.tone(8_000, 440, 2), Wav.tone(8_000, 880, 1.5));
    assertThat(written.frames()).isEqualTo(16_000);
    assertThat(written.apartFrames()).isEqualTo(4_000);
    short[] right = channel(1);
    assertThat(Arrays.copyOfRange(right, 12_000, 16_000)).containsOnly((short) 0);
    assertThat(written.hears().silentTail()).isBetween(4_000L, 4_010L);
  }

  @Test
  void aMissingTrackIsSilence() throws IOException {
    Written written = write(null, Wav.tone(8_000, 880, 1));
    assertThat(channel(0)).containsOnly((short) 0);
    assertThat(written.says().isSilent()).isTrue();
    assertThat(written.hears().isSilent()).isFalse();
  }

  @Test
  void anEmptyRecordingIsAFileToo() {
    Written written = write(new Wav(8_000, new short[0]), new Wav(8_000, new short[0]));
    assertThat(written.bytes()).isEqualTo(44);
    assertThat(written.millis()).isZero();
  }

  @Test
  void nothingAtAllIsNotFound() {
    assertThatThrownBy(() -> StereoFile.write(new Tracks(null, null), out()))
        .isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void aFullDiskIsAskedForPatience() {
    Tracks tracks = tracks(Wav.tone(8_000, 440, 2), Wav.tone(8_000, 880, 2));
    // on Linux every write to it fails as on a full disk
    assertThatThrownBy(() -> StereoFile.write(tracks, Path.of("/dev/full")))
        .isInstanceOf(Fault.Busy.class)
        .hasMessageContaining("full")
        .hasMessageContaining("free some space");
  }

  @Test
  void tracksOfTwoRatesAreRefused() {
    assertThatThrownBy(() -> write(Wav.tone(8_000, 440, 1), Wav.tone(16_000, 440, 1)))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("8000 and 16000");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x58464952, no WAV",
    "8, 0, no WAV",
    "20, 0x00010003, not PCM",
    "22, 0x1F400002, not mono",
    "24, 100, strange rate",
    "24, -1, strange rate",
    "34, 0x61640008, no 16-bit",
    "36, 0x58585858, header",
    "40, 0, as long as its header",
    "40, 2000000000, as long as its header",
    "40, -2, as long as its header",
    "16, 4, strange format",
    "16, -1, strange format",
  })
  void aHeaderThatLiesIsRefused(int at, String value, String complaint) throws IOException {
    Path track = dir.resolve("bad.wav");
    Wav.tone(8_000, 440, 1).write(track);
    byte[] bytes = Files.readAllBytes(track);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, Long.decode(value).intValue());
    Files.write(track, bytes);
    assertThatThrownBy(() -> StereoFile.write(new Tracks(track, null), out()))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining("left on the switch");
  }

  @Test
  void aTrackThatIsCutWithinItsHeaderIsRefused() throws IOException {
    Path track = dir.resolve("cut.wav");
    Wav.tone(8_000, 440, 1).write(track);
    byte[] whole = Files.readAllBytes(track);
    for (int length = 0; length < 44; length++) {
      Files.write(track, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> StereoFile.write(new Tracks(track, null), out()))
          .isInstanceOf(Fault.Refused.class);
    }
  }

  @Test
  void chunksThatWeDoNotKnowAreSkipped() throws IOException {
    Path plain = dir.resolve("plain.wav");
    Wav tone = Wav.tone(8_000, 440, 1);
    tone.write(plain);
    byte[] bytes = Files.readAllBytes(plain);
    ByteBuffer odd = ByteBuffer.allocate(bytes.length + 8 + 6).order(ByteOrder.LITTLE_ENDIAN);
    odd.put(bytes, 0, 36).put("LIST".getBytes()).putInt(5).put(new byte[6]);
    odd.put(bytes, 36, bytes.length - 36);
    Files.write(plain, odd.array());
    StereoFile.write(new Tracks(plain, null), out());
    assertThat(channel(0)).isEqualTo(tone.samples());
  }

  private Written write(@Nullable Wav says, @Nullable Wav hears) {
    return StereoFile.write(tracks(says, hears), out());
  }

  private Tracks tracks(@Nullable Wav says, @Nullable Wav hears) {
    return new Tracks(file("says.wav", says), file("hears.wav", hears));
  }

  private @Nullable Path file(String name, @Nullable Wav sound) {
    if (sound == null) {
      return null;
    }
    sound.write(dir.resolve(name));
    return dir.resolve(name);
  }

  private Path out() {
    return dir.resolve("stereo.wav");
  }

  private ByteBuffer bytes() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(out())).order(ByteOrder.LITTLE_ENDIAN);
  }

  private short[] channel(int which) throws IOException {
    ByteBuffer bytes = bytes();
    short[] samples = new short[(bytes.capacity() - 44) / 4];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort(44 + 4 * i + 2 * which);
    }
    return samples;
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1.0);
  }
}
