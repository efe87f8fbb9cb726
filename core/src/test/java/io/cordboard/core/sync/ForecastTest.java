package io.cordboard.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private final Forecast forecast = new Forecast();

  private void sample(int second, long done) {
    forecast.sample(Duration.ofSeconds(second).toNanos(), done);
  }

  @Test
  void theEndFollowsFromHowFastItWentInTheLastHalfMinute() {
    sample(0, 0);
    for (int second = 60; second <= 90; second++) {
      sample(second, 10_000 + 20L * (second - 60));
    }
    assertThat(forecast.perSecond()).isEqualTo(20);
    assertThat(forecast.end(400)).contains(Duration.ofSeconds(20));
  }

  @Test
  void nothingIsForetoldWhereNothingIsKnownOrNothingMoves() {
    assertThat(forecast.end(5)).isEmpty();
    sample(1, 7);
    assertThat(forecast.end(5)).isEmpty();
    sample(2, 7);
    assertThat(forecast.end(5)).isEmpty();
    assertThat(forecast.end(0)).contains(Duration.ZERO);
  }
}
