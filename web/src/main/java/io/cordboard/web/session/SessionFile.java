package io.cordboard.web.session;

import io.cordboard.kernel.AgentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions in one small file: a line each of {@code hash user createdAt usedAt}; no tokens. */
public final class SessionFile implements SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);
  private final Path file;

  public SessionFile(Path file) {
    this.file = file;
  }

  @Override
  public List<Saved> load() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .map(SessionFile::read)
              .flatMap(Optional::stream)
              .toList()
          : List.of();
    } catch (IOException unreadable) {
      LOG.warn("{} cannot be read: everybody has to sign in again", file, unreadable);
      return List.of();
    }
  }

  private static Optional<Saved> read(String line) {
    String[] fields = line.split(" ", -1);
    try {
      return fields.length == 4
          ? Optional.of(
              new Saved(
                  fields[0],
                  AgentId.parse(fields[1]),
                  Long.parseLong(fields[2]),
                  Long.parseLong(fields[3])))
          : Optional.empty();
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public void save(Collection<Saved> sessions) {
    List<String> lines =
        sessions.stream()
            .map(s -> "%s %s %d %d".formatted(s.id(), s.user(), s.createdAt(), s.usedAt()))
            .toList();
    try {
      replace(lines);
    } catch (IOException unwritable) {
      LOG.warn("{} cannot be written: a restart will sign everybody out", file, unwritable);
    }
  }

  private void replace(List<String> lines) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createFile(next);
    if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(
          next, EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    }
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
