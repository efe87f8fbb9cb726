package io.cordboard.adapters.fhir;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.spi.crm.CrmConfig;
import java.util.ArrayList;
import java.util.List;

/** Connects servers that speak FHIR R4. */
public final class FhirAdapter implements CrmAdapter {
  @Override
  public String id() {
    return "fhir";
  }

  @Override
  public List<Mistake> mistakes(CrmConfig config) {
    List<Mistake> mistakes = new ArrayList<>();
    FhirConfig.read(config, mistakes);
    return mistakes;
  }

  @Override
  public Crm open(CrmConfig config) {
    List<Mistake> mistakes = new ArrayList<>();
    FhirConfig read = FhirConfig.read(config, mistakes);
    if (!mistakes.isEmpty()) {
      Mistake first = mistakes.getFirst();
      throw new Fault.BadRequest("The connection '%s': %s: %s".formatted(config.name(), first.path(), first.words()));
    }
    return new FhirCrm(config, read);
  }
}
