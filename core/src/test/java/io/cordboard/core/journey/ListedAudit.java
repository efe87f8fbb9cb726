package io.cordboard.core.journey;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import java.util.ArrayList;
import java.util.List;

/** The audit as a list. */
final class ListedAudit implements Audit {
  final List<AuditEntry> entries = new ArrayList<>();

  @Override
  public void record(AuditEntry entry) {
    entries.add(entry);
  }

  @Override
  public void recordNow(AuditEntry entry) {
    entries.add(entry);
  }
}
