package io.cordboard.core.journey;

import io.cordboard.testkit.Seeded;
import org.junit.jupiter.api.Test;

/**
 * Random shifts: whatever is lost, repeated, late, out of order, broken or killed, every call ends with
 * exactly one complete record and every agent is free again.
 */
class WholeCallsTest {
  private static final int SHIFTS = Boolean.getBoolean("cordboard.nightly") ? 100_000 : 1_000;

  @Test
  void everyCallEndsWithOneCompleteRecordAndEveryAgentIsFree() {
    Seeded.forAll(SHIFTS, random -> new Shift(random, row -> {}).play(random.between(40, 160)));
  }
}
