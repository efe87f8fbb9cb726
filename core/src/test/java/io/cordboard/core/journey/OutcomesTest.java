package io.cordboard.core.journey;

import static io.cordboard.core.journey.Floor.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.LedgerFact.Answer;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskCommand.Dial;
import io.cordboard.core.desk.DeskCommand.Dispose;
import io.cordboard.core.desk.DeskCommand.ExtendWrapUp;
import io.cordboard.core.desk.DeskCommand.Filled;
import io.cordboard.core.desk.DeskCommand.FinishWrapUp;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.OutcomeForm;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.Kind;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ann has talked, and says what came of it. */
class OutcomesTest {
  private final Floor floor = new Floor();
  private String call = "";

  @BeforeEach
  void annHasTalked() {
    Directory now = floor.directory;
    String line = Floor.PLAIN;
    OutcomeForm form =
        new OutcomeForm(
            List.of(
                new OutcomeField("order", "订单号", "Order", Kind.TEXT, true, List.of(), List.of(line)),
                new OutcomeField("refund", "退款", "Refund", Kind.CHOICE, false, List.of("全额", "部分"), List.of()),
                new OutcomeField("when", "日期", "Day", Kind.DATE, false, List.of(), List.of()),
                new OutcomeField("price", "金额", "Price", Kind.NUMBER, false, List.of(), List.of()),
                new OutcomeField("other", "其他", "Other", Kind.TEXT, true, List.of(), List.of("+861085559999"))),
            List.of());
    floor.directory =
        new Directory(
            now.lines(), now.queues(), now.agents(),
            List.of(
                new Disposition("solved", "已解决", "Solved"),
                new Disposition("complaint", "投诉", "Complaint"),
                new Disposition("late", "送货晚", "Delivered late", "complaint")),
            now.hours(), form);
    floor.link().ready(ANN);
    Floor.Talking talk = floor.talking();
    call = talk.call().toString();
    floor.hangsUp(talk.customer());
    floor.hangsUp(talk.agent());
  }

  private CallView view() {
    return Objects.requireNonNull(floor.shown(ANN).get(call));
  }

  private CallRecord.Segment part() {
    return floor.store.segments.get(call + "/1");
  }

  private void say(@Nullable String code, Filled... answers) {
    floor.command(ANN, new Dispose(call, code, List.of(answers)));
  }

  private static void refused(String why, ThrowingCallable what) {
    assertThatThrownBy(what).cause().isInstanceOf(Fault.class).hasMessageContaining(why);
  }

  @Test
  void whatIsFilledInStandsInTheRecord() {
    say("late", new Filled("refund", "部分"), new Filled("order", " SO-7 "), new Filled("when", "2026-10-01"));
    floor.command(ANN, new FinishWrapUp(call, null));
    assertThat(part().disposition()).isEqualTo("late");
    assertThat(part().answers())
        .containsExactly(
            new Answer("order", "SO-7"), new Answer("refund", "部分"), new Answer("when", "2026-10-01"));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void aRecordWithoutARequiredFieldOfItsLineCannotBeFinishedByHand() {
    say("late", new Filled("refund", "全额"));
    refused("Still to be filled in: order", () -> floor.command(ANN, new FinishWrapUp(call, null)));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    say("late", new Filled("order", "SO-7"));
    floor.command(ANN, new FinishWrapUp(call, null));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
  }

  @Test
  void diallingDoesNotFinishARecordThatLacksARequiredField() {
    say("late");
    refused("Still to be filled in: order", () -> floor.command(ANN, new Dial("+8613800138000", null)));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    say("late", new Filled("order", "SO-7"));
    floor.command(ANN, new Dial("+8613800138000", null));
    assertThat(floor.stateOf(ANN)).isEqualTo("OFFERED");
    assertThat(part().wrappedUpAt()).isPositive();
  }

  @Test
  void anotherDispositionLeavesTheFieldsAsTheyAre() {
    say("late", new Filled("order", "SO-7"));
    floor.command(ANN, new Dispose(call, "solved"));
    assertThat(view().answers()).containsExactly(new Filled("order", "SO-7"));
    say("solved", new Filled("order", ""));
    assertThat(view().answers()).isEmpty();
  }

  @Test
  void fieldsAloneLeaveTheOutcomeThatWasChosenMeanwhile() {
    refused("Choose first how the call ended", () -> say(null, new Filled("order", "SO-7")));
    say("late");
    say("solved");
    say(null, new Filled("order", "SO-7"));
    assertThat(view().disposition()).isEqualTo("solved");
    assertThat(view().answers()).containsExactly(new Filled("order", "SO-7"));
  }

  @Test
  void aGroupIsNoOutcome() {
    refused("choose one that stands in it", () -> say("complaint"));
    assertThat(view().disposition()).isNull();
  }

  @Test
  void whatCannotStandInAFieldIsRefusedAndNothingChanges() {
    say("late", new Filled("order", "SO-7"));
    refused("choose one of", () -> say("late", new Filled("refund", "much")));
    refused("such as 2026-10-01", () -> say("late", new Filled("when", "2026-02-30")));
    refused("such as 12.50", () -> say("late", new Filled("price", "cheap")));
    refused("one line", () -> say("late", new Filled("order", "a\nb=c")));
    refused("one line", () -> say("late", new Filled("order", "x".repeat(201))));
    refused("no field that is asked", () -> say("late", new Filled("other", "asked elsewhere")));
    refused("no field that is asked", () -> say("late", new Filled("nonsense", "")));
    assertThat(view().answers()).containsExactly(new Filled("order", "SO-7"));
  }

  @Test
  void aMinuteMoreIsGivenTenTimes() {
    Instant until = Objects.requireNonNull(view().wrapUpUntil());
    floor.command(ANN, new ExtendWrapUp(call));
    assertThat(view().wrapUpUntil()).isEqualTo(until.plusSeconds(60));
    for (int n = 0; n < 9; n++) {
      assertThat(view().mayExtend()).isTrue();
      floor.command(ANN, new ExtendWrapUp(call));
    }
    assertThat(view().mayExtend()).isFalse();
    refused("longer already", () -> floor.command(ANN, new ExtendWrapUp(call)));
    floor.pass(Duration.ofSeconds(600));
    assertThat(floor.stateOf(ANN)).isEqualTo("WRAP_UP");
    floor.pass(Duration.ofSeconds(60));
    assertThat(floor.stateOf(ANN)).isEqualTo("READY");
    refused("not on your desk", () -> floor.command(ANN, new ExtendWrapUp(call)));
  }

  @Test
  void answersAndTheLongerTimeSurviveARestart() {
    say("late", new Filled("order", "SO-7"));
    floor.command(ANN, new ExtendWrapUp(call));
    Instant until = view().wrapUpUntil();
    floor.kill();
    floor.boot();
    floor.link().open(ANN, "c-1");
    CallView view = view();
    assertThat(view.answers()).containsExactly(new Filled("order", "SO-7"));
    assertThat(view.wrapUpUntil()).isEqualTo(until);
  }

  @Test
  void theAnswersOfAClosedCallAreCorrectedAndTheAuditKeepsNoneOfTheirText() {
    say("late", new Filled("order", "SO-7"));
    floor.command(ANN, new FinishWrapUp(call, null));
    assertThat(floor.liveCalls()).isZero();
    say("solved", new Filled("order", "SO-8"));
    assertThat(part().answers()).containsExactly(new Answer("order", "SO-8"));
    floor.command(ANN, new Dispose(CallId.parse(call).toString(), "late"));
    assertThat(part().answers()).containsExactly(new Answer("order", "SO-8"));
    assertThat(floor.audit.entries)
        .filteredOn(entry -> entry.what().equals("disposition-corrected"))
        .hasSize(2)
        .noneMatch(entry -> entry.details().toString().contains("SO-"));
  }
}
