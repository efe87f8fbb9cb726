package io.cordboard.core.call.recording;

import io.cordboard.core.call.recording.Alarm.Code;
import io.cordboard.core.call.recording.Alarm.Finding;
import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with a recording that looks right: a track that nobody fed, time that was not
 * written. Switches do both without a word.
 */
final class TrackCheck {
  private static final long SHORTEST_JUDGED_MILLIS = 1_000;
  private static final long SILENT_TAIL_MILLIS = 10_000;
  private static final long APART_MILLIS = 200;
  private static final long MISSING_MILLIS = 1_000;

  private static final Side SAYS =
      new Side(Code.SAYS_MISSING, Code.SAYS_SILENT, Code.SAYS_SILENT_FROM);
  private static final Side HEARS =
      new Side(Code.HEARS_MISSING, Code.HEARS_SILENT, Code.HEARS_SILENT_FROM);

  private TrackCheck() {}

  /** What can be wrong with a side. */
  private record Side(Code missing, Code silent, Code silentFrom) {}

  /** What somebody should know; null when all is well. */
  static @Nullable Alarm alarm(RecordingRow row, Tracks tracks, Written written) {
    List<Finding> findings = new ArrayList<>();
    if (row.state() == State.PARTIAL) {
      findings.add(Code.PARTIAL.finding());
    }
    if (row.silent() != null) {
      findings.add(
          switch (row.silent()) {
            case SAYS -> Code.SAYS_FELL_SILENT.finding();
            case HEARS -> Code.HEARS_FELL_SILENT.finding();
          });
    }
    if (written.frames() == 0) {
      findings.add(Code.EMPTY.finding());
    }
    if (written.millis() >= SHORTEST_JUDGED_MILLIS) {
      judge(SAYS, tracks.says() != null, written.says(), written.hears(), written)
          .ifPresent(findings::add);
      if (!row.message()) {
        // who leaves a message hears nothing
        judge(HEARS, tracks.hears() != null, written.hears(), written.says(), written)
            .ifPresent(findings::add);
      }
    }
    judgeLengths(row, written, findings);
    return findings.isEmpty() ? null : new Alarm(findings);
  }

  private static Optional<Finding> judge(
      Side side, boolean there, Loudness mine, Loudness other, Written written) {
    if (!there) {
      return Optional.of(side.missing().finding());
    }
    if (mine.isSilent()) {
      return Optional.of(side.silent().finding());
    }
    // silence of both sides at the end is a pause, or a talk that was over
    long tail = (mine.silentTail() - other.silentTail()) * 1000 / written.rate();
    if (tail < SILENT_TAIL_MILLIS) {
      return Optional.empty();
    }
    long from = written.millis() - mine.silentTail() * 1000 / written.rate();
    return Optional.of(side.silentFrom().finding(from / 1000));
  }

  private static void judgeLengths(RecordingRow row, Written written, List<Finding> findings) {
    long apart = written.apartFrames() * 1000 / written.rate();
    if (apart > APART_MILLIS && !row.message()) {
      findings.add(Code.TRACKS_APART.finding(apart));
    }
    if (row.startedAt() > 0 && row.endedAt() > row.startedAt()) {
      long missing = (row.endedAt() - row.startedAt()) / 1000 - written.millis();
      if (missing > MISSING_MILLIS) {
        findings.add(Code.TALK_MISSING.finding(missing));
      }
    }
  }
}
