package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the records of each switch were read, and what the ledger wrote of their calls. Thread-safe;
 * throws {@link Fault.Unreachable} while the database is away.
 */
public interface SwitchGaps {
  /** What was read of a switch; empty before the first time. */
  Optional<Gap> of(String switchId);

  /**
   * Everything before this position is kept; {@code calls} more came without us, and the last of them ended
   * at {@code at}. Those an hour after the last ones are counted anew.
   */
  void passed(String switchId, String position, int calls, long at);

  /**
   * Calls that are over, by the channel of the customer's leg.
   *
   * @param since none of them arrived before, microseconds UTC
   */
  Map<String, Known> known(String switchId, Collection<String> channels, long since);

  /**
   * Writes what the switch did with a call after we had gone, once.
   *
   * @return whether it was not written before
   */
  boolean amend(CallId call, Amended how);

  /**
   * How far a switch was read.
   *
   * @param calls how many calls came without us at the last time
   * @param at when the last one of them ended, microseconds UTC; 0 for none ever
   */
  record Gap(String position, int calls, long at) {}

  /**
   * A call that stands in the archive.
   *
   * @param unobserved something of it happened that could not be observed
   */
  record Known(
      CallId call,
      @Nullable CustomerId customer,
      @Nullable String number,
      String line,
      boolean fallback,
      boolean unobserved) {}

  /** What became of it; times in microseconds UTC, 0 for never. */
  record Amended(
      String outcome, long answeredAt, long endedAt, @Nullable AgentId agent) {}
}
