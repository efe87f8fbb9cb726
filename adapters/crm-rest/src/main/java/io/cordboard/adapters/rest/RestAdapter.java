package io.cordboard.adapters.rest;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.spi.crm.CrmConfig;
import java.util.List;

/** Connects every system that speaks JSON over HTTP, by its configuration file alone. */
public final class RestAdapter implements CrmAdapter {
  @Override
  public String id() {
    return "rest";
  }

  @Override
  public List<Mistake> mistakes(CrmConfig config) {
    return FilePlan.read(config.tree()).mistakes();
  }

  @Override
  public Crm open(CrmConfig config) {
    FilePlan.Read read = FilePlan.read(config.tree());
    if (!read.mistakes().isEmpty()) {
      Mistake first = read.mistakes().getFirst();
      throw new Fault.BadRequest(
          "The file of '%s' has mistakes (%d); the first, at '%s': %s"
              .formatted(config.name(), read.mistakes().size(), first.path(), first.words()));
    }
    return new RestCrm(config, read.plan());
  }
}
