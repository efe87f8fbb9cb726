package io.cordboard.app.postgres;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked from the class path into a directory that its user may read. */
final class Binaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private Binaries() {}

  /** Unpacks unless that was done before; whole or not at all. */
  static Path unpackInto(Path parent) throws IOException {
    Path home = parent.resolve("postgres-18.6");
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return home;
    }
    Path half = Files.createTempDirectory(parent, "unpacking-");
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream archive = Binaries.class.getResourceAsStream(ARCHIVE)) {
      if (archive == null) {
        throw new Fault.Refused(
            "The embedded PostgreSQL is made for Linux on x86_64 only: start with --db URL and give Cordboard a PostgreSQL of your own.");
      }
      unpack(archive, half);
    }
    try {
      Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException anotherWasFaster) {
      delete(half);
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw anotherWasFaster;
      }
    }
    return home;
  }

  private static void unpack(InputStream archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("The archive leaves its directory: " + entry.getName());
        }
        write(tar, entry, target);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
