package io.cordboard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Seeded;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {
  private static SearchQuery read(String text) {
    return SearchQuery.of(text, Optional.empty(), "86");
  }

  @Test
  void aNameIsWordsAndNoNumber() {
    SearchQuery query = read("  John  SMITH\t王小明 ");
    assertThat(query.words()).containsExactly("john", "smith", "王小明");
    assertThat(query.digits()).isEmpty();
  }

  @Test
  void aNumberIsItsDigitsAlsoWithoutTheZerosOfItsNationalForm() {
    assertThat(read("(010) 6234-5678").digits()).containsExactly("01062345678", "1062345678");
    assertThat(read("+86 138").digits()).containsExactly("86138");
    assertThat(read("12").digits()).isEmpty();
    assertThat(read("SO-123").digits()).isEmpty();
  }

  @Test
  void oneChineseCharacterOrTwoLettersCountOnlyAtAWordsBeginning() {
    assertThat(SearchQuery.atStartOnly("王")).isTrue();
    assertThat(SearchQuery.atStartOnly("小明")).isFalse();
    assertThat(SearchQuery.atStartOnly("li")).isTrue();
    assertThat(SearchQuery.atStartOnly("lin")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "😀", "%_", "--", "\u202e"})
  void whatHasNoLetterAndNoDigitCannotBeLookedFor(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> read("1".repeat(101))).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void anyTextIsReadOrRefusedWithWords() {
    Seeded.forAll(
        2_000,
        random -> {
          String text = random.text("王小明 aZ09%_\\'\"😀ع\u202e\0+-()./\n", 0, 40);
          try {
            assertThat(read(text).words()).isNotEmpty().hasSizeLessThanOrEqualTo(6);
          } catch (Fault.BadRequest refused) {
            assertThat(refused.getMessage()).isNotBlank();
          }
        });
  }
}
