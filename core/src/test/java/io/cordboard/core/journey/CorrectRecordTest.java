package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static io.cordboard.core.journey.Floor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.desk.DeskCommand.Dispose;
import io.cordboard.core.desk.DeskCommand.Filled;
import io.cordboard.core.desk.DeskCommand.FinishWrapUp;
import io.cordboard.core.desk.DeskDoor.Correction;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last call is over and closed, and its agent finds that its outcome is wrong. */
class CorrectRecordTest {
  private final Floor floor = new Floor();
  private CallId call;

  @BeforeEach
  void annHasFinishedACall() {
    floor.directory =
        new Directory(
            floor.directory.lines(), floor.directory.queues(), floor.directory.agents(),
            List.of(
                new Directory.Disposition("solved", "已解决", "Solved"),
                new Directory.Disposition("sold", "成交", "Sold")));
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    call = talk.call();
    floor.hangsUp(talk.customer());
    floor.hangsUp(talk.agent());
    floor.command(ANN, new FinishWrapUp(call.toString(), "solved"));
    assertThat(floor.liveCalls()).isZero();
  }

  private CallRecord.Segment part() {
    return floor.store.segments.get(call + "/1");
  }

  @Test
  void theOutcomeIsChangedInTheRecordAndOnTheDesk() {
    floor.command(ANN, new Dispose(call.toString(), "sold"));
    assertThat(part().disposition()).isEqualTo("sold");
    assertThat(floor.shown(ANN).get(call.toString()).disposition()).isEqualTo("sold");
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void whatStoodThereIsKeptInTheAudit() {
    floor.command(ANN, new Dispose(call.toString(), "sold"));
    assertThat(floor.audit.entries)
        .filteredOn(entry -> entry.what().equals("disposition-corrected"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.subject()).isEqualTo("call:" + call);
              assertThat(entry.details()).containsEntry("before", "solved").containsEntry("now", "sold");
            });
  }

  @Test
  void anOutcomeThatIsNoneIsRefusedAndNothingChanges() {
    assertThatThrownBy(() -> floor.command(ANN, new Dispose(call.toString(), "nonsense")))
        .hasCauseInstanceOf(Fault.BadRequest.class);
    assertThat(part().disposition()).isEqualTo("solved");
  }

  @Test
  void anOlderCallIsCorrectedAndWhatStoodThereIsKept() {
    floor.correct(ANN, call, new Correction("sold", null, "They took two."));
    assertThat(part().disposition()).isEqualTo("sold");
    assertThat(floor.archive.find(call).orElseThrow().corrections())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.by()).isEqualTo(ANN);
              assertThat(one.before().disposition()).isEqualTo("solved");
            });
    assertThat(floor.audit.entries)
        .filteredOn(entry -> entry.what().equals("disposition-corrected"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("now", "sold +notes"));
  }

  @Test
  void whoDidNotTalkInItCorrectsNothing() {
    assertThatThrownBy(() -> floor.correct(BOB, call, new Correction("sold", null, null)))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining("did not talk");
    assertThat(part().disposition()).isEqualTo("solved");
    assertThat(floor.archive.find(call).orElseThrow().corrections()).isEmpty();
  }

  @Test
  void aCallThatIsNotClosedIsNotCorrected() {
    Floor.Talking talk = floor.talking();
    assertThatThrownBy(() -> floor.correct(ANN, talk.call(), new Correction("sold", null, null)))
        .hasCauseInstanceOf(Fault.Refused.class)
        .hasMessageContaining("not closed yet");
  }

  @Test
  void aCallThatNeverWasIsNotFound() {
    CallId never = new CallId(new java.util.UUID(1, 2));
    assertThatThrownBy(() -> floor.correct(ANN, never, new Correction("sold", null, null)))
        .hasCauseInstanceOf(Fault.NotFound.class);
  }

  @Test
  void aFieldThatTheLineDoesNotAskForIsRefused() {
    List<Filled> unknown = List.of(new Filled("nonsense", "1"));
    assertThatThrownBy(() -> floor.correct(ANN, call, new Correction("sold", unknown, null)))
        .hasCauseInstanceOf(Fault.BadRequest.class);
    assertThat(part().disposition()).isEqualTo("solved");
  }

  @Test
  void anotherAgentsCallIsNotOnTheDesk() {
    floor.ready(BOB);
    assertThatThrownBy(() -> floor.command(BOB, new Dispose(call.toString(), "sold")))
        .hasCauseInstanceOf(Fault.NotFound.class);
    assertThat(part().disposition()).isEqualTo("solved");
  }
}
