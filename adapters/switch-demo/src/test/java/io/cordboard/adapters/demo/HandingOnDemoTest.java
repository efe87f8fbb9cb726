package io.cordboard.adapters.demo;

import io.cordboard.core.journey.HandingOnContract;
import io.cordboard.testkit.SwitchHarness;
import java.nio.file.Path;

/** Customers are handed on, on the demo switch. */
class HandingOnDemoTest extends HandingOnContract {
  @Override
  protected SwitchHarness harness(Path directory) {
    return new DemoHarness(directory);
  }
}
