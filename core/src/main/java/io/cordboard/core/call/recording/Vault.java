package io.cordboard.core.call.recording;

import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of recordings: {@code yyyy/mm/dd/<name>.wav}, readable by us only. A file appears
 * there whole or not at all; what is being made lies in {@code tmp}, on the same file system.
 * Thread-safe.
 */
public final class Vault {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path root;
  private final Path temporary;
  private final long reserve;

  private Vault(Path root, long reserve) {
    this.root = root.toAbsolutePath().normalize();
    this.temporary = this.root.resolve("tmp");
    this.reserve = reserve;
  }

  /**
   * Opens a directory, which is made when it is not there, and removes what a killed process left
   * half made.
   *
   * @param reserve bytes that must stay free on the disk
   */
  public static Vault open(Path root, long reserve) {
    Vault vault = new Vault(root, reserve);
    try {
      Files.createDirectories(vault.root, DIRECTORY);
      vault.sweep(vault.temporary);
      Files.createDirectory(vault.temporary, DIRECTORY);
      return vault;
    } catch (IOException failed) {
      throw Disk.fault(failed, vault.root);
    }
  }

  /** A directory of its own for one attempt; gone when closed. */
  Workspace workspace(String name, long token) {
    checkName(name);
    Path directory = temporary.resolve(name + "-" + token);
    try {
      sweep(directory);
      Files.createDirectory(directory, DIRECTORY);
      return new Workspace(directory);
    } catch (IOException failed) {
      throw Disk.fault(failed, directory);
    }
  }

  /**
   * Makes sure that so much can be written.
   *
   * @throws Fault.Busy when the disk is too full
   */
  void needRoom(long bytes) {
    try {
      long free = Files.getFileStore(root).getUsableSpace();
      if (free - reserve < bytes) {
        throw Disk.full(
            root, "%d MB free, %d MB needed".formatted(free >> 20, (bytes + reserve >> 20) + 1));
      }
    } catch (IOException failed) {
      throw Disk.fault(failed, root);
    }
  }

  /** Moves a finished file to its place, in place of an earlier one of the same recording. */
  StoredFile publish(RecordingRow row, Path file, Written written) {
    checkName(row.name());
    Path day = root.resolve(dayOf(row));
    Path target = day.resolve(row.name() + ".wav");
    try {
      makeDirectory(day);
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      force(day);
      String path = root.relativize(target).toString();
      return new StoredFile(path, written.sha256(), written.bytes(), written.millis());
    } catch (IOException failed) {
      throw Disk.fault(failed, target);
    }
  }

  /**
   * Opens a stored file for reading.
   *
   * @throws Fault.NotFound when it is not there
   */
  FileChannel read(StoredFile file) {
    Path path = root.resolve(file.path()).normalize();
    if (!path.startsWith(root)) {
      throw new Fault.Refused("The recording's path leads out of the directory of recordings.");
    }
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException failed) {
      throw Disk.fault(failed, path);
    }
  }

  private static String dayOf(RecordingRow row) {
    long at = row.startedAt() > 0 ? row.startedAt() : row.endedAt();
    return at > 0 ? DAY.format(Clock.instant(at)) : "undated";
  }

  // the name of a file is safe on the disk only with its directory, and that with the one above
  private static void makeDirectory(Path directory) throws IOException {
    Path above = directory.getParent();
    if (above != null && Files.notExists(directory)) {
      makeDirectory(above);
      Files.createDirectories(directory, DIRECTORY);
      force(above);
    }
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault.BadRequest("'%s' is no name of a recording.".formatted(Fault.excerpt(name)));
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void sweep(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Where one attempt may make a mess. */
  final class Workspace implements AutoCloseable {
    private final Path directory;

    Workspace(Path directory) {
      this.directory = directory;
    }

    Path directory() {
      return directory;
    }

    Path file() {
      return directory.resolve("stereo.wav");
    }

    Written combine(Tracks tracks) {
      needRoom(StereoFile.bytes(tracks));
      return StereoFile.write(tracks, file(), FILE);
    }

    @Override
    public void close() {
      try {
        sweep(directory);
      } catch (IOException left) {
        // swept at the next start
      }
    }
  }
}
