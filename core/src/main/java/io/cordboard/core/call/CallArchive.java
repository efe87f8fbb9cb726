package io.cordboard.core.call;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are over, as the ledger wrote them. Thread-safe; throws {@link Fault.Unreachable} while the
 * database is away.
 */
public interface CallArchive {
  /** A call; empty while it lives and when there never was one. */
  Optional<PastCall> find(CallId call);

  /**
   * Changes what an agent said of their last talk in a call that is over.
   *
   * @return what stood there before; empty when they did not talk in such a call
   */
  Optional<Said> correct(CallId call, AgentId agent, Said now);

  /**
   * What an agent said of a talk.
   *
   * @param disposition null for nothing
   * @param answers in the fields of the outcome's form
   */
  record Said(@Nullable String disposition, List<LedgerFact.Answer> answers) {
    public Said {
      answers = List.copyOf(answers);
    }
  }

  /**
   * A call that is over.
   *
   * @param direction in or out
   * @param segments by their numbers
   */
  record PastCall(CallRecord call, String direction, List<CallRecord.Segment> segments) {}
}
