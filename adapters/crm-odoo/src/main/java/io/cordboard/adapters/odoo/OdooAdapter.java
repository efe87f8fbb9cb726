package io.cordboard.adapters.odoo;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter;
import io.cordboard.spi.crm.CrmConfig;
import java.util.List;

/** Connects Odoo from version 19 on, by its JSON-2 interface and a key. */
public final class OdooAdapter implements CrmAdapter {
  @Override
  public String id() {
    return "odoo";
  }

  @Override
  public List<Mistake> mistakes(CrmConfig config) {
    return new OdooFile(config).mistakes();
  }

  @Override
  public Crm open(CrmConfig config) {
    List<Mistake> mistakes = mistakes(config);
    if (!mistakes.isEmpty()) {
      Mistake first = mistakes.getFirst();
      throw new Fault.BadRequest("%s: %s".formatted(first.path(), first.words()));
    }
    return new OdooCrm(config, new OdooFile(config));
  }
}
