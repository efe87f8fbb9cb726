package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.kernel.Fault;
import java.util.function.Supplier;

/** What must not happen without its trace. */
final class Audited {
  private Audited() {}

  /** The trail has it before it is done, and again when it came to nothing. */
  static <T> T run(Audit audit, AuditEntry entry, Supplier<T> work) {
    audit.recordNow(entry);
    try {
      return work.get();
    } catch (Fault fault) {
      audit.record(entry.ended(outcome(fault)));
      throw fault;
    }
  }

  private static Outcome outcome(Fault fault) {
    return fault instanceof Fault.Refused || fault instanceof Fault.NotFound
        ? Outcome.REFUSED
        : Outcome.FAILED;
  }
}
