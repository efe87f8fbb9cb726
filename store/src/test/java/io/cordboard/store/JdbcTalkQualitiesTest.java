package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.kernel.CallId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JdbcTalkQualitiesTest {
  private static final CallId CALL = new CallId(new UUID(3, 4));

  private static TalkQuality quality(long stretch, int seconds) {
    return new TalkQuality(stretch, seconds, 0.25, 12, 80, 4.2, 3.5);
  }

  @Test
  void isKeptByPartsAndTheSameStretchAgainReplacesIt() {
    try (var pool = PostgresForTests.migrated().pool("test", 2)) {
      TalkQualities qualities = new JdbcTalkQualities(pool);
      qualities.keep(CALL, 1, quality(9, 10));
      qualities.keep(CALL, 1, quality(9, 30));
      qualities.keep(CALL, 2, quality(1L << 53, 5));
      assertThat(qualities.ofCall(CALL))
          .isEqualTo(Map.of(1, List.of(quality(9, 30)), 2, List.of(quality(1L << 53, 5))));
      assertThat(qualities.ofCall(new CallId(new UUID(3, 5)))).isEmpty();
    }
  }

  @Test
  void ofAPageThatInventsStretchesStopsAtTheMost() {
    try (var pool = PostgresForTests.migrated().pool("test", 2)) {
      TalkQualities qualities = new JdbcTalkQualities(pool);
      for (int n = 1; n <= TalkQualities.MOST_STRETCHES + 5; n++) {
        qualities.keep(CALL, 1, quality(n, 10));
      }
      qualities.keep(CALL, 1, quality(1, 11));
      assertThat(qualities.ofCall(CALL).get(1))
          .hasSize(TalkQualities.MOST_STRETCHES)
          .contains(quality(1, 11));
    }
  }
}
