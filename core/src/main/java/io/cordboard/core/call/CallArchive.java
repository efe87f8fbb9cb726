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
   * Changes what an agent said of their last talk with the customer of a call that is over; what stood
   * there is kept. What one agent changes within five minutes is one correction.
   *
   * @param expected what they saw there, without notes; null where it is saved as it is typed
   * @param at microseconds UTC
   * @return what stood there before; empty when they did not talk in such a call
   * @throws Fault.Refused when something else stands there by now, or they corrected it {@link
   *     #MOST_CORRECTIONS} times
   */
  Optional<Said> correct(
      CallId call, AgentId agent, @Nullable Said expected, Said now, long at);

  /** So often an agent may correct the record of one call: all of it is shown with the call. */
  int MOST_CORRECTIONS = 20;

  /**
   * What an agent said of a talk.
   *
   * @param disposition null for nothing
   * @param answers in the fields of the outcome's form
   * @param notes what they wrote; null where notes are left as they are
   */
  record Said(
      @Nullable String disposition, List<LedgerFact.Answer> answers, @Nullable String notes) {
    public Said {
      answers = List.copyOf(answers);
    }

    /** Without a word of the notes. */
    public Said(@Nullable String disposition, List<LedgerFact.Answer> answers) {
      this(disposition, answers, null);
    }
  }

  /**
   * A record was corrected after its call.
   *
   * @param part the agent's; 0 for a call that another switch routed
   * @param at microseconds UTC
   * @param before what stood there
   */
  record Corrected(int part, long at, AgentId by, Said before) {}

  /**
   * A call that is over.
   *
   * @param direction in, out, or inside for a call between colleagues
   * @param segments by their numbers
   * @param corrections the oldest first
   */
  record PastCall(
      CallRecord call,
      String direction,
      List<CallRecord.Segment> segments,
      List<Corrected> corrections) {
    public PastCall {
      segments = List.copyOf(segments);
      corrections = List.copyOf(corrections);
    }

    /** The last part in which this agent talked to the customer. */
    public Optional<CallRecord.Segment> lastTalk(AgentId agent) {
      return segments.stream()
          .filter(one -> one.answeredAt() != 0 && one.agent().equals(agent))
          .filter(one -> !one.outcome().equals(CallRecord.Segment.ADVISED))
          .reduce((earlier, later) -> later);
    }
  }
}
