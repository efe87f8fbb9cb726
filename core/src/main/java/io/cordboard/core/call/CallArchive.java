package io.cordboard.core.call;

import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;

/**
 * Calls that are over, as the ledger wrote them. Thread-safe; throws {@link Fault.Unreachable} while the
 * database is away.
 */
public interface CallArchive {
  /** A call; empty while it lives and when there never was one. */
  Optional<PastCall> find(CallId call);

  /**
   * A call that is over.
   *
   * @param direction in or out
   * @param segments by their numbers
   */
  record PastCall(CallRecord call, String direction, List<CallRecord.Segment> segments) {}
}
