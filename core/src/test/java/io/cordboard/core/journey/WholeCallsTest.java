package io.cordboard.core.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.Seeded;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * Random shifts: whatever is lost, repeated, late, out of order, broken or killed, every call ends with
 * exactly one complete record and every agent is free again.
 */
class WholeCallsTest {
  private static final int SHIFTS = Boolean.getBoolean("cordboard.nightly") ? 100_000 : 1_000;

  @Test
  void everyCallEndsWithOneCompleteRecordAndEveryAgentIsFree() {
    Set<String> met = ConcurrentHashMap.newKeySet();
    Seeded.forAll(
        SHIFTS,
        random -> {
          Shift shift = new Shift(random, row -> {});
          shift.play(random.between(40, 160));
          met.addAll(shift.checks.met);
        });
    if (Long.getLong("cordboard.seed") == null) {
      assertThat(met)
          .contains(
              "RINGING", "SPEAKING", "WAITING", "INTERNAL", "CONFERENCE", "HANDED_OVER", "JOINED",
              "PARKED", "PICKED_UP", "OUTSIDE_CALLED", "OUTSIDE_HAS_IT", "OUTSIDE_RINGING",
              "OUTSIDE_SPEAKING", "OUTSIDE_WAITING", "OUTSIDE_CONFERENCE", "OUTSIDE_ALONE",
              "INSIDE_RINGS", "INSIDE", "BY_HAND", "BY_HAND_REACHED");
    }
  }
}
