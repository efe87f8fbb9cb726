package io.cordboard.store.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactFieldsTest {
  // 2023-11-14T22:13:20Z
  private static final long STANDS = 1_700_000_000_000_000L;

  private static long time(Value value) {
    return FactFields.time(Map.of("due", value), "due", STANDS, 7);
  }

  @Test
  void anotherDayLeavesTheTimeOfTheDay() {
    assertThat(FactFields.time(time(new Value.Text("2023-11-20")))).isEqualTo(new Value.Text("2023-11-20T22:13:20Z"));
  }

  @Test
  void aTimeOfAnyZoneIsTheSameInstantAndAClearedOneIsWhatIsSaidForIt() {
    assertThat(time(new Value.Text("2023-11-15T06:13:20+08:00"))).isEqualTo(STANDS);
    assertThat(time(Value.EMPTY)).isEqualTo(7);
    assertThat(FactFields.time(Map.of(), "due", STANDS, 7)).isEqualTo(STANDS);
  }

  @ParameterizedTest
  @CsvSource({"+999999999-01-01T00:00:00Z", "2023-02-30", "soon"})
  void aTimeThatIsNoneIsRefusedByItsField(String text) {
    assertThatThrownBy(() -> time(new Value.Text(text))).isInstanceOf(Fault.Refused.class).hasMessageStartingWith("due");
  }

  @Test
  void anOverlongNumberIsRefusedByItsField() {
    assertThatThrownBy(() -> FactFields.text(Map.of("number", new Value.Text("9".repeat(201))), "number", ""))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageStartingWith("number");
  }
}
