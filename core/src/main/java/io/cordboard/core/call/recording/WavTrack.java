package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A WAV file of 16-bit mono samples, read as it goes. Its header is not believed: it is checked.
 */
final class WavTrack implements AutoCloseable {
  private static final int RIFF = tag("RIFF");
  private static final int WAVE = tag("WAVE");
  private static final int FMT = tag("fmt ");
  private static final int DATA = tag("data");
  private static final int MAX_CHUNKS = 64;

  private final Path file;
  private final FileChannel channel;
  private int rate;
  private long frames;

  private WavTrack(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a track at its first sample.
   *
   * @throws Fault.Refused when it is no such file, or not whole
   */
  static WavTrack open(Path file) {
    try {
      WavTrack track = new WavTrack(file, FileChannel.open(file, StandardOpenOption.READ));
      try {
        track.readHeader();
        return track;
      } catch (IOException | RuntimeException failed) {
        track.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw Disk.fault(failed, file);
    }
  }

  /** Samples a second. */
  int rate() {
    return rate;
  }

  /** How many samples it has. */
  long frames() {
    return frames;
  }

  /** Fills the buffer as far as the track goes; the rest is silence. */
  void read(ByteBuffer buffer) {
    try {
      buffer.clear();
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until the buffer is full or the file ends
      }
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0);
      }
      buffer.flip();
    } catch (IOException failed) {
      throw Disk.fault(failed, file);
    }
  }

  private void readHeader() throws IOException {
    ByteBuffer riff = next(12);
    check(riff.getInt(0) == RIFF && riff.getInt(8) == WAVE, "is no WAV file");
    for (int i = 0; i < MAX_CHUNKS; i++) {
      ByteBuffer chunk = next(8);
      long size = Integer.toUnsignedLong(chunk.getInt(4));
      if (chunk.getInt(0) == DATA) {
        readSize(size);
        return;
      }
      if (chunk.getInt(0) == FMT) {
        readFormat(size);
      } else {
        skip(size);
      }
    }
    throw bad("has no sound in it");
  }

  private void readFormat(long size) throws IOException {
    check(size >= 16 && size <= 64, "has a strange format");
    ByteBuffer format = next(16);
    check(format.getShort(0) == 1, "is not PCM");
    check(format.getShort(2) == 1, "is not mono");
    check(format.getShort(14) == 16, "has no 16-bit samples");
    rate = format.getInt(4);
    check(rate >= 8_000 && rate <= 96_000, "has a strange rate");
    skip(size - 16);
  }

  private void readSize(long size) throws IOException {
    check(rate != 0, "tells no format");
    check(size % 2 == 0, "ends within a sample");
    check(channel.position() + size == channel.size(), "is not as long as its header says");
    frames = size / 2;
  }

  private ByteBuffer next(int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      check(channel.read(buffer) >= 0, "ends within its header");
    }
    return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  // chunks are padded to an even length
  private void skip(long bytes) throws IOException {
    channel.position(channel.position() + bytes + (bytes & 1));
  }

  private void check(boolean good, String complaint) {
    if (!good) {
      throw bad(complaint);
    }
  }

  private Fault.Refused bad(String complaint) {
    return new Fault.Refused(
        "The track %s %s; it is left on the switch.".formatted(file.getFileName(), complaint));
  }

  private static int tag(String text) {
    return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
