package io.cordboard.adapters.asterisk;

import io.cordboard.testkit.SwitchContract;
import io.cordboard.testkit.SwitchHarness;
import java.io.IOException;

/** The telephony SPI against a real Asterisk. */
class AsteriskSwitchContractTest extends SwitchContract {
  @Override
  protected SwitchHarness harness() throws IOException {
    return new AsteriskHarness();
  }
}
