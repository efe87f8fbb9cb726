package io.cordboard.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final Spelling SPELLING = new Spelling();

  @ParameterizedTest
  @CsvSource({
    "王小明, ' wangxiaoming wxm xm wangxm'",
    "李雷, ' lilei ll'",
    "José Müller-Łódź, ' jose muller lodz'",
    "O’Brien, ' obrien'",
    "'李 Lei 2', ' li lei 2'",
    "'😀', ''"
  })
  void aNameStandsInPlainLettersThenInInitials(String name, String spelled) {
    assertThat(SPELLING.of(name)).isEqualTo(spelled);
  }

  @Test
  void aSurnameStandsWithItsOwnReadingFirstAndTheUsualOneToo() {
    assertThat(SPELLING.of("曾国")).startsWith(" zengguo ").contains(" cengguo");
    assertThat(SPELLING.of("吕布")).startsWith(" lvbu ").contains(" lubu").contains(" lyubu");
  }

  @Test
  void whatSomebodyTypesIsReadAsNamesAre() {
    assertThat(Spelling.words("MÜLLER 王xm")).containsExactly("muller", "王", "xm");
  }

  @Test
  void anyTextIsSpelledInLettersAndDigitsWithoutEnd() {
    Seeded.forAll(
        300,
        random -> {
          String text = random.text("王小明曾吕 aZ09%_\\'\"😀ع\u202e\0é+-().ßかｱ한/\n", 0, 200);
          assertThat(SPELLING.of(text)).doesNotContain("\0", "%", "_", "\\").hasSizeLessThan(8_000);
        });
  }
}
