package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellValuesTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "2026-03-09, 2026-03-08T16:00:00Z", "2026/3/9 14:05, 2026-03-09T06:05:00Z",
    "2026年3月9日, 2026-03-08T16:00:00Z", "2026-03-09T14:05:06Z, 2026-03-09T14:05:06Z",
    "2026-03-09 14:05:06.123, 2026-03-09T06:05:06Z", "2026-03-09T14:05:06+02:00, 2026-03-09T12:05:06Z"
  })
  void timesAreReadAsPeopleWriteThem(String text, String instant) {
    assertThat(CellValues.time(text, ZONE)).hasToString(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30", "3/9/2026", "yesterday", "2026-03-09 25:00", "45000"})
  void whatIsNoTimeIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> CellValues.time(text, ZONE))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("2026-03-09");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1280.5|CNY|128050", "¥1,280.50|CNY|128050", "1280元|CNY|128000", "-3|EUR|-300", "500|JPY|500"})
  void amountsAreKeptInTheSmallestUnit(String text, String currency, long minor) {
    assertThat(CellValues.amount(text, currency)).isEqualTo(minor);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"1280,50|CNY", "12.345|CNY", "0.5|JPY", "1|XXQ", "abc|CNY", "1e9|CNY"})
  void whatIsNoAmountIsRefused(String text, String currency) {
    assertThatThrownBy(() -> CellValues.amount(text, currency)).isInstanceOf(Fault.BadRequest.class);
  }
}
