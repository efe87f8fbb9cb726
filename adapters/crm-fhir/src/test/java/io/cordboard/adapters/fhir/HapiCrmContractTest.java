package io.cordboard.adapters.fhir;

import io.cordboard.testkit.crm.CrmContract;
import io.cordboard.testkit.crm.CrmHarness;
import java.util.Map;

/** Over HAPI's JPA server. */
class HapiCrmContractTest extends CrmContract {
  @Override
  protected CrmHarness harness() {
    return new FhirHarness(Map.of());
  }
}
