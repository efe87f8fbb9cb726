package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the last seal in a file of one line: its number and its hash. */
public final class FileWitness implements AuditWitness {
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64})\\s*");

  private final Path file;
  private final Path next;

  /** In a directory of ours, which exists. */
  public FileWitness(Path file) {
    this.file = file;
    this.next = file.resolveSibling(file.getFileName() + ".next");
  }

  @Override
  public void keep(long seal, byte[] hash) {
    try {
      Files.writeString(next, seal + " " + HexFormat.of().formatHex(hash) + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new Fault.Unreachable(
          "The last audit seal cannot be kept in %s: %s".formatted(file, failed.getMessage()),
          failed);
    }
  }

  @Override
  public Optional<Kept> last() {
    try {
      return Optional.of(parse(Files.readString(file, StandardCharsets.US_ASCII)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new Fault.Unreachable(
          "The last audit seal cannot be read from %s: %s".formatted(file, failed.getMessage()),
          failed);
    }
  }

  private Kept parse(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      throw new Fault.Refused(
          "%s does not hold an audit seal: it was changed. Keep it aside and tell who answers for"
                  .formatted(file)
              + " the audit.");
    }
    return new Kept(Long.parseLong(m.group(1)), HexFormat.of().parseHex(m.group(2)));
  }
}
