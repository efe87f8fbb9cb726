package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuideTest {
  private static String guide() throws IOException {
    return java.nio.file.Files.readString(Path.of("../../docs/crm-rest.md"));
  }

  @Test
  void theExampleOfTheGuideHasNoMistakes() throws IOException {
    String guide = guide();
    int from = guide.indexOf("```yaml\n") + 8;
    String example = guide.substring(from, guide.indexOf("```", from));
    assertThat(Files.mistakes(example)).isEmpty();
    try (var crm = Files.open(example, Map.of("key", "secret"), new HandClock())) {
      assertThat(crm.can(RecordKind.CUSTOMER, Ability.CHANGES)).isTrue();
      assertThat(crm.can(RecordKind.INTERACTION, Ability.WRITE)).isTrue();
      assertThat(crm.pace().perSecond()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theGuideTellsEveryMeaningOfAnAnswer(AnswerRules.Meaning meaning) throws IOException {
    assertThat(guide()).contains("| `" + meaning.word() + "` |");
  }
}
