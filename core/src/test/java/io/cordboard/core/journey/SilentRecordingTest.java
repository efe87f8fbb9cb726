package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.DeskCommand;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.Track;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recording of which the switch loses one side is begun anew while the talk goes on. */
class SilentRecordingTest {
  private final Floor floor = new Floor();
  private Floor.Talking talk;

  @BeforeEach
  void aRecordedTalk() {
    floor.link().ready(ANN);
    talk = floor.recordedTalk();
    runs();
  }

  private void runs() {
    floor.event(new CallEvent.RecordingStarted(talk.customer(), floor.tick(), newest()));
  }

  private void silent(String name) {
    silent(name, Track.HEARS);
  }

  private void silent(String name, Track track) {
    floor.event(new CallEvent.RecordingSilent(talk.customer(), floor.tick(), name, track));
  }

  private void ends(String name) {
    floor.event(new CallEvent.RecordingEnded(talk.customer(), floor.tick(), name));
  }

  private List<String> starts() {
    return floor.pbx.commands(SwitchCommand.StartRecording.class).stream()
        .map(SwitchCommand.StartRecording::recording)
        .toList();
  }

  private List<String> stops() {
    return floor.pbx.commands(SwitchCommand.StopRecording.class).stream()
        .map(SwitchCommand.StopRecording::recording)
        .toList();
  }

  private String newest() {
    return starts().getLast();
  }

  @Test
  void itIsStoppedAndTheNextOneBeginsWhenItHasEnded() {
    String first = newest();
    silent(first);
    assertThat(stops()).containsExactly(first);
    assertThat(starts()).containsExactly(first);
    ends(first);
    assertThat(starts()).hasSize(2).doesNotHaveDuplicates();
    assertThat(floor.store.recordings.get(first).silent()).isEqualTo(Track.HEARS);

    runs();
    String second = newest();
    floor.hangsUp(talk.customer());
    ends(second);
    assertThat(starts()).hasSize(2);
    assertThat(floor.store.recordings.get(second).state()).isEqualTo("ON_SWITCH");
    assertThat(floor.store.recordings.get(second).silent()).isNull();
  }

  @Test
  void whereItDoesNotHelpItIsNotCutInEverMorePieces() {
    silent(newest());
    ends(newest());
    runs();
    String second = newest();
    silent(second);
    assertThat(stops()).hasSize(1).doesNotContain(second);
    assertThat(floor.store.recordings.get(second).silent()).isEqualTo(Track.HEARS);
  }

  @Test
  void theOtherSidesLossIsMendedToo() {
    silent(newest(), Track.HEARS);
    ends(newest());
    runs();
    String second = newest();
    silent(second, Track.SAYS);
    assertThat(stops()).hasSize(2).endsWith(second);
    ends(second);
    runs();
    silent(newest(), Track.HEARS);
    assertThat(stops()).hasSize(2);
    assertThat(starts()).hasSize(3);
  }

  @Test
  void whereAPauseWasAskedForMeanwhileNothingBegins() {
    String first = newest();
    silent(first);
    floor.command(ANN, new DeskCommand.PauseRecording(talk.call().toString()));
    ends(first);
    assertThat(starts()).containsExactly(first);
  }

  @Test
  void anEndWithNobodyAtThePhoneBeginsNothing() {
    String first = newest();
    silent(first);
    floor.device("2001", DeviceState.UNREGISTERED);
    ends(first);
    assertThat(starts()).containsExactly(first);
  }

  @Test
  void aStopThatDiedWithUsIsOrderedAnew() {
    String first = newest();
    silent(first);
    floor.kill();
    floor.pbx.forgetCommands();
    floor.boot();
    String bridge = "b-" + talk.call();
    floor.pbx.linkUp(
        new SwitchSnapshot(
            floor.clock.micros(),
            List.of(
                new LiveLeg(talk.customer(), true, bridge, null),
                new LiveLeg(talk.agent(), true, bridge, null)),
            Map.of("2001", DeviceState.IDLE),
            List.of(first)));
    floor.step();
    assertThat(stops()).containsExactly(first);
    ends(first);
    assertThat(starts()).hasSize(1).doesNotContain(first);
  }
}
