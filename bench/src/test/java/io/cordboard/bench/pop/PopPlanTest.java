package io.cordboard.bench.pop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.app.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

class PopPlanTest {
  @Test
  void leavesAgentsFreeMostOfTheTime() {
    PopPlan plan = PopPlan.parse(List.of("--rate", "200", "--agents", "50"));
    assertThat(plan.talkMillis()).isEqualTo(50);
  }

  @Test
  void theNightlyFormIsAnHourAtFiftyCallsASecond() {
    PopPlan plan = PopPlan.parse(List.of("--nightly"));
    assertThat(plan.rate()).isEqualTo(50);
    assertThat(plan.seconds()).isEqualTo(3_600);
  }

  @Test
  void keepsEachSizeOfDatabaseByItself() {
    assertThat(PopPlan.parse(List.of("--customers", "5000")).data().getFileName())
        .hasToString("bench-5000");
  }

  @Test
  void saysWhatIsRightWhereANumberIsWrong() {
    assertThatThrownBy(() -> PopPlan.parse(List.of("--rate", "0")))
        .isInstanceOf(Options.Wrong.class)
        .hasMessageContaining("--rate")
        .hasMessageContaining("from 1 to");
  }
}
