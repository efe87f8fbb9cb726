package io.cordboard.app;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key with which secrets are sealed that stand in the database: {@code secret.key} in the data directory, made once,
 * readable by its owner alone. Several servers of one database need the same file.
 */
final class SecretKey {
  private static final int BYTES = 32;

  private SecretKey() {}

  static byte[] in(Path data, SecureRandom random) {
    Path file = data.resolve("secret.key");
    try {
      if (Files.notExists(file)) {
        make(file, random);
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != BYTES) {
        throw new IllegalArgumentException("length");
      }
      return key;
    } catch (IllegalArgumentException noKey) {
      throw new Fault.Refused(
          "%s is no key: restore it from a backup. Where there is none, take the file away and give the secrets of the connections anew."
              .formatted(file));
    } catch (IOException e) {
      throw new Fault.Refused("%s cannot be read or made: %s".formatted(file, e.getMessage()));
    }
  }

  /** Whole or not at all, and never over another one. */
  private static void make(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    Path half =
        Files.createTempFile(
            file.getParent(), "secret", ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(half, HexFormat.of().formatHex(key) + "\n");
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException another) {
      // it was made meanwhile: that one counts
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
