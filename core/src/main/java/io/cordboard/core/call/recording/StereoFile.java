package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts two tracks into one WAV file: left what the customer says, right what the customer hears.
 */
final class StereoFile {
  private static final int HEADER = 44;
  private static final int FRAME = 4;
  private static final int FRAMES_AT_ONCE = 16_384;
  private static final long MAX_BYTES = 0xFFFF_FFFFL;

  private StereoFile() {}

  /**
   * What was written.
   *
   * @param frames samples of a track
   * @param apartFrames by how much one track was longer than the other
   */
  record Written(
      byte[] sha256,
      long bytes,
      int rate,
      long frames,
      long apartFrames,
      Loudness says,
      Loudness hears) {

    long millis() {
      return frames * 1000 / rate;
    }
  }

  /**
   * Writes and forces to the disk. A track that is missing, or ends earlier, is filled with
   * silence.
   *
   * @throws Fault.Busy when the disk is full
   * @throws Fault.Refused when a track cannot be read as such
   */
  static Written write(Tracks tracks, Path to, FileAttribute<?>... attributes) {
    try (Sources sources = Sources.open(tracks);
        FileChannel out =
            FileChannel.open(
                to,
                Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE),
                attributes)) {
      Written written = new Writer(sources, out).write();
      out.force(true);
      return written;
    } catch (IOException failed) {
      throw Disk.fault(failed, to);
    }
  }

  /** How long the file of these tracks will be. */
  static long bytes(Tracks tracks) {
    try (Sources sources = Sources.open(tracks)) {
      return HEADER + sources.frames() * FRAME;
    } catch (IOException failed) {
      throw new Fault.Unreachable("A track cannot be closed.", failed);
    }
  }

  private record Sources(@Nullable WavTrack says, @Nullable WavTrack hears)
      implements AutoCloseable {
    static Sources open(Tracks tracks) throws IOException {
      WavTrack says = tracks.says() == null ? null : WavTrack.open(tracks.says());
      try {
        WavTrack hears = tracks.hears() == null ? null : WavTrack.open(tracks.hears());
        Sources sources = new Sources(says, hears);
        sources.check();
        return sources;
      } catch (RuntimeException failed) {
        if (says != null) {
          says.close();
        }
        throw failed;
      }
    }

    private void check() {
      if (says == null && hears == null) {
        throw new Fault.NotFound("The switch has nothing of this recording.");
      }
      if (says != null && hears != null && says.rate() != hears.rate()) {
        throw new Fault.Refused(
            "The tracks have different rates (%d and %d); they are left on the switch."
                .formatted(says.rate(), hears.rate()));
      }
      if (HEADER + frames() * FRAME > MAX_BYTES) {
        throw new Fault.Refused(
            "The recording is longer than a WAV file can be; it is left on the switch.");
      }
    }

    int rate() {
      return says != null ? says.rate() : hears != null ? hears.rate() : 0;
    }

    long frames() {
      return Math.max(frames(says), frames(hears));
    }

    long apart() {
      return says == null || hears == null ? 0 : Math.abs(says.frames() - hears.frames());
    }

    private static long frames(@Nullable WavTrack track) {
      return track == null ? 0 : track.frames();
    }

    @Override
    public void close() throws IOException {
      try (WavTrack one = says;
          WavTrack other = hears) {
        // both, whatever happens to the first
      }
    }
  }

  private static final class Writer {
    private final Sources sources;
    private final FileChannel out;
    private final MessageDigest digest = sha256();
    private final Loudness says = new Loudness();
    private final Loudness hears = new Loudness();
    private long bytes;

    Writer(Sources sources, FileChannel out) {
      this.sources = sources;
      this.out = out;
    }

    Written write() throws IOException {
      long frames = sources.frames();
      put(header(sources.rate(), frames));
      ByteBuffer left = buffer(2);
      ByteBuffer right = buffer(2);
      ByteBuffer both = buffer(FRAME);
      for (long done = 0; done < frames; done += FRAMES_AT_ONCE) {
        int count = (int) Math.min(FRAMES_AT_ONCE, frames - done);
        fill(sources.says(), left);
        fill(sources.hears(), right);
        interleave(left, right, both, count);
        put(both);
      }
      return new Written(
          digest.digest(), bytes, sources.rate(), frames, sources.apart(), says, hears);
    }

    private static void fill(@Nullable WavTrack track, ByteBuffer buffer) {
      if (track != null) {
        track.read(buffer);
      }
    }

    private void interleave(ByteBuffer left, ByteBuffer right, ByteBuffer both, int count) {
      both.clear();
      for (int i = 0; i < count; i++) {
        short said = left.getShort(2 * i);
        short heard = right.getShort(2 * i);
        says.take(said);
        hears.take(heard);
        both.putShort(said).putShort(heard);
      }
      both.flip();
    }

    private void put(ByteBuffer buffer) throws IOException {
      digest.update(buffer.duplicate());
      bytes += buffer.remaining();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }

    private static ByteBuffer header(int rate, long frames) {
      int data = (int) (frames * FRAME);
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      header.put(ascii("RIFF")).putInt(data + HEADER - 8).put(ascii("WAVEfmt ")).putInt(16);
      header.putShort((short) 1).putShort((short) 2).putInt(rate).putInt(rate * FRAME);
      header.putShort((short) FRAME).putShort((short) 16).put(ascii("data")).putInt(data);
      return header.flip();
    }

    private static ByteBuffer buffer(int bytesAFrame) {
      return ByteBuffer.allocate(FRAMES_AT_ONCE * bytesAFrame).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new Fault.Bug("This Java runtime has no SHA-256.", never);
    }
  }
}
