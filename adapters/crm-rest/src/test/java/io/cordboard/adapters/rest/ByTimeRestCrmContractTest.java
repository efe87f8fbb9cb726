package io.cordboard.adapters.rest;

import io.cordboard.testkit.crm.FakeCrm;
import io.cordboard.spi.crm.Crm;
import io.cordboard.testkit.crm.CrmContract;
import io.cordboard.testkit.crm.CrmHarness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole contract, through a file that follows changes by their times. */
class ByTimeRestCrmContractTest extends CrmContract {
  @Override
  protected CrmHarness harness() {
    Map<String, Object> tree = Files.tree(FakeCrm.file());
    records(tree).forEach((kind, record) -> below(record).put("changes", changes(kind)));
    return new FakeCrmHarness(tree) {
      @Override
      public java.util.Set<Able> able() {
        java.util.Set<Able> able = super.able();
        able.remove(Able.FORGETS);
        able.remove(Able.SHORT_TIME);
        return able;
      }

      // a clock that is set back by twenty minutes would hide changes behind its own future
      @Override
      public Crm skewed(Duration by) {
        startAnew();
        return super.skewed(by);
      }
    };
  }

  private static Map<String, Object> changes(String kind) {
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("get", List.of(kind));
    changes.put("query", Map.of("changed_since", "=cursor.time", "after", "=page.after", "limit", "=page.limit"));
    changes.put("rows", "=body.records");
    changes.put("page", Map.of("kind", "after"));
    changes.put("cursor", Map.of("kind", "time", "resolution", "1ms", "overlap", "2s"));
    return changes;
  }

  private static Map<String, Object> records(Map<String, Object> tree) {
    return below(tree.get("records"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> below(Object part) {
    return (Map<String, Object>) part;
  }
}
