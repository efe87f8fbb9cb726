package io.cordboard.core.call.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.recording.RecordingRow.State;
import io.cordboard.core.call.recording.StereoFile.Written;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.kernel.CallId;
import io.cordboard.spi.telephony.Recorder.Tracks;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackCheckTest {
  private static final int RATE = 8_000;
  private static final Tracks BOTH = new Tracks(Path.of("says"), Path.of("hears"));

  @Test
  void twoTracksWithSoundAreWell() {
    assertThat(check(sound(30, 0), sound(30, 0))).isNull();
  }

  @Test
  void aTrackThatNobodyFedIsTold() {
    assertThat(check(sound(30, 0), silence(30)))
        .isEqualTo("What the customer hears is silent throughout.");
    assertThat(check(silence(30), sound(30, 0)))
        .isEqualTo("What the customer says is silent throughout.");
  }

  @Test
  void whoLeavesAMessageHearsNothingAndThatIsNoAlarm() {
    RecordingRow message =
        new RecordingRow(
            "v-1", new CallId(new UUID(1, 1)), 0, null, "demo", 0, 0, State.ON_SWITCH, null, null,
            null);
    Written written = written(sound(30, 0), silence(30), 4_000);
    assertThat(TrackCheck.alarm(message, new Tracks(Path.of("says"), null), written)).isNull();
    assertThat(words(TrackCheck.alarm(message, BOTH, written(silence(30), silence(30), 0))))
        .isEqualTo("What the customer says is silent throughout.");
  }

  @Test
  void aTrackThatFallsSilentForGoodIsTold() {
    assertThat(check(sound(60, 0), sound(60, 19)))
        .isEqualTo("What the customer hears is silent from 41 s to the end.");
  }

  @Test
  void aPauseBeforeTheEndIsNoFault() {
    assertThat(check(sound(60, 20), sound(60, 20))).isNull();
    assertThat(check(sound(60, 0), sound(60, 9))).isNull();
  }

  @Test
  void whatIsTooShortToJudgeIsNotJudged() {
    assertThat(check(silence(0.5), sound(0.5, 0))).isNull();
  }

  @Test
  void aMissingTrackIsTold() {
    Written written = written(sound(5, 0), silence(5), 0);
    assertThat(
            words(
                TrackCheck.alarm(
                    row(State.ON_SWITCH, 0), new Tracks(Path.of("says"), null), written)))
        .isEqualTo("What the customer hears is missing.");
  }

  @Test
  void anEmptyRecordingIsTold() {
    assertThat(check(silence(0), silence(0))).isEqualTo("It is empty.");
  }

  @Test
  void aPartialRecordingIsTold() {
    Written written = written(sound(5, 0), sound(5, 0), 0);
    assertThat(words(TrackCheck.alarm(row(State.PARTIAL, 0), BOTH, written)))
        .startsWith("It is partial");
  }

  @Test
  void aTrackThatTheSwitchLostIsToldHoweverShortItsSilence() {
    assertThat(
            words(
                TrackCheck.alarm(
                    row(State.ON_SWITCH, 0, Track.HEARS),
                    BOTH,
                    written(sound(20, 0), sound(20, 6), 0))))
        .isEqualTo("What the customer hears fell silent on the switch while the talk went on.");
  }

  @Test
  void tracksOfDifferentLengthsAreToldBeyondAFifthOfASecond() {
    assertThat(alarmApart(1_600)).isNull();
    assertThat(alarmApart(1_608)).isEqualTo("The tracks differ by 201 ms.");
  }

  @Test
  void timeThatWasNotWrittenIsToldBeyondASecond() {
    assertThat(alarmOfTalk(31_000)).isNull();
    assertThat(alarmOfTalk(35_000)).isEqualTo("5000 ms of the talk are missing.");
    assertThat(alarmOfTalk(20_000)).isNull();
  }

  private static @Nullable String alarmApart(long frames) {
    Written written = written(sound(30, 0), sound(30, 0), frames);
    return words(TrackCheck.alarm(row(State.ON_SWITCH, 0), BOTH, written));
  }

  private static @Nullable String alarmOfTalk(long millis) {
    Written written = written(sound(30, 0), sound(30, 0), 0);
    return words(TrackCheck.alarm(row(State.ON_SWITCH, millis), BOTH, written));
  }

  private static @Nullable String check(short[] says, short[] hears) {
    return words(TrackCheck.alarm(row(State.ON_SWITCH, 0), BOTH, written(says, hears, 0)));
  }

  private static @Nullable String words(@Nullable Alarm alarm) {
    return alarm == null ? null : alarm.words();
  }

  private static Written written(short[] says, short[] hears, long apart) {
    return new Written(
        new byte[32],
        44L + 4L * says.length,
        RATE,
        says.length,
        apart,
        loudness(says),
        loudness(hears));
  }

  private static Loudness loudness(short[] samples) {
    Loudness loudness = new Loudness();
    for (short sample : samples) {
      loudness.take(sample);
    }
    return loudness;
  }

  private static RecordingRow row(State state, long millis) {
    return row(state, millis, null);
  }

  private static RecordingRow row(State state, long millis, @Nullable Track silent) {
    long start = millis == 0 ? 0 : 1_000_000;
    return new RecordingRow(
        "r",
        new CallId(new UUID(1, 1)),
        1,
        new AgentId(new UUID(1, 2)),
        "demo",
        start,
        start + millis * 1_000,
        state,
        null,
        null,
        silent);
  }

  private static short[] silence(double seconds) {
    return new short[(int) (seconds * RATE)];
  }

  private static short[] sound(double seconds, double silentAtTheEnd) {
    short[] samples = silence(seconds);
    for (int i = 0; i < (seconds - silentAtTheEnd) * RATE; i++) {
      samples[i] = (short) (i % 2 == 0 ? 1_000 : -1_000);
    }
    return samples;
  }
}
