package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** What must not happen without its trace. */
final class Audited {
  private Audited() {}

  /** The trail has it before it is done, and again when it came to nothing. */
  static <T> T run(Audit audit, AuditEntry entry, Supplier<T> work) {
    return run(audit, List.of(entry), work);
  }

  /** The same with several entries. */
  static <T> T run(Audit audit, List<AuditEntry> entries, Supplier<T> work) {
    entries.forEach(audit::recordNow);
    try {
      return work.get();
    } catch (Fault fault) {
      entries.forEach(entry -> audit.record(entry.ended(outcome(fault))));
      throw fault;
    }
  }

  /** Proves words that stand elsewhere, and may name a customer, without repeating them. */
  static String proof(String words) {
    try {
      return "sha256:"
          + HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(words.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new Fault.Bug("This Java runtime has no SHA-256.", never);
    }
  }

  private static Outcome outcome(Fault fault) {
    return fault instanceof Fault.Refused || fault instanceof Fault.NotFound
        ? Outcome.REFUSED
        : Outcome.FAILED;
  }
}
