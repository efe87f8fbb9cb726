package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a failure of the disk means to us. */
final class Disk {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Disk() {}

  /** The fault for a failure at this file. */
  static Fault fault(IOException failed, Path file) {
    String reason = reason(failed);
    if (isFull(reason)) {
      return full(file, reason);
    }
    return failed instanceof NoSuchFileException
        ? new Fault.NotFound("The file %s is not there.".formatted(file))
        : new Fault.Unreachable("The file %s cannot be used: %s".formatted(file, reason), failed);
  }

  static Fault.Busy full(Path file, String reason) {
    return new Fault.Busy(
        "The disk with the recordings is full (%s at %s): free some space; nothing is lost meanwhile."
            .formatted(reason, file),
        PATIENCE);
  }

  private static String reason(IOException failed) {
    @Nullable String reason =
        failed instanceof FileSystemException at && at.getReason() != null
            ? at.getReason()
            : failed.getMessage();
    return reason == null ? failed.getClass().getSimpleName() : reason;
  }

  // the system's own words; Java has no type for it
  private static boolean isFull(String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded");
  }
}
