package io.cordboard.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.work.RetrySchedule.Next;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
  private static final RetrySchedule TWO =
      new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofSeconds(100)));
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void whatTheOtherSideRefusedIsDeadAtOnce() {
    assertThat(after(new Fault.BadRequest("x"), 1)).isInstanceOf(Next.Dead.class);
    assertThat(after(new Fault.Refused("x"), 1)).isInstanceOf(Next.Dead.class);
  }

  @Test
  void aFailureIsTriedAgainUntilTheScheduleEnds() {
    for (Fault fault :
        List.of(
            new Fault.Unreachable("x", null),
            new Fault.NotFound("x"),
            new Fault.OutcomeUnknown("x", null),
            new Fault.AuthLapsed("x"))) {
      assertThat(after(fault, 1)).isInstanceOf(Next.Again.class);
      assertThat(after(fault, 2)).isInstanceOf(Next.Again.class);
      assertThat(after(fault, 3)).isInstanceOf(Next.Dead.class);
    }
  }

  @Test
  void theWholePauseIsJitter() {
    double sum = 0;
    for (int i = 0; i < 1_000; i++) {
      Duration pause = pause(new Fault.Unreachable("x", null), 1);
      assertThat(pause).isBetween(Duration.ZERO, Duration.ofSeconds(10));
      sum += pause.toMillis();
    }
    assertThat(sum / 1_000).isBetween(4_500.0, 5_500.0);
  }

  @Test
  void patienceThatWasAskedForIsGivenForEver() {
    Fault busy = new Fault.Busy("x", Duration.ofMinutes(1));
    for (int attempt = 1; attempt < 1_000; attempt++) {
      assertThat(pause(busy, attempt)).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    }
  }

  @Test
  void aWrongPasswordIsNotTriedOften() {
    assertThat(pause(new Fault.AuthLapsed("x"), 1)).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aMistakeOfOursGetsThreeTries() {
    RetrySchedule longer = RetrySchedule.STANDARD;
    Fault bug = new Fault.Bug("x", null);
    assertThat(longer.after(bug, 2, random)).isInstanceOf(Next.Again.class);
    assertThat(longer.after(bug, 3, random)).isInstanceOf(Next.Dead.class);
  }

  @Test
  void theStandardScheduleLastsThreeDays() {
    Duration all = RetrySchedule.STANDARD.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isBetween(Duration.ofHours(72), Duration.ofHours(80));
  }

  private Next after(Fault fault, int attempt) {
    return TWO.after(fault, attempt, random);
  }

  private Duration pause(Fault fault, int attempt) {
    return ((Next.Again) after(fault, attempt)).pause();
  }
}
