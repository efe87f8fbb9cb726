package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.journey.HandingOnContract;
import io.cordboard.testkit.SwitchHarness;
import io.cordboard.testkit.SwitchHarness.Able;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Customers are handed on, on a real Asterisk. */
class HandingOnAsteriskTest extends HandingOnContract {
  @Override
  protected SwitchHarness harness(Path directory) throws IOException {
    return new AsteriskHarness();
  }

  @Test
  void nothingOfTheContractIsSkippedHere() throws IOException {
    try (AsteriskHarness harness = new AsteriskHarness()) {
      assertThat(harness.able()).contains(Able.HANDSETS, Able.OUTSIDE, Able.ALONE);
    }
  }
}
