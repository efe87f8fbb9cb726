package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Records a leg in two synchronous tracks: what its far end says, and what it hears. Names are ours,
 * {@code [A-Za-z0-9_-]{1,80}}; anything else is {@code BadRequest}.
 */
public interface Recorder {
  /**
   * Starts; {@code RecordingStarted} follows, and {@code RecordingSilent} where the switch loses a side
   * and the adapter can tell.
   */
  CompletionStage<Void> startRecording(LegKey leg, String recording);

  /** Writes silence on both tracks from now on; {@code RecordingPaused} follows. */
  CompletionStage<Void> pauseRecording(LegKey leg, String recording);

  /** Writes both sides again; {@code RecordingResumed} follows. */
  CompletionStage<Void> resumeRecording(LegKey leg, String recording);

  /** Ends; {@code RecordingEnded} follows when the files are complete. It also follows a hang-up. */
  CompletionStage<Void> stopRecording(LegKey leg, String recording);

  /**
   * Copies the finished tracks into a directory of ours, repairing what a dead switch left unfinished.
   * Both files are WAV, 16-bit PCM mono of one rate and length.
   */
  CompletionStage<Tracks> fetch(String recording, Path directory);

  /** Deletes the tracks on the switch; unknown ones are a success. */
  CompletionStage<Void> delete(String recording);

  /**
   * The two tracks of a recording.
   *
   * @param says what the leg's far end said; null when the switch has nothing of it
   * @param hears what it heard
   */
  record Tracks(@Nullable Path says, @Nullable Path hears) {}
}
