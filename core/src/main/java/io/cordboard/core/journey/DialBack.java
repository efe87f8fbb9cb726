package io.cordboard.core.journey;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.CallBackAsked;
import io.cordboard.core.call.LedgerFact.CallBackOver;
import io.cordboard.core.call.LedgerFact.CallBackTried;
import io.cordboard.core.call.LedgerFact.DialledOut;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.OutsideDialling.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call-back whose turn has come becomes a call: it rings at the agent like any other, and who takes it is
 * put through to the customer. Not taken, the place stays where it is; not reached, it rests a while.
 */
final class DialBack {
  private static final long MINUTE = 60_000_000;

  private final Supplier<Directory> directory;
  private final IdentifyCaller identification;
  private final Offers offers;
  private final InboundCall inbound;
  /** The call that is being made of a kept place. */
  private final Map<CallId, CallId> attempts = new HashMap<>();

  DialBack(
      Supplier<Directory> directory, IdentifyCaller identification, Offers offers,
      InboundCall inbound) {
    this.directory = directory;
    this.identification = identification;
    this.offers = offers;
    this.inbound = inbound;
  }

  /** Keeps in step with a call, also when the journal is read after a restart. */
  void changed(Call call) {
    CallId kept = call.dialledOut().map(DialledOut::callBack).orElse(null);
    if (kept == null) {
      return;
    }
    if (call.endedAt() == 0) {
      attempts.put(kept, call.id());
    } else {
      attempts.remove(kept, call.id());
    }
  }

  /** Whether nobody is being called for it, nor was a moment ago. */
  boolean ready(Call kept, long now) {
    return !attempts.containsKey(kept.id())
        && kept.callBackTried().map(CallBackTried::again).orElse(0L) <= now;
  }

  /** Whether calls of this place's switch and line can be made at all. */
  boolean possible(Call kept, Predicate<String> dials) {
    return dials.test(kept.customerLeg().key().switchId()) && line(kept).isPresent();
  }

  private Optional<Line> line(Call kept) {
    return kept.read().flatMap(read -> directory.get().line(read.line()));
  }

  /** Rings at this agent, unless they have gone meanwhile. */
  boolean offer(Turn turn, Call kept, AgentId agent, OutboundCall.Wish wish) {
    LegKey came = kept.customerLeg().key();
    Line line = line(kept).orElse(null);
    Queued place = kept.queued().orElse(null);
    if (line == null
        || place == null
        || turn.agent(agent).state() != AgentState.READY
        || !turn.agents().linkUp(came.switchId())
        || !offers.reachable(turn, agent, came.switchId())) {
      return false;
    }
    long asked = kept.callBackAsked().map(CallBackAsked::at).orElse(0L);
    Call call =
        OutboundCall.begin(
            turn, identification, wish,
            new OutboundCall.Begin(
                agent, came.switchId(), line, place.queue(), null, kept.id(), asked, null));
    attempts.put(kept.id(), call.id());
    offers.callBack(turn, call, agent, line);
    return true;
  }

  // ---- what becomes of it --------------------------------------------------------------------

  /** The customer has answered: the place is not kept any more. */
  static void reached(Turn turn, Call call) {
    kept(turn, call)
        .ifPresent(
            kept ->
                turn.record(
                    kept,
                    new CallBackOver(turn.now(), "CALLED", call.dialledOut().orElseThrow().by())));
  }

  /** A call that an agent made, or that was made of a kept place, has ended without the customer. */
  void notReached(Turn turn, Call call, @Nullable String customer, @Nullable String number) {
    DialledOut out = call.dialledOut().orElseThrow();
    Call kept = kept(turn, call).orElse(null);
    String outcome =
        call.customerLeg().dialledAt() == 0
            ? null
            : Outcome.of(call.endCause().orElse(EndCause.absent())).name();
    long due = kept == null || outcome == null ? 0 : rests(turn, kept, outcome);
    if (outcome != null || out.callBack() != null) {
      turn.task(
          new TaskChange.Tried(
              call.id(), customer, number, out.queue(), turn.now(), outcome, due));
    }
  }

  /** Until when; a number that does not exist is not dialled again. */
  private long rests(Turn turn, Call kept, String outcome) {
    Comfort comfort =
        kept.queued()
            .map(queued -> directory.get().queues().get(queued.queue()))
            .map(Directory.Queue::comfort)
            .orElse(Comfort.MUSIC_ALONE);
    long again = turn.now() + comfort.callBackMinutes() * MINUTE;
    turn.record(kept, new CallBackTried(turn.now(), outcome, again));
    boolean last =
        outcome.equals(Outcome.WRONG_NUMBER.name())
            || kept.callBackTries() >= comfort.callBackTries();
    if (last) {
      turn.record(kept, new CallBackOver(turn.now(), "NOT_REACHED", null));
    }
    return again;
  }

  private static Optional<Call> kept(Turn turn, Call call) {
    return call.dialledOut().map(DialledOut::callBack).flatMap(turn::call).filter(Call::placeKept);
  }

  /** The customer calls by themselves: nobody is to call them at the same time. */
  void withdraw(Turn turn, Call kept) {
    Call call = Optional.ofNullable(attempts.get(kept.id())).flatMap(turn::call).orElse(null);
    if (call == null || call.endedAt() != 0 || call.customerLeg().answeredAt() != 0) {
      return;
    }
    Segment first = call.segments().isEmpty() ? null : call.segment(1);
    if (first != null && first.offer().open()) {
      inbound.closeOffer(turn, call, first, OfferState.WITHDRAWN);
    } else {
      OutboundCall.giveUp(turn, call);
    }
  }
}
