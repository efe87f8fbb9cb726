package io.cordboard.web.ops;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands and what does not. Answers at once from what was seen last. Thread-safe. */
public interface HealthLines {
  /** Each part of the server, always in the same order. */
  List<Line> lines();

  /** What was counted last. */
  Figures figures();

  /** Whether this process can still do its work; when not, only a restart helps. */
  boolean alive();

  /**
   * One part.
   *
   * @param name stable, for scripts
   * @param detail what is wrong and how to mend it; null when all is well
   */
  record Line(String name, State state, @Nullable String detail) {}

  /**
   * Figures beside the lines; those of the database are the last known while it is away.
   *
   * @param callsLive calls whose mailbox is open
   * @param messagesWaiting messages that the ledger has not taken yet
   * @param work durable work to be done, {@code oldestWork} since when the oldest of it waits
   * @param recordingsWaiting recordings still on their switch
   * @param auditWaiting audit entries not written yet
   * @param diskFree bytes on the disk of the data directory
   */
  record Figures(
      int callsLive,
      int messagesWaiting,
      long work,
      @Nullable Instant oldestWork,
      long deadLetters,
      long recordingsWaiting,
      long recordingAlarms,
      int auditWaiting,
      long diskFree,
      List<ClockOf> clocks) {}

  /** How far a switch's clock is ahead of ours. */
  record ClockOf(String switchId, long aheadMillis) {}

  /** How a part stands. */
  enum State {
    UP,
    /** It works; somebody should look. */
    WARN,
    /** It does not work: the server is not ready. */
    DOWN
  }
}
