package io.cordboard.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void aTimeThatThereIsNoneOfIsNoInstant() {
    assertThat(Clock.instantOrNull(0)).isNull();
    assertThat(Clock.instantOrNull(1_500_000)).isEqualTo(Instant.parse("1970-01-01T00:00:01.500Z"));
  }
}
