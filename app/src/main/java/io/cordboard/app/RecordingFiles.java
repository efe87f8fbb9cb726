package io.cordboard.app;

import io.cordboard.core.call.recording.RecordingReader;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Recordings in our own directory; each is read whole and compared with its hash before it plays. */
record RecordingFiles(RecordingStore store, Path directory) implements RecordingReader {
  @Override
  public OpenRecording open(String name) {
    RecordingRow.StoredFile stored =
        store
            .byName(name)
            .map(RecordingRow::file)
            .orElseThrow(
                () -> new Fault.NotFound("This recording is not here, or not fetched yet."));
    Path file = directory.resolve(stored.path()).normalize();
    if (!file.startsWith(directory)) {
      throw new Fault.Refused("This recording's path leaves the directory of recordings.");
    }
    try {
      if (!MessageDigest.isEqual(hash(file), stored.sha256())) {
        store.alarm(name, "damaged");
        throw new Fault.Refused(
            "This recording is damaged: its file is not the one that was stored. Tell the administrator.");
      }
      return new OpenRecording(
          Files.newByteChannel(file), stored.bytes(), stored.durationMillis());
    } catch (IOException e) {
      throw new Fault.Unreachable("This recording's file cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] hash(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return ((DigestInputStream) in).getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
