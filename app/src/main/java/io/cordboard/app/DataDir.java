package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of one installation: locked by the server that uses it, closed to others. */
final class DataDir implements AutoCloseable {
  /** Raised when what is in the directory changes so that an older server cannot read it. */
  private static final int LAYOUT = 1;

  private final Path path;
  private final FileChannel channel;

  private DataDir(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens it for a server, made if it is not there. */
  static DataDir open(Path path) {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new Fault.Refused(
            "Another Cordboard uses %s: stop it with './cordboard down --data %s', or choose another directory with --data."
                .formatted(path, path));
      }
      checkLayout(path);
      return new DataDir(path, channel);
    } catch (AccessDeniedException e) {
      throw new Fault.Refused(
          "No right to write in %s: give this user the right, or choose another directory with --data."
              .formatted(e.getFile()));
    } catch (IOException e) {
      throw new Fault.Refused(
          "The data directory %s cannot be used: %s. Is the disk full, or mounted read-only?"
              .formatted(path, e.getMessage()));
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static void checkLayout(Path path) throws IOException {
    Path file = path.resolve("version");
    if (!Files.exists(file)) {
      Files.writeString(file, LAYOUT + "\n");
      return;
    }
    int found = Integer.parseInt(Files.readString(file).strip());
    if (found > LAYOUT) {
      throw new Fault.Refused(
          "%s was written by a newer Cordboard (layout %d, this one knows %d): start that version, or choose another directory with --data."
              .formatted(path, found, LAYOUT));
    }
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Writes a file that only we may read, whole or not at all. */
  void writeSecret(String name, String text) {
    try {
      Path half = Files.createTempFile(path, name, ".tmp");
      Files.writeString(half, text);
      Files.move(half, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Fault.Refused(
          "%s cannot be written: %s. Is the disk full?".formatted(file(name), e.getMessage()));
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new Fault.Refused("%s cannot be deleted: %s".formatted(file(name), e.getMessage()));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Fault.Refused("The lock of " + path + " cannot be let go: " + e.getMessage());
    }
  }
}
