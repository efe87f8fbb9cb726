package io.cordboard.core.call.recording;

import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkSource;
import io.cordboard.kernel.Clock;
import java.util.List;

/**
 * The life of recordings after the call, ready to be given to a {@link
 * io.cordboard.core.work.WorkRunner}: its source and its handlers. Wake the runner whenever the
 * ledger wrote a recording.
 */
public final class Recordings {
  private static final int AT_ONCE = 200;

  private final RecordingStore store;
  private final Clock clock;
  private final RecordingReader reader;
  private final List<WorkHandler> handlers;

  public Recordings(RecordingStore store, Recorders recorders, Vault vault, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.reader = new VerifiedReader(store, vault, clock);
    this.handlers =
        List.of(
            new FetchRecording(store, recorders, vault, clock),
            new DeleteOnSwitch(store, recorders, reader));
  }

  /**
   * Finds recordings that are over on their switch, also those of an earlier run of the product.
   */
  public WorkSource source() {
    return () -> store.handOver(AT_ONCE, clock.micros(), FetchRecording::work) == AT_ONCE;
  }

  /** Fetch them, and delete them on the switch. */
  public List<WorkHandler> handlers() {
    return handlers;
  }

  /** Opens them for playing. */
  public RecordingReader reader() {
    return reader;
  }
}
