package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.RECORDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.desk.CallView.Recording;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where silence was asked for, nothing is recorded: whatever fails, whoever dies. */
class RecordingPauseTest {
  private final Floor floor = new Floor();
  private Floor.Talking talk;
  private String name;

  @BeforeEach
  void aRecordedTalk() {
    floor.link().ready(ANN);
    talk = floor.recordedTalk();
    name = starts().getLast().recording();
  }

  private void runs() {
    floor.event(new CallEvent.RecordingStarted(talk.customer(), floor.tick(), name));
  }

  private List<SwitchCommand.StartRecording> starts() {
    return floor.pbx.commands(SwitchCommand.StartRecording.class);
  }

  private void pause() {
    floor.command(ANN, new DeskCommand.PauseRecording(talk.call().toString()));
  }

  private void resume() {
    floor.command(ANN, new DeskCommand.ResumeRecording(talk.call().toString()));
  }

  private Recording shown() {
    return floor.shown(ANN).get(talk.call().toString()).recording();
  }

  /** Cordboard is killed and comes back; the talk and these recordings went on. */
  private void killed(String... recordings) {
    floor.kill();
    floor.clock.advance(Duration.ofSeconds(8));
    floor.pbx.forgetCommands();
    floor.boot();
    linked(recordings);
    floor.open(ANN, "c-1");
  }

  private void linked(String... recordings) {
    String bridge = "b-" + talk.call();
    floor.pbx.linkUp(
        new SwitchSnapshot(
            floor.clock.micros(),
            List.of(
                new LiveLeg(talk.customer(), true, bridge, null),
                new LiveLeg(talk.agent(), true, bridge, null)),
            Map.of("2001", DeviceState.IDLE, "2002", DeviceState.IDLE),
            List.of(recordings)));
    floor.step();
  }

  @Test
  void aPausedRecordingIsPausedAgainAfterAKill() {
    runs();
    pause();
    killed(name);
    assertThat(floor.pbx.commands(SwitchCommand.PauseRecording.class))
        .extracting(SwitchCommand.PauseRecording::recording)
        .containsExactly(name);
    assertThat(floor.pbx.commands(SwitchCommand.ResumeRecording.class)).isEmpty();
    assertThat(starts()).isEmpty();
    floor.event(new CallEvent.RecordingPaused(talk.customer(), floor.tick(), name));
    assertThat(shown()).isEqualTo(Recording.PAUSED);
  }

  @Test
  void aRecordingThatRanIsNotPausedByAKill() {
    runs();
    killed(name);
    assertThat(floor.pbx.commands(SwitchCommand.PauseRecording.class)).isEmpty();
    assertThat(starts()).isEmpty();
    assertThat(shown()).isEqualTo(Recording.RECORDED);
  }

  @Test
  void aPauseOrderedBeforeTheRecordingBeganHoldsWhenItBegins() {
    floor.pbx.next(SwitchCommand.PauseRecording.class).fails(new Fault.NotFound("not yet"));
    pause();
    runs();
    assertThat(floor.pbx.commands(SwitchCommand.PauseRecording.class)).hasSizeGreaterThan(1);
  }

  @Test
  void aPauseThatTheSwitchRefusesStopsTheRecording() {
    runs();
    floor.pbx.next(SwitchCommand.PauseRecording.class).fails(new Fault.Refused("cannot"));
    pause();
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class))
        .extracting(SwitchCommand.StopRecording::recording)
        .containsExactly(name);
    floor.event(new CallEvent.RecordingEnded(talk.customer(), floor.tick(), name));
    assertThat(shown()).isEqualTo(Recording.PAUSED);
    resume();
    assertThat(starts()).hasSize(2);
    assertThat(starts().getLast().recording()).isNotEqualTo(name);
  }

  @Test
  void aPauseAskedWhileTheLinkIsLostIsOrderedWhenItIsBack() {
    runs();
    floor.pbx.linkDown();
    floor.pbx.next(SwitchCommand.PauseRecording.class).fails(new Fault.Unreachable("lost", null));
    floor.pbx.next(SwitchCommand.StopRecording.class).fails(new Fault.Unreachable("lost", null));
    pause();
    assertThat(shown()).as("it records still").isEqualTo(Recording.RECORDED);
    floor.pbx.forgetCommands();
    linked(name);
    assertThat(floor.pbx.commands(SwitchCommand.PauseRecording.class)).hasSize(1);
  }

  @Test
  void anOrderThatDiedWithUsIsGivenAnew() {
    killed();
    assertThat(starts()).hasSize(1);
    assertThat(starts().getLast().recording()).isNotEqualTo(name);
  }

  @Test
  void noOrderIsGivenAnewWherePauseWasAskedFor() {
    runs();
    pause();
    killed();
    assertThat(starts()).isEmpty();
    assertThat(floor.store.recordings.get(name).state()).isEqualTo("ON_SWITCH");
  }

  @Test
  void aRecordingWhoseBeginningWasNotSeenIsKept() {
    killed(name);
    floor.hangsUp(talk.customer());
    floor.event(new CallEvent.RecordingEnded(talk.customer(), floor.tick(), name));
    assertThat(floor.store.recordings.get(name).state()).isEqualTo("ON_SWITCH");
  }

  @Test
  void aRestartOfTheSwitchLeavesItsRecordingsPartial() {
    runs();
    floor.pbx.linkDown();
    floor.pbx.restart();
    floor.link();
    assertThat(floor.store.recordings.get(name).state()).isEqualTo("PARTIAL");
  }

  @Test
  void aCustomerOnHoldIsNotHeardByWhomTheAgentConsults() {
    runs();
    floor.command(ANN, new DeskCommand.Hold(talk.call().toString()));
    assertThat(floor.pbx.commands(SwitchCommand.StartRecording.class))
        .as("only the customer's leg is ever recorded")
        .extracting(SwitchCommand.StartRecording::leg)
        .containsOnly(talk.customer());
  }
}
