package io.cordboard.adapters.odoo;

import io.cordboard.testkit.crm.CrmContract;
import io.cordboard.testkit.crm.CrmHarness;
import org.junit.jupiter.api.Tag;

/** On a real Odoo: docs/crm-odoo.md says how it is run. */
@Tag("real-odoo")
class OdooCrmContractTest extends CrmContract {
  @Override
  protected CrmHarness harness() {
    return new OdooHarness();
  }
}
