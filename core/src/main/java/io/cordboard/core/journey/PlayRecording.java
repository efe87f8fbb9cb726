package io.cordboard.core.journey;

import io.cordboard.core.call.recording.RecordingReader;
import io.cordboard.core.call.recording.RecordingReader.OpenRecording;
import io.cordboard.core.call.recording.RecordingRow;
import io.cordboard.core.call.recording.RecordingStore;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;

/**
 * Somebody wants to hear a recording: only with the right to it, and never without a trace. The
 * only way to a recording's sound.
 */
public final class PlayRecording {
  private static final String PLAYED = "recording-played";

  private final RecordingStore recordings;
  private final RecordingReader reader;
  private final Audit audit;

  public PlayRecording(RecordingStore recordings, RecordingReader reader, Audit audit) {
    this.recordings = recordings;
    this.reader = reader;
    this.audit = audit;
  }

  /**
   * Opens it; the audit trail has it before the first byte is read.
   *
   * @throws Fault.Refused without the right, or when the file was damaged
   * @throws Fault.NotFound when there is no such recording, or it is not here yet
   * @throws Fault.Busy when the audit trail takes nothing
   */
  public OpenRecording open(Principal who, String name) {
    RecordingRow row = recordings.byName(name).orElseThrow(() -> unknown(name));
    checkRight(who, row);
    audit.recordNow(entry(who, row, AuditEntry.Outcome.DONE));
    try {
      return reader.open(name);
    } catch (Fault failed) {
      audit.record(entry(who, row, AuditEntry.Outcome.FAILED));
      throw failed;
    }
  }

  private void checkRight(Principal who, RecordingRow row) {
    if (!who.mayPlay(row.agent(), row.message())) {
      audit.record(entry(who, row, AuditEntry.Outcome.REFUSED));
      throw new Fault.Refused(
          "%s may not play this recording: it is not of an own call.".formatted(who.name()));
    }
  }

  private static AuditEntry entry(Principal who, RecordingRow row, AuditEntry.Outcome outcome) {
    return AuditEntry.of(who, PLAYED, "recording:" + row.name(), outcome)
        .within("call:" + row.call());
  }

  private static Fault.NotFound unknown(String name) {
    return new Fault.NotFound("There is no recording '%s'.".formatted(Fault.excerpt(name)));
  }
}
