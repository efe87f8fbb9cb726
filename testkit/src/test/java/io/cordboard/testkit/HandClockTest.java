package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandClockTest {
  private final HandClock clock = new HandClock();

  @Test
  void standsStillUntilItIsMoved() {
    long micros = clock.micros();
    long nanos = clock.nanos();
    assertThat(clock.micros()).isEqualTo(micros);

    clock.advance(Duration.ofMillis(1500));

    assertThat(clock.micros() - micros).isEqualTo(1_500_000);
    assertThat(clock.nanos() - nanos).isEqualTo(1_500_000_000);
  }

  @Test
  void smallStepsAddUp() {
    long micros = clock.micros();
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofNanos(300));
    }
    assertThat(clock.micros() - micros).isEqualTo(3);
  }

  @Test
  void runsWhatFallsDueInOrderEachAtItsTime() {
    long start = clock.micros();
    List<String> ran = new ArrayList<>();
    clock.after(Duration.ofSeconds(2), () -> ran.add("b@" + (clock.micros() - start)));
    clock.after(
        Duration.ofSeconds(1),
        () -> {
          ran.add("a@" + (clock.micros() - start));
          clock.after(Duration.ofSeconds(1), () -> ran.add("c@" + (clock.micros() - start)));
        });
    clock.after(Duration.ofSeconds(9), () -> ran.add("later"));

    clock.advance(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("a@1000000", "b@2000000", "c@2000000");
    assertThat(clock.micros() - start).isEqualTo(5_000_000);
    assertThat(clock.waiting()).isEqualTo(1);
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    List<String> ran = new ArrayList<>();
    clock.after(Duration.ofSeconds(1), () -> ran.add("never")).run();
    clock.advance(Duration.ofSeconds(2));
    assertThat(ran).isEmpty();
  }

  @Test
  void wallTimeMayJumpWhileMonotonicTimeStands() {
    long micros = clock.micros();
    long nanos = clock.nanos();
    clock.jumpWall(Duration.ofMinutes(-3));
    assertThat(clock.micros() - micros).isEqualTo(-180_000_000);
    assertThat(clock.nanos()).isEqualTo(nanos);
  }
}
