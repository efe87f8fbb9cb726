package io.cordboard.web.fake;

import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkStore;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trunks in memory. */
public final class FakeTrunks implements TrunkStore {
  private final Map<String, List<Version>> versions = new HashMap<>();

  @Override
  public synchronized Map<String, Version> load() {
    Map<String, Version> now = new HashMap<>();
    versions.forEach((trunk, all) -> now.put(trunk, all.getFirst()));
    now.values().removeIf(version -> version.rules() == null);
    return now;
  }

  @Override
  public synchronized Version save(String trunk, @Nullable TrunkRules rules, Change change) {
    List<Version> all = versions.computeIfAbsent(trunk, name -> new ArrayList<>());
    boolean none = all.isEmpty() || all.getFirst().rules() == null;
    if (change.basedOn() != null
        && change.basedOn() != all.size()
        && !(change.basedOn() == 0 && none)) {
      throw new Fault.Refused("Somebody changed these rules meanwhile.");
    }
    all.addFirst(new Version(all.size() + 1, change.how(), rules));
    return all.getFirst();
  }

  @Override
  public synchronized List<Version> history(String trunk, int before, int most) {
    return versions.getOrDefault(trunk, List.of()).stream()
        .filter(version -> version.n() < before)
        .limit(most)
        .toList();
  }
}
