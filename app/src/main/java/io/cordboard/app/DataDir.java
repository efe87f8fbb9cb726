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

  private static final long LEAST_BYTES = 128L << 20;

  private final Path path;
  private final FileChannel channel;

  private DataDir(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens it for a server, made if it is not there. */
  static DataDir open(Path path) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new Fault.Refused(
            "%s is a file: choose a directory with --data.".formatted(path));
      }
      Files.createDirectories(path);
      checkOwner(path);
      checkRoom(path);
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

  /** Another user's PostgreSQL would not be found, and a second, empty one made. */
  private static void checkOwner(Path path) throws IOException {
    String owner = Files.getOwner(path).getName();
    String me = System.getProperty("user.name");
    if (!owner.equals(me)) {
      throw new Fault.Refused(
          "%s belongs to the user '%s' and you are '%s': start Cordboard as that user, or choose another directory with --data."
              .formatted(path, owner, me));
    }
  }

  private static void checkRoom(Path path) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < LEAST_BYTES) {
      throw new Fault.Refused(
          "The disk is full: %d MB are free at %s and at least %d are needed: free some space, or choose another directory with --data."
              .formatted(free >> 20, path, LEAST_BYTES >> 20));
    }
  }

  /** Whether a server uses this directory now. */
  static boolean inUse(Path path) {
    Path file = path.resolve("lock");
    if (Files.notExists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return !locked(channel);
    } catch (IOException unknown) {
      throw new Fault.Refused(
          "%s cannot be opened: %s. Are you the user who started Cordboard?"
              .formatted(file, unknown.getMessage()));
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
      Path half = Files.writeString(path.resolve("version.tmp"), LAYOUT + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    int found;
    try {
      found = Integer.parseInt(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      throw new Fault.Refused(
          "%s does not say which layout this directory has: restore the directory from a backup, or choose another with --data."
              .formatted(file));
    }
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
