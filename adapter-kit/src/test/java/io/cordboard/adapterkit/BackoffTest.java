package io.cordboard.adapterkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void waitsDoubleUpToTheLimitAndEachLiesBetweenHalfAStepAndAWholeOne() {
    for (int seed = 0; seed < 200; seed++) {
      Backoff backoff =
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new Random(seed));
      for (long step : new long[] {100, 200, 400, 800, 1600, 2000, 2000, 2000}) {
        assertThat(backoff.next().toMillis()).isBetween(step / 2, step);
      }
      backoff.reset();
      assertThat(backoff.next().toMillis()).isBetween(50L, 100L);
    }
  }

  @Test
  void twoClientsDoNotComeBackTogether() {
    Backoff one = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(10), new Random(1));
    Backoff other = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(10), new Random(2));
    assertThat(one.next()).isNotEqualTo(other.next());
  }
}
