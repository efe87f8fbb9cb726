package io.cordboard.testkit.crm;

import io.cordboard.spi.crm.Crm;
import io.cordboard.testkit.HandClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

class MemoryCrmContractTest extends CrmContract {
  @Override
  protected CrmHarness harness() {
    return new Harness();
  }

  private static final class Harness extends OurNames {
    private final CrmStore store = new CrmStore(new HandClock());

    @Override
    protected CrmStore store() {
      return store;
    }

    @Override
    public Crm crm() {
      return new MemoryCrm("memory", store);
    }

    @Override
    public Crm another() {
      return crm();
    }

    @Override
    public Crm skewed(Duration by) {
      return crm();
    }

    @Override
    public Set<Able> able() {
      return EnumSet.of(
          Able.HANDS, Able.DELETES, Able.MERGES, Able.TELLS_DELETED, Able.TELLS_MERGED, Able.FORGETS, Able.ONE_BY_REF);
    }

    @Override
    public void close() {}
  }
}
