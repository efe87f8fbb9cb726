package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SeededTest {

  @Test
  void theSameSeedGivesTheSameCase() {
    assertThat(draw(new Seeded(7)))
        .isEqualTo(draw(new Seeded(7)))
        .isNotEqualTo(draw(new Seeded(8)));
  }

  @Test
  void aFailureTellsTheSeedAndTheSeedReplaysThatCaseAlone() {
    List<Long> seeds = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Seeded.forAll(
                    100,
                    random -> {
                      seeds.add(random.seed());
                      assertThat(seeds).hasSizeLessThan(4);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dcordboard.seed=" + seeds.get(3));

    assertThat(replay(seeds.get(3))).containsExactly(seeds.get(3));
  }

  @Test
  void betweenIncludesBothEnds() {
    Seeded random = new Seeded(1);
    List<Integer> drawn = random.list(1000, 1000, r -> r.between(3, 5));
    assertThat(drawn).hasSize(1000).contains(3, 4, 5).allMatch(n -> n >= 3 && n <= 5);
  }

  @Test
  void shufflingKeepsTheElements() {
    assertThat(new Seeded(1).<Integer>shuffled(List.of(1, 2, 3, 4)))
        .containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  private static List<Object> draw(Seeded random) {
    return List.of(
        random.between(0, 1_000_000), random.text("ab😀", 3, 9), random.pick("x", "y", "z"));
  }

  private static List<Long> replay(long seed) {
    List<Long> ran = new ArrayList<>();
    System.setProperty(Seeded.PROPERTY, Long.toString(seed));
    try {
      Seeded.forAll(50, random -> ran.add(random.seed()));
    } finally {
      System.clearProperty(Seeded.PROPERTY);
    }
    return ran;
  }
}
