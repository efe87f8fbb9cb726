package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.NumberClaims;
import io.cordboard.spi.telephony.Capability;
import io.cordboard.spi.telephony.SwitchRecords.Outcome;
import io.cordboard.spi.telephony.SwitchRecords.OwnCall;
import io.cordboard.spi.telephony.SwitchRecords.Page;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.testkit.SwitchHarness.Able;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A switch tells afterwards what it did while nobody commanded it. */
interface SwitchRecordsCases {
  SwitchRig rig();

  @Test
  default void theFirstReadTellsNothingAndTheRecordsBeginThere() {
    rig().needs(Capability.SWITCH_RECORDS);
    Page first = read(null);
    assertThat(first.calls()).isEmpty();
    assertThat(first.unreadable()).isZero();
    assertThat(read(first.next()).calls()).isEmpty();
  }

  @Test
  default void anAnsweredCallIsToldWithItsNumbersTimesAndDevice() {
    needsRecords();
    String device = rig().device(0);
    long before = rig().harness().clock().micros();
    Alone alone = leftAlone(device);
    rig().harness().callAlone(alone.from, rig().harness().line());
    rig().harness().rungAlone();
    rig().harness().liftAlone();
    rig().harness().hangUpAlone();
    OwnCall call = told(alone);

    assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(call.device()).isEqualTo(device);
    assertThat(call.queued()).isTrue();
    NumberClaims claims = Objects.requireNonNull(call.claims());
    assertThat(claims.from()).endsWith(alone.from.substring(1));
    assertThat(claims.requestLine()).endsWith(rig().harness().line());
    assertThat(List.of(before, call.arrivedAt(), call.answeredAt(), call.endedAt())).isSorted();
    assertThat(call.endedAt()).isLessThanOrEqualTo(rig().harness().clock().micros());
  }

  @Test
  default void whatWasReadIsToldAgainFromTheSamePositionAndNotFromTheNext() {
    needsRecords();
    Alone alone = leftAlone(rig().device(0));
    rig().harness().callAlone(alone.from, rig().harness().line());
    rig().harness().rungAlone();
    rig().harness().hangUpAlone();
    OwnCall call = told(alone);
    Page page = read(alone.position);
    assertThat(page.calls()).containsExactly(call);
    assertThat(read(page.next()).calls()).isEmpty();
  }

  @Test
  default void aCallThatGoesOnIsToldWhenItIsOver() {
    needsRecords();
    Alone alone = leftAlone(rig().device(0));
    rig().harness().callAlone(alone.from, rig().harness().line());
    rig().harness().rungAlone();
    rig().harness().liftAlone();
    mend();
    Await.until("it is seen to go on", () -> read(alone.position).goesOn() == 1);
    Page page = read(alone.position);
    assertThat(page.calls()).isEmpty();
    rig().harness().hangUpAlone();
    OwnCall call = awaitCall(page.next());
    assertThat(call.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(call.answeredAt()).isPositive();
  }

  @Test
  default void whoGaveUpWhomNobodyServedAndWhoDialledNoLineAreToldApart() {
    needsRecords();
    Alone alone = leftAlone(rig().device(0));
    rig().harness().callAlone(alone.from, rig().harness().line());
    rig().harness().rungAlone();
    rig().harness().hangUpAlone();
    OwnCall gaveUp = told(alone);
    assertThat(gaveUp.outcome()).isEqualTo(Outcome.ABANDONED);
    assertThat(gaveUp.answeredAt()).isZero();
    assertThat(gaveUp.device()).isNull();

    Alone nobody = leftAlone();
    rig().harness().callAlone(nobody.from, rig().harness().line());
    rig().harness().endsAlone();
    assertThat(told(nobody).outcome()).isEqualTo(Outcome.MISSED);

    Alone nowhere = leftAlone();
    rig().harness().callAlone(nowhere.from, "4000000000");
    rig().harness().endsAlone();
    OwnCall noLine = told(nowhere);
    assertThat(noLine.outcome()).isEqualTo(Outcome.NO_LINE);
    assertThat(noLine.queued()).isFalse();
  }

  /** Where the records stood, and who is about to call. */
  record Alone(String position, String from) {}

  /** The switch is told of these devices, and left alone. */
  private Alone leftAlone(String... devices) {
    Await.done(rig().standby().prepare(rig().plan(devices)));
    String position = read(null).next();
    rig().harness().leaveAlone();
    return new Alone(position, rig().freshNumber());
  }

  private OwnCall told(Alone alone) {
    mend();
    return awaitCall(alone.position);
  }

  private OwnCall awaitCall(String position) {
    List<OwnCall> calls =
        Await.until("it is told", () -> read(position).calls(), some -> !some.isEmpty());
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  private void mend() {
    int mark = rig().log().mark();
    rig().harness().mendLink();
    rig().log().awaitFrom(mark, LinkUp.class, any -> true);
  }

  private Page read(@Nullable String after) {
    return Await.done(rig().records().read(after));
  }

  private void needsRecords() {
    rig().needs(Capability.SWITCH_RECORDS, Capability.STANDBY);
    rig().needs(Able.DEVICES, Able.LINK, Able.ALONE);
  }
}
