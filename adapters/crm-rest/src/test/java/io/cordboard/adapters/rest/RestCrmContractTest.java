package io.cordboard.adapters.rest;

import io.cordboard.testkit.crm.FakeCrm;
import io.cordboard.testkit.crm.CrmContract;
import io.cordboard.testkit.crm.CrmHarness;

/** The whole contract, through a file that follows changes by the system's own cursor. */
class RestCrmContractTest extends CrmContract {
  @Override
  protected CrmHarness harness() {
    return new FakeCrmHarness(Files.tree(FakeCrm.file()));
  }
}
