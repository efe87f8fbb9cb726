package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialPatternTest {
  @ParameterizedTest
  @CsvSource({
    "1001, 1001, true",
    "1001, 1002, false",
    "1001, 10011, false",
    "XXXX, 0123, true",
    "Z, 0, false",
    "Z, 1, true",
    "N, 1, false",
    "N, 2, true",
    "n, 9, true",
    "[2-57], 7, true",
    "[2-57], 6, false",
    "[2-57], 3, true",
    "8., 8, false",
    "8., 81, true",
    "8., 8+*#1, true",
    ".9, 19, true",
    ".9, 9, false",
    "0.#, 012#, true",
    "0.#, 0#, false",
    "+86., +8610, true",
    "+86., 08610, false",
    "*4X, *43, true",
    "X, a, false",
    "X, ５, false",
    "9|.|#, 95#, true",
    "9|X.|#, 95#, false"
  })
  void aPatternFitsTheWholeNumberOrNot(String pattern, String number, boolean fits) {
    assertThat(DialPattern.of(pattern).matches(number)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "XXXX, 1234, 1234",
    "9|., 9123, 123",
    "9|X.|#, 9123#, 123",
    "00852|., 0085291234567, 91234567",
    "XX|XX|, 1234, 34",
    "|.|99, 12399, 123",
    "1.|XX, 12345, 45"
  })
  void theBarsTellWhatIsKept(String pattern, String number, String kept) {
    assertThat(DialPattern.of(pattern).kept(number)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "|", "1.2.", "1|2|3|4", "[", "[]", "[9-2]", "[a]", "[1", "1 2", "12a", "号"})
  void aPatternThatMakesNoSenseIsRefusedWithTheMend(String pattern) {
    assertThatThrownBy(() -> DialPattern.of(pattern))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("is no dial pattern: ");
  }

  @Test
  void aPatternOfMoreThan64CharactersIsRefused() {
    assertThatThrownBy(() -> DialPattern.of("X".repeat(65))).isInstanceOf(Fault.BadRequest.class);
    assertThat(DialPattern.of("X".repeat(64)).matches("1".repeat(64))).isTrue();
  }

  @Test
  void patternsAreEqualWhenTheyAreWrittenAlike() {
    assertThat(DialPattern.of("9|X.")).isEqualTo(DialPattern.of("9|X.")).hasToString("9|X.");
    assertThat(DialPattern.of("9|X.")).isNotEqualTo(DialPattern.of("9X."));
  }
}
