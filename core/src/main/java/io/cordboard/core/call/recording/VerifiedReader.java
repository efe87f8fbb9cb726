package io.cordboard.core.call.recording;

import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Reads a whole file and compares its hash before it gives the first byte away. */
final class VerifiedReader implements RecordingReader {
  private static final int CHUNK = 1 << 18;

  private final RecordingStore store;
  private final Vault vault;
  private final Clock clock;

  VerifiedReader(RecordingStore store, Vault vault, Clock clock) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public OpenRecording open(String name) {
    StoredFile file = file(name);
    FileChannel channel = channel(name, file);
    try {
      if (channel.size() != file.bytes() || !MessageDigest.isEqual(hash(channel), file.sha256())) {
        channel.close();
        throw damaged(name);
      }
      return new OpenRecording(channel.position(0), file.bytes(), file.durationMillis());
    } catch (IOException failed) {
      closeQuietly(channel);
      throw Disk.fault(failed, Path.of(file.path()));
    }
  }

  private StoredFile file(String name) {
    RecordingRow row =
        store
            .byName(name)
            .orElseThrow(
                () ->
                    new Fault.NotFound(
                        "There is no recording '%s'.".formatted(Fault.excerpt(name))));
    StoredFile file = row.file();
    if (file == null) {
      throw new Fault.NotFound(
          switch (row.state()) {
            case LOST -> "The switch did not have this recording.";
            case WRITING -> "The recording is being made.";
            default -> "The recording is still on the switch; try again in a moment.";
          });
    }
    return file;
  }

  private FileChannel channel(String name, StoredFile file) {
    try {
      return vault.read(file);
    } catch (Fault.NotFound gone) {
      raise(name, Alarm.Code.FILE_GONE);
      throw gone;
    }
  }

  private void raise(String name, Alarm.Code code) {
    store.alarm(name, Alarm.of(code.finding()), clock.micros());
  }

  private Fault.Refused damaged(String name) {
    raise(name, Alarm.Code.FILE_CHANGED);
    return new Fault.Refused(
        "The recording is damaged: its file is not the one that was stored. Restore it from a"
            + " backup; the hash that was kept tells which one is right.");
  }

  private static byte[] hash(FileChannel channel) throws IOException {
    MessageDigest digest = StereoFile.sha256();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return digest.digest();
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // the first failure is the one to tell
    }
  }
}
