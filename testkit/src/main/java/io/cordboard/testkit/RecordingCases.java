package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingPaused;
import io.cordboard.kernel.CallEvent.RecordingResumed;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.Recorder;
import io.cordboard.spi.telephony.Recorder.Tracks;
import io.cordboard.testkit.SwitchHarness.Able;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two synchronous tracks of a leg. */
interface RecordingCases {
  Duration A_WHILE = Duration.ofMillis(1500);

  SwitchRig rig();

  @Test
  default void aRecordingIsStartedPausedResumedStoppedAndFetched(@TempDir Path directory) {
    needsCalls();
    LegKey leg = rig().talks();
    Await.done(rig().control().musicOn(leg));
    String name = rig().fresh("rec");

    twice(() -> Await.done(rig().recorder().startRecording(leg, name)));
    rig().log().event(leg, RecordingStarted.class);
    rig().harness().pass(A_WHILE);
    twice(() -> Await.done(rig().recorder().pauseRecording(leg, name)));
    rig().log().event(leg, RecordingPaused.class);
    rig().harness().pass(A_WHILE);
    twice(() -> Await.done(rig().recorder().resumeRecording(leg, name)));
    rig().log().event(leg, RecordingResumed.class);
    rig().harness().pass(A_WHILE);
    twice(() -> Await.done(rig().recorder().stopRecording(leg, name)));
    rig().log().event(leg, RecordingEnded.class);

    assertTracks(Await.done(rig().recorder().fetch(name, directory)));
    rig().end(leg);
    rig()
        .assertOnce(
            leg,
            RecordingStarted.class,
            RecordingPaused.class,
            RecordingResumed.class,
            RecordingEnded.class);
    assertThat(rig().log().event(leg, RecordingStarted.class).recording()).isEqualTo(name);
    assertThat(rig().log().event(leg, RecordingEnded.class).recording()).isEqualTo(name);
  }

  @Test
  default void aLegThatIsAloneAndHearsNothingIsRecordedAsALeftMessageIs(@TempDir Path directory) {
    needsCalls();
    LegKey leg = rig().talks();
    String name = rig().fresh("rec");
    Await.done(rig().recorder().startRecording(leg, name));
    rig().log().event(leg, RecordingStarted.class);
    rig().harness().pass(A_WHILE.multipliedBy(2));
    rig().harness().callerHangsUp(leg);

    rig().log().event(leg, RecordingEnded.class);
    Wav says = Wav.read(Await.done(rig().recorder().fetch(name, directory)).says());
    assertThat(says.samples().length / (double) says.rate()).isBetween(2.0, 4.0);
  }

  @Test
  default void aHangUpCompletesTheRecording(@TempDir Path directory) {
    needsCalls();
    LegKey leg = rig().talks();
    Await.done(rig().control().musicOn(leg));
    String name = rig().fresh("rec");
    Await.done(rig().recorder().startRecording(leg, name));
    rig().log().event(leg, RecordingStarted.class);
    rig().harness().pass(A_WHILE);
    rig().harness().callerHangsUp(leg);

    rig().log().event(leg, LegEnded.class);
    rig().log().event(leg, RecordingEnded.class);
    assertTracks(Await.done(rig().recorder().fetch(name, directory)));
  }

  @Test
  default void aLegMayBeRecordedAgainUnderAnotherName(@TempDir Path directory) {
    needsCalls();
    LegKey leg = rig().talks();
    Await.done(rig().control().musicOn(leg));
    for (String name : List.of(rig().fresh("rec"), rig().fresh("rec"))) {
      Await.done(rig().recorder().startRecording(leg, name));
      rig().harness().pass(A_WHILE);
      Await.done(rig().recorder().stopRecording(leg, name));
      rig().log().event(RecordingEnded.class, ended -> ended.recording().equals(name));
      assertTracks(Await.done(rig().recorder().fetch(name, directory)));
    }
    rig().end(leg);
  }

  @Test
  default void aRecordingIsDeletedOnceAndMayBeDeletedAgain(@TempDir Path directory) {
    needsCalls();
    LegKey leg = rig().talks();
    Await.done(rig().control().musicOn(leg));
    String name = rig().fresh("rec");
    Await.done(rig().recorder().startRecording(leg, name));
    rig().harness().pass(A_WHILE);
    Await.done(rig().recorder().stopRecording(leg, name));
    rig().log().event(leg, RecordingEnded.class);

    twice(() -> Await.done(rig().recorder().delete(name)));
    Await.failed(rig().recorder().fetch(name, directory), Fault.NotFound.class);
    Await.done(rig().recorder().delete(rig().fresh("rec")));
  }

  @Test
  default void namesThatAreNoNamesAreRefused(@TempDir Path directory) {
    needsCalls();
    LegKey leg = rig().talks();
    Recorder recorder = rig().recorder();
    for (String bad : List.of("", "../x", "a/b", "a.wav", "录音", "a b", "x".repeat(81), "a\n")) {
      Await.failed(recorder.startRecording(leg, bad), Fault.BadRequest.class);
      Await.failed(recorder.pauseRecording(leg, bad), Fault.BadRequest.class);
      Await.failed(recorder.resumeRecording(leg, bad), Fault.BadRequest.class);
      Await.failed(recorder.stopRecording(leg, bad), Fault.BadRequest.class);
      Await.failed(recorder.fetch(bad, directory), Fault.BadRequest.class);
      Await.failed(recorder.delete(bad), Fault.BadRequest.class);
    }
    Await.failed(recorder.fetch(rig().fresh("never"), directory), Fault.NotFound.class);
    assertThat(directory).isEmptyDirectory();
  }

  private void needsCalls() {
    rig().needs(Capability.RECORDER, Capability.LEG_CONTROL);
    rig().needs(Able.CALLS);
  }

  private static void assertTracks(Tracks tracks) {
    Wav says = Wav.read(tracks.says());
    Wav hears = Wav.read(tracks.hears());
    assertThat(hears.rate()).isEqualTo(says.rate()).isPositive();
    assertThat(hears.samples()).hasSameSizeAs(says.samples()).isNotEmpty();
  }

  private static void twice(Runnable step) {
    step.run();
    step.run();
  }
}
