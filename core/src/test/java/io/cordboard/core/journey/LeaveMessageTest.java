package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.CALLER;
import static io.cordboard.core.journey.Floor.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.DeskCommand;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Line.Voicemail;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import io.cordboard.testkit.SwitchCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller whom nobody can take leaves a message, which becomes a task. */
class LeaveMessageTest {
  private static final Line.Notice WORDS =
      new Line.Notice("v1", "zh-CN", "请在提示音后留言，留言将被录音。");

  private final Floor floor = new Floor();

  @BeforeEach
  void aLineThatTakesMessages() {
    floor.withLine(
        PLAIN,
        now ->
            new Line.Access(
                now.hours(), now.closed(), now.mostWaiting(), now.full(), now.priority(),
                new Voicemail(WORDS, 60, 2, "5")));
    floor.link();
  }

  /** Nobody is there: the caller hears the words. */
  private LegKey arrives() {
    LegKey customer = floor.arrives(PLAIN);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    return customer;
  }

  private void heard(LegKey customer, String playId) {
    floor.event(new CallEvent.AnnouncementEnded(customer, floor.tick(), playId, true));
  }

  private void wordsHeard(LegKey customer) {
    SwitchCommand.Announce said = floor.pbx.commands(SwitchCommand.Announce.class).getLast();
    assertThat(said.announcement().text()).isEqualTo(WORDS.text());
    heard(customer, said.playId());
  }

  /** The words and the tone are over, and the recording runs. */
  private String speaks(LegKey customer) {
    wordsHeard(customer);
    heard(customer, floor.pbx.commands(SwitchCommand.Beep.class).getLast().playId());
    String name = started().getLast().recording();
    floor.event(new CallEvent.RecordingStarted(customer, floor.tick(), name));
    return name;
  }

  private List<SwitchCommand.StartRecording> started() {
    return floor.pbx.commands(SwitchCommand.StartRecording.class);
  }

  private void hangsUpAfter(LegKey customer, String recording, Duration spoken) {
    floor.pass(spoken);
    floor.hangsUp(customer);
    floor.event(new CallEvent.RecordingEnded(customer, floor.tick(), recording));
  }

  private String reason() {
    assertThat(floor.store.tasks).hasSize(1);
    TaskChange.Missed task = (TaskChange.Missed) floor.store.tasks.getFirst();
    assertThat(task.number()).isEqualTo(CALLER);
    return task.reason();
  }

  private boolean letGo(LegKey customer) {
    return floor.pbx.commands(SwitchCommand.HangUp.class).stream()
        .anyMatch(end -> end.leg().equals(customer));
  }

  @Test
  void afterTheWordsAndTheToneTheCallerIsRecordedAndATaskTellsOfTheMessage() {
    LegKey customer = arrives();
    assertThat(started()).isEmpty();
    String name = speaks(customer);
    hangsUpAfter(customer, name, Duration.ofSeconds(8));
    assertThat(reason()).isEqualTo("voicemail");
    assertThat(floor.store.recordings.values())
        .extracting(CallRecord.Recording::name)
        .containsExactly(name);
    assertThat(floor.liveCalls()).isZero();
  }

  @Test
  void aMessageThatIsTooShortIsAMissedCall() {
    LegKey customer = arrives();
    hangsUpAfter(customer, speaks(customer), Duration.ofMillis(1500));
    assertThat(reason()).isEqualTo("missed");
  }

  @Test
  void whoHangsUpDuringTheWordsIsAMissedCall() {
    LegKey customer = arrives();
    floor.hangsUp(customer);
    assertThat(reason()).isEqualTo("missed");
    assertThat(started()).isEmpty();
  }

  @Test
  void afterTheLongestTimeTheCallerIsLetGo() {
    LegKey customer = arrives();
    String name = speaks(customer);
    floor.pass(Duration.ofSeconds(58));
    assertThat(letGo(customer)).isFalse();
    floor.pass(Duration.ofSeconds(3));
    assertThat(letGo(customer)).isTrue();
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class))
        .extracting(SwitchCommand.StopRecording::recording)
        .containsExactly(name);
    floor.event(new CallEvent.RecordingEnded(customer, floor.tick(), name));
    floor.hangsUp(customer);
    assertThat(reason()).isEqualTo("voicemail");
  }

  @Test
  void keysDuringTheMessageLeadNowhereButTheOneThatEndsIt() {
    LegKey customer = arrives();
    speaks(customer);
    for (String key : List.of("1", "5", "9", "*")) {
      floor.event(new CallEvent.DigitPressed(customer, floor.tick(), key));
    }
    assertThat(letGo(customer)).isFalse();
    assertThat(floor.pbx.commands(SwitchCommand.StopRecording.class)).isEmpty();
    floor.event(new CallEvent.DigitPressed(customer, floor.tick(), "#"));
    assertThat(letGo(customer)).isTrue();
  }

  @Test
  void whoWaitsMayPressTheKeyAndLeaveAMessage() {
    floor.ready(ANN);
    floor.command(ANN, new DeskCommand.NotReady("lunch"));
    LegKey customer = floor.arrives(PLAIN);
    floor.event(new CallEvent.LegAnswered(customer, floor.tick()));
    floor.event(new CallEvent.DigitPressed(customer, floor.tick(), "5"));
    hangsUpAfter(customer, speaks(customer), Duration.ofSeconds(5));
    assertThat(reason()).isEqualTo("voicemail");
    assertThat(floor.store.calls.values())
        .extracting(CallRecord::outcome)
        .containsExactly("MESSAGE");
  }

  @Test
  void aRestartDuringTheMessageCutsNothingAndMakesOneTask() {
    LegKey customer = arrives();
    String name = speaks(customer);
    floor.pass(Duration.ofSeconds(4));
    floor.kill();
    floor.boot();
    floor.pbx.linkUp(
        new SwitchSnapshot(
            floor.clock.micros(), List.of(new LiveLeg(customer, true, null, null)), Map.of(),
            List.of(name)));
    floor.step();
    assertThat(letGo(customer)).isFalse();
    assertThat(started()).hasSize(1);
    hangsUpAfter(customer, name, Duration.ofSeconds(1));
    assertThat(reason()).isEqualTo("voicemail");
  }
}
