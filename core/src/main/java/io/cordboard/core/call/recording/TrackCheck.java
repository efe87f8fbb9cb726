package io.cordboard.core.call.recording;

import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.util.ArrayList;
import java.util.List;
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

  private TrackCheck() {}

  /** What somebody should know, in words; null when all is well. */
  static @Nullable String alarm(RecordingRow row, Tracks tracks, Written written) {
    List<String> alarms = new ArrayList<>();
    if (row.state() == State.PARTIAL) {
      alarms.add("It is partial: the switch or the link to it was lost.");
    }
    if (written.frames() == 0) {
      alarms.add("It is empty.");
    }
    if (written.millis() >= SHORTEST_JUDGED_MILLIS) {
      judge("says", tracks.says() != null, written.says(), written.hears(), written, alarms);
      judge("hears", tracks.hears() != null, written.hears(), written.says(), written, alarms);
    }
    judgeLengths(row, written, alarms);
    return alarms.isEmpty() ? null : String.join(" ", alarms);
  }

  private static void judge(
      String track,
      boolean there,
      Loudness mine,
      Loudness other,
      Written written,
      List<String> alarms) {
    if (!there) {
      alarms.add("What the customer %s is missing.".formatted(track));
    } else if (mine.isSilent()) {
      alarms.add("What the customer %s is silent throughout.".formatted(track));
    } else {
      // silence of both sides at the end is a pause, or a talk that was over
      long tail = (mine.silentTail() - other.silentTail()) * 1000 / written.rate();
      if (tail >= SILENT_TAIL_MILLIS) {
        long from = written.millis() - mine.silentTail() * 1000 / written.rate();
        alarms.add(
            "What the customer %s is silent from %d s to the end.".formatted(track, from / 1000));
      }
    }
  }

  private static void judgeLengths(RecordingRow row, Written written, List<String> alarms) {
    long apart = written.apartFrames() * 1000 / written.rate();
    if (apart > APART_MILLIS) {
      alarms.add("The tracks differ by %d ms.".formatted(apart));
    }
    if (row.startedAt() > 0 && row.endedAt() > row.startedAt()) {
      long missing = (row.endedAt() - row.startedAt()) / 1000 - written.millis();
      if (missing > MISSING_MILLIS) {
        alarms.add("%d ms of the talk are missing.".formatted(missing));
      }
    }
  }
}
