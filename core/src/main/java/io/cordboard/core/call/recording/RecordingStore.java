package io.cordboard.core.call.recording;

import io.cordboard.core.call.recording.RecordingRow.StoredFile;
import io.cordboard.core.work.NewWork;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of recordings. Thread-safe; throws {@link Fault.Unreachable} while the database is
 * away.
 */
public interface RecordingStore {
  /**
   * Turns recordings that are over on their switch into work, each once, together with the mark
   * that it was done.
   *
   * @param most how many at a time
   * @return how many it were
   */
  int handOver(int most, long now, Function<RecordingRow, NewWork> work);

  /** A recording. */
  Optional<RecordingRow> byName(String name);

  /** The recordings of a call, by segment and start. */
  List<RecordingRow> ofCall(CallId call);

  /**
   * It is here now; in the same transaction, what is to be done next. Repeating it changes nothing.
   *
   * @param alarm what the check of the tracks found; null when all is well
   */
  void stored(String name, StoredFile file, long at, @Nullable Alarm alarm, NewWork next);

  /** The switch does not have it; the alarm says why. No change once it is stored. */
  void lost(String name, Alarm alarm, long at);

  /** Raises an alarm, in place of an earlier one; the same one again is not newer. */
  void alarm(String name, Alarm alarm, long at);

  /**
   * It cannot be fetched at the moment, for a reason that is not its own: shown as its alarm until
   * it is here.
   */
  void waits(String name, Alarm alarm, long at);

  /** How many recordings carry an alarm, and how many wait to be fetched. */
  Counts counts();

  /** For health and metrics. */
  record Counts(long alarms, long waiting) {}
}
