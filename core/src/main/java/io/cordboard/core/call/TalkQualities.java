package io.cordboard.core.call;

import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;

/**
 * How talks sounded, by agents' parts. Thread-safe; throws {@link Fault.Unreachable} while the database is
 * away.
 */
public interface TalkQualities {
  /** So many stretches of one part are kept; no honest page comes near. */
  int MOST_STRETCHES = 20;

  /** Keeps it; the same stretch again replaces what was said of it before. */
  void keep(CallId call, int segment, TalkQuality said);

  /** What was said of each part of a call, by the part's number. */
  Map<Integer, List<TalkQuality>> ofCall(CallId call);
}
