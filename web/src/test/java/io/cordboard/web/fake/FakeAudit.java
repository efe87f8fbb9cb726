package io.cordboard.web.fake;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers entries; can be full. */
public final class FakeAudit implements Audit {
  private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
  private volatile boolean full;

  /** Takes nothing any more, or takes again. */
  public void full(boolean now) {
    full = now;
  }

  @Override
  public void record(AuditEntry entry) {
    if (full) {
      throw new Fault.Busy("The audit trail cannot keep up.", Duration.ofSeconds(5));
    }
    entries.add(entry);
  }

  @Override
  public void recordNow(AuditEntry entry) {
    record(entry);
  }

  /** Everything so far. */
  public List<AuditEntry> entries() {
    return List.copyOf(entries);
  }

  /** What was done so far, in order. */
  public List<String> actions() {
    return entries.stream().map(AuditEntry::what).toList();
  }
}
