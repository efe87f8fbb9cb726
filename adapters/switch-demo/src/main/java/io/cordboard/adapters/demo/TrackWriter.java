package io.cordboard.adapters.demo;

import io.cordboard.adapters.demo.Sound.Tone;
import io.cordboard.adapters.demo.Tape.Pause;
import io.cordboard.adapters.demo.Tape.Reel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Turns a reel into two WAV files of one length: 8 kHz, 16-bit, mono. */
final class TrackWriter {
  static final int RATE = 8000;
  private static final int BLOCK = RATE / 10;
  private static final long SAMPLE_NANOS = 1_000_000_000L / RATE;

  private final Reel reel;
  private final long samples;

  TrackWriter(Reel reel) {
    this.reel = reel;
    this.samples = Math.max(0, reel.to() - reel.from()) / SAMPLE_NANOS;
  }

  void write(Path says, Path hears) throws IOException {
    write(says, reel.says());
    write(hears, reel.hears());
  }

  private void write(Path file, List<Tone> tones) throws IOException {
    // a file under its own name is whole, whatever kills the process
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
      out.write(header());
      for (long first = 0; first < samples; first += BLOCK) {
        out.write(block(first, (int) Math.min(BLOCK, samples - first), tones));
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] block(long first, int size, List<Tone> tones) {
    long start = timeOf(first);
    long end = timeOf(first + size);
    List<Tone> heard = tones.stream().filter(tone -> tone.overlaps(start, end)).toList();
    List<Pause> pauses =
        reel.pauses().stream().filter(pause -> pause.overlaps(start, end)).toList();
    byte[] block = new byte[size * 2];
    ByteBuffer bytes = littleEndian(block);
    for (int i = 0; i < size; i++) {
      long at = timeOf(first + i);
      bytes.putShort(isPaused(at, pauses) ? 0 : sample(at, heard));
    }
    return block;
  }

  private static boolean isPaused(long at, List<Pause> pauses) {
    for (Pause pause : pauses) {
      if (pause.covers(at)) {
        return true;
      }
    }
    return false;
  }

  private static short sample(long at, List<Tone> heard) {
    double sum = 0;
    for (Tone tone : heard) {
      sum += tone.at(at);
    }
    return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private long timeOf(long sample) {
    return reel.from() + sample * SAMPLE_NANOS;
  }

  private byte[] header() {
    int size = Math.toIntExact(samples * 2);
    byte[] header = new byte[44];
    ByteBuffer bytes = littleEndian(header);
    bytes.put(ascii("RIFF")).putInt(36 + size).put(ascii("WAVE"));
    bytes.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    bytes.putInt(RATE).putInt(RATE * 2).putShort((short) 2).putShort((short) 16);
    bytes.put(ascii("data")).putInt(size);
    return header;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
