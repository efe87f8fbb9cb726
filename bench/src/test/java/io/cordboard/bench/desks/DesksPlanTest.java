package io.cordboard.bench.desks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.app.Options;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DesksPlanTest {
  private static final Path CACHE = Path.of("/cache");

  @Test
  void asksForFiveHundredDesksAndTwentyCallsASecondByItself() {
    DesksPlan plan = DesksPlan.parse(List.of(), CACHE);
    assertThat(plan.desks()).isEqualTo(500);
    assertThat(plan.rate()).isEqualTo(20);
    assertThat(plan.seconds()).isEqualTo(60);
  }

  @Test
  void leavesAgentsFreeMostOfTheTime() {
    assertThat(DesksPlan.parse(List.of(), CACHE).talkSeconds()).isEqualTo(10);
    assertThat(DesksPlan.parse(List.of("--desks", "10"), CACHE).talkSeconds()).isEqualTo(1);
  }

  @Test
  void keepsItsDatabaseApartFromThoseWhoseAgentsHaveOtherPhones() {
    assertThat(DesksPlan.parse(List.of("--customers", "5000"), CACHE).data())
        .isEqualTo(CACHE.resolve("bench-desks-5000"));
  }

  @Test
  void saysWhatIsRightWhereANumberIsWrong() {
    assertThatThrownBy(() -> DesksPlan.parse(List.of("--desks", "1"), CACHE))
        .isInstanceOf(Options.Wrong.class)
        .hasMessageContaining("--desks")
        .hasMessageContaining("from 2 to");
  }
}
