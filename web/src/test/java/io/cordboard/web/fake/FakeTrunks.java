package io.cordboard.web.fake;

import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Trunks in memory. */
public final class FakeTrunks implements TrunkStore {
  private final Map<String, TrunkRules> rules = new ConcurrentHashMap<>();

  @Override
  public Map<String, TrunkRules> load() {
    return Map.copyOf(rules);
  }

  @Override
  public void save(String trunk, TrunkRules changed) {
    rules.put(trunk, changed);
  }

  @Override
  public boolean delete(String trunk) {
    return rules.remove(trunk) != null;
  }
}
