package io.cordboard.core.journey;

import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.kernel.CallId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What desks said of their talks, without a database. */
final class MemoryQualities implements TalkQualities {
  private final Map<CallId, Map<Integer, List<TalkQuality>>> kept = new HashMap<>();

  @Override
  public void keep(CallId call, int segment, TalkQuality said) {
    List<TalkQuality> stretches =
        kept.computeIfAbsent(call, id -> new HashMap<>())
            .computeIfAbsent(segment, n -> new ArrayList<>());
    stretches.removeIf(other -> other.stretch() == said.stretch());
    stretches.add(said);
  }

  @Override
  public Map<Integer, List<TalkQuality>> ofCall(CallId call) {
    return kept.getOrDefault(call, Map.of());
  }
}
