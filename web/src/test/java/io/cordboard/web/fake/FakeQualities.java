package io.cordboard.web.fake;

import io.cordboard.core.call.TalkQualities;
import io.cordboard.core.call.TalkQuality;
import io.cordboard.kernel.CallId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How talks sounded, in memory. */
public final class FakeQualities implements TalkQualities {
  private final Map<CallId, Map<Integer, List<TalkQuality>>> kept = new ConcurrentHashMap<>();

  @Override
  public void keep(CallId call, int segment, TalkQuality said) {
    kept.put(call, Map.of(segment, List.of(said)));
  }

  @Override
  public Map<Integer, List<TalkQuality>> ofCall(CallId call) {
    return kept.getOrDefault(call, Map.of());
  }
}
