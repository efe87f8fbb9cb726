package io.cordboard.core.journey;

import io.cordboard.core.sync.Connections;
import io.cordboard.core.sync.Connections.File;
import io.cordboard.core.sync.Conversion.NumberForm;
import io.cordboard.core.sync.CrmStore;
import io.cordboard.core.sync.CrmStore.Row;
import io.cordboard.core.sync.CrmWatch;
import io.cordboard.core.sync.SyncStore;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What somebody works with who joins systems.
 *
 * @param changed makes what runs the same as what is kept
 * @param worker for what takes long
 */
public record CrmParts(
    Connections connections, CrmStore crms, SyncStore sync, CrmWatch watch, NumberForm numbers, Audit audit,
    Clock clock, Executor worker, Runnable changed) {

  Row row(String name) {
    return crms.find(name)
        .orElseThrow(() -> new Fault.NotFound("There is no connection '%s'.".formatted(Fault.excerpt(name))));
  }

  /** Asks a system by a connection of its own, so that nothing that runs is held up. */
  <T> T ask(Row row, Function<Crm, T> asking) {
    File file = connections.file(row.file(), row.name());
    try (Crm crm =
        connections.adapter(row.adapter()).open(file.config(row.settings(), row.internal(), clock))) {
      return asking.apply(crm);
    }
  }

  /** Goes on only where it may be done and stands in the audit. */
  void audited(Principal who, String what, String name, Map<String, String> details) {
    who.mustHave(Permission.CONNECT_SYSTEMS);
    audit.recordNow(new AuditEntry(who.auditName(), what, "crm:" + name, Outcome.DONE, null, details));
  }
}
