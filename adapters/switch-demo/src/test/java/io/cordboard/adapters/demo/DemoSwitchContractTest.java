package io.cordboard.adapters.demo;

import io.cordboard.testkit.SwitchContract;
import io.cordboard.testkit.SwitchHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DemoSwitchContractTest extends SwitchContract {
  @TempDir Path recordings;

  @Override
  protected SwitchHarness harness() {
    return new DemoHarness(recordings);
  }
}
