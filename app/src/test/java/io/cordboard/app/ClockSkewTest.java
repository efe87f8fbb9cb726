package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private final HandClock clock = new HandClock();
  private final ClockSkew skew = new ClockSkew(clock);

  private void hears(long aheadMillis) {
    skew.stamped("pbx", clock.micros() + aheadMillis * 1000);
  }

  private void windowPasses() {
    clock.advance(Duration.ofSeconds(31));
  }

  @Test
  void nothingIsToldBeforeItWasMeasured() {
    assertThat(skew.of("pbx", false)).isEmpty();
  }

  @Test
  void whatTheSwitchMeasuredCountsAtOnce() {
    skew.measured("pbx", 2_500_000);
    assertThat(skew.of("pbx", true)).hasValue(2_500_000);
    skew.measured("pbx", -400_000);
    assertThat(skew.of("pbx", true)).as("no alarm").isEmpty();
    assertThat(skew.of("pbx", false)).hasValue(-400_000);
  }

  @Test
  void aClockThatRunsAwayIsSeenInItsStamps() {
    skew.measured("pbx", 0);
    hears(3_000);
    windowPasses();
    hears(2_990);
    assertThat(skew.of("pbx", true)).hasValue(3_000_000);
  }

  @Test
  void aClockThatIsBehindIsToldFromEventsThatCameLate() {
    skew.measured("pbx", 0);
    hears(-9_000);
    hears(-40);
    hears(-700);
    windowPasses();
    hears(-5_000);
    assertThat(skew.of("pbx", false)).as("the youngest stamp").hasValue(-40_000);
    hears(-5_000);
    windowPasses();
    hears(-4_000);
    assertThat(skew.of("pbx", true)).as("all of them are old").hasValue(-4_000_000);
  }

  @Test
  void aClockThatWasSetRaisesNoAlarmAnyMore() {
    skew.measured("pbx", 5_000_000);
    hears(-10);
    windowPasses();
    hears(-10);
    assertThat(skew.of("pbx", true)).isEmpty();
  }
}
