package io.cordboard.adapters.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.adapters.demo.Scripts.Line;
import io.cordboard.adapters.demo.Scripts.Script;
import io.cordboard.adapters.demo.Scripts.Speaker;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Seeded;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScriptsTest {
  private final Scripts scripts = Scripts.load();

  @Test
  void bothLanguagesHaveADozenConversationsTogether() {
    assertThat(scripts.all()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(scripts.all()).extracting(Script::topic).doesNotHaveDuplicates();
    assertThat(scripts.all()).extracting(Script::language).containsOnly("zh", "en");
  }

  @Test
  void theAgentBeginsAndBothTakeTurns() {
    for (Script script : scripts.all()) {
      List<Line> lines = script.lines();
      assertThat(lines).as(script.topic()).hasSizeBetween(6, 16);
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i).speaker()).isEqualTo(i % 2 == 0 ? Speaker.AGENT : Speaker.CUSTOMER);
        assertThat(lines.get(i).spoken().toMillis())
            .as(lines.get(i).text())
            .isBetween(1200L, 4500L);
      }
    }
  }

  @Test
  void aNumberTellsTheLanguage() {
    for (String chinese : List.of("+8613800138000", "008613800138000", "13800138000")) {
      assertThat(scripts.choose(chinese, null, new Random(1)).language()).isEqualTo("zh");
    }
    for (String other : List.of("+442079460000", "", "😀", "12025550123", "+1 86")) {
      assertThat(scripts.choose(other, " ", new Random(1)).language()).isEqualTo("en");
    }
  }

  @Test
  void aGivenTextIsCutIntoSentencesAndNothingOfItIsLost() {
    Seeded.forAll(
        300,
        random -> {
          String text = random.text("ab 你好。！？.!?\n，", 1, 120);
          String said =
              Scripts.saying(text).lines().stream()
                  .filter(line -> line.speaker() == Speaker.CUSTOMER)
                  .map(Line::text)
                  .reduce("", String::concat);
          if (Scripts.saying(text).lines().size() < 40) {
            assertThat(said.replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
          }
        });
  }

  @Test
  void anEndlessTextIsBounded() {
    Script script = Scripts.saying("好！".repeat(100_000) + "x".repeat(100_000));
    assertThat(script.lines()).hasSizeLessThanOrEqualTo(41);
    assertThat(Scripts.saying("x".repeat(100_000)).lines())
        .allMatch(line -> line.text().length() <= 200);
  }

  @Test
  void aLineThatNobodySaysIsAnError() {
    assertThatThrownBy(() -> Scripts.parse("[en] broken\nB: who?"))
        .isInstanceOf(Fault.Bug.class)
        .hasMessageContaining("B: who?");
  }
}
