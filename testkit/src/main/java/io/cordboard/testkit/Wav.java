package io.cordboard.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A 16-bit PCM mono WAV file, read strictly: a header that disagrees with the file is an error. */
public final class Wav {
  private static final int HEADER = 44;

  private final int rate;
  private final short[] samples;

  public Wav(int rate, short[] samples) {
    this.rate = rate;
    this.samples = samples.clone();
  }

  /** Samples a second. */
  public int rate() {
    return rate;
  }

  public short[] samples() {
    return samples.clone();
  }

  /** Reads the plain form: RIFF, fmt of 16 bytes, data, nothing else. No file is a failure too. */
  public static Wav read(@Nullable Path file) {
    if (file == null) {
      throw new AssertionError("There is no such track.");
    }
    ByteBuffer bytes = ByteBuffer.wrap(contentOf(file)).order(ByteOrder.LITTLE_ENDIAN);
    check(file, bytes.capacity() >= HEADER, "is shorter than a header");
    check(file, tag(bytes, 0).equals("RIFF") && tag(bytes, 8).equals("WAVE"), "is no WAV file");
    check(file, bytes.getInt(4) == bytes.capacity() - 8, "tells a wrong RIFF size");
    check(file, tag(bytes, 12).equals("fmt ") && bytes.getInt(16) == 16, "has no plain fmt chunk");
    check(file, bytes.getShort(20) == 1 && bytes.getShort(22) == 1, "is no mono PCM");
    check(file, bytes.getShort(32) == 2 && bytes.getShort(34) == 16, "has no 16-bit samples");
    int rate = bytes.getInt(24);
    check(file, bytes.getInt(28) == rate * 2, "tells a wrong byte rate");
    check(file, tag(bytes, 36).equals("data"), "has no data chunk");
    check(file, bytes.getInt(40) == bytes.capacity() - HEADER, "tells a wrong data size");
    short[] samples = new short[(bytes.capacity() - HEADER) / 2];
    bytes
        .slice(HEADER, bytes.capacity() - HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(samples);
    return new Wav(rate, samples);
  }

  /** Writes a WAV file of this sound. */
  public void write(Path file) {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt(bytes.capacity() - 8).put(ascii("WAVEfmt ")).putInt(16);
    bytes.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * 2);
    bytes.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(samples.length * 2);
    for (short sample : samples) {
      bytes.putShort(sample);
    }
    try {
      Files.write(file, bytes.array());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A tone: for a test that only needs sound. */
  public static Wav tone(int rate, double hertz, double seconds) {
    short[] samples = new short[(int) (rate * seconds)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (6000 * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return new Wav(rate, samples);
  }

  public double seconds() {
    return (double) samples.length / rate;
  }

  /** Root mean square of the samples between two times, 0 for silence. */
  public double energy(double fromSeconds, double toSeconds) {
    int from = Math.clamp((long) (fromSeconds * rate), 0, samples.length);
    int to = Math.clamp((long) (toSeconds * rate), from, samples.length);
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return to == from ? 0 : Math.sqrt(sum / (to - from));
  }

  /** Root mean square of the whole. */
  public double energy() {
    return energy(0, seconds());
  }

  private static void check(Path file, boolean good, String complaint) {
    if (!good) {
      throw new AssertionError(file + " " + complaint);
    }
  }

  private static String tag(ByteBuffer bytes, int at) {
    byte[] four = new byte[4];
    bytes.get(at, four);
    return new String(four, StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] contentOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
