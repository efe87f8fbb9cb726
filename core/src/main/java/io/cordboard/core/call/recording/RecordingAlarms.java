package io.cordboard.core.call.recording;

import io.cordboard.kernel.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recordings that somebody should look at, and how others were dealt with. Thread-safe; throws {@link
 * Fault.Unreachable} while the database is away.
 */
public interface RecordingAlarms {
  /**
   * Alarms that nobody has seen to, the newest first.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Alarmed> open(@Nullable Position after, int most);

  /**
   * Those that somebody saw to, the one that was settled last first; without those whose recording is
   * no more, which are kept all the same.
   */
  List<Alarmed> settled(@Nullable Position after, int most);

  /**
   * Somebody has seen to an alarm: the recording carries it no more.
   *
   * @param raisedAt of the alarm that was looked at
   * @throws Fault.NotFound when there is no such recording
   * @throws Fault.Refused when somebody settled it before, or the recording carries another alarm by now
   */
  void settle(String recording, long raisedAt, Settlement how);

  /** Where an alarm stands in its list. */
  record Position(long at, String recording) {}

  /**
   * An alarm and where it comes from.
   *
   * @param recording as it is now; once this alarm is settled the recording carries none, or a later
   *     one
   * @param raisedAt microseconds UTC
   * @param line that was called; null while the call has no record
   * @param settlement null while nobody has seen to it
   */
  record Alarmed(
      RecordingRow recording,
      Alarm alarm,
      long raisedAt,
      @Nullable String line,
      @Nullable String queue,
      @Nullable Settlement settlement) {
    /** Its place in the list of open or of settled ones. */
    public Position position() {
      return new Position(settlement == null ? raisedAt : settlement.at(), recording.name());
    }
  }

  /**
   * How it was dealt with.
   *
   * @param by as the audit names it
   * @param measure what was found or done, in words
   */
  record Settlement(String by, String measure, long at) {}
}
