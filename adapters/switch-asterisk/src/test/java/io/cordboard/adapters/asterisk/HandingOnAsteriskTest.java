package io.cordboard.adapters.asterisk;

import io.cordboard.core.journey.HandingOnContract;
import io.cordboard.testkit.SwitchHarness;
import java.io.IOException;
import java.nio.file.Path;

/** Customers are handed on, on a real Asterisk. */
class HandingOnAsteriskTest extends HandingOnContract {
  @Override
  protected SwitchHarness harness(Path directory) throws IOException {
    return new AsteriskHarness();
  }
}
