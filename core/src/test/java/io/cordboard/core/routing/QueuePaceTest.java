package io.cordboard.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueuePaceTest {
  private static final long MINUTE = 60_000_000L;
  private final QueuePace pace = new QueuePace();

  private void took(long... minutes) {
    for (long one : minutes) {
      pace.took("care", one * MINUTE);
    }
  }

  @Test
  void theMeanTimesThePlaceIsSharedByTheAgents() {
    took(2, 4, 6);
    assertThat(pace.minutes("care", 3, 2)).isEqualTo(6);
    assertThat(pace.minutes("care", 1, 8)).isZero();
    assertThat(pace.minutes("care", 1, 3)).isEqualTo(2);
  }

  @Test
  void aLongWaitIsRoughAndAVeryLongOneMoreThanThirty() {
    took(4, 4, 4);
    assertThat(pace.minutes("care", 3, 1)).isEqualTo(15);
    assertThat(pace.minutes("care", 7, 1)).isEqualTo(30);
    assertThat(pace.minutes("care", 8, 1)).isEqualTo(QueuePace.MOST_MINUTES + 1);
    assertThat(pace.minutes("care", 4000, 1)).isEqualTo(QueuePace.MOST_MINUTES + 1);
  }

  @Test
  void nothingIsSaidOfWhatWasNotMeasuredOrWhereNobodyIs() {
    took(4, 4);
    assertThat(pace.minutes("care", 1, 1)).isEqualTo(QueuePace.UNKNOWN);
    took(4);
    assertThat(pace.minutes("care", 1, 0)).isEqualTo(QueuePace.UNKNOWN);
    assertThat(pace.minutes("sales", 1, 1)).isEqualTo(QueuePace.UNKNOWN);
  }

  @Test
  void onlyTheLastTalksCount() {
    pace.took(Map.of("care", List.of(900 * MINUTE, 900 * MINUTE)));
    for (int i = 0; i < QueuePace.LAST; i++) {
      took(2);
    }
    assertThat(pace.minutes("care", 1, 1)).isEqualTo(2);
  }

  @Test
  void theWordsAreOfTheLanguage() {
    assertThat(TurnWords.of(3, 2, "zh-CN")).containsExactly("您现在排在第3位。", "预计等待约两分钟。");
    assertThat(TurnWords.of(1, 0, "zh-CN")).containsExactly("您是下一位。", "预计等待不到一分钟。");
    assertThat(TurnWords.of(51, 31, "zh-CN"))
        .containsExactly("您前面还有超过50位来电者。", "预计等待超过30分钟。");
    assertThat(TurnWords.of(3, 1, "en-US"))
        .containsExactly("You are number 3 in the queue.", "The expected wait is about one minute.");
    assertThat(TurnWords.of(1, QueuePace.UNKNOWN, "en-US")).containsExactly("You are next.");
    assertThat(TurnWords.of(60, 31, TurnWords.language("de")))
        .containsExactly(
            "There are more than 50 callers before you.",
            "The expected wait is more than 30 minutes.");
  }
}
