package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.Parked;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.SegmentEnded;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** An agent leaves a customer in a place that the team sees; whoever serves the queue picks them up. */
final class Parking {
  private static final long SECOND = 1_000_000;

  private final Supplier<Directory> directory;
  private final Offers offers;
  private final HandingOn handingOn;

  Parking(Supplier<Directory> directory, Offers offers, HandingOn handingOn) {
    this.directory = directory;
    this.offers = offers;
    this.handingOn = handingOn;
  }

  void park(Turn turn, Mine mine) {
    HandingOn.checkThere(mine);
    HandingOn.checkAlone(mine);
    Call call = mine.call();
    Segment segment = mine.segment();
    String queue = call.queued().map(Queued::queue).orElse("");
    turn.record(call, new SegmentEnded(turn.now(), segment.n(), "PARKED"));
    long now = turn.now();
    turn.record(
        call, new Parked(now, segment.n(), queue, freePlace(turn, queue), now + patience(queue)));
    handingOn.music(turn, call, segment);
    turn.effect(call, new Effect.End(segment.leg(), HangUp.NORMAL));
    InboundCall.wrapUp(turn, call, segment);
  }

  /** Longer than that nobody is left with music alone. */
  private long patience(String queueId) {
    Directory.Queue queue = directory.get().queues().get(queueId);
    return SECOND
        * (queue == null ? Directory.Comfort.PARK_SECONDS : queue.comfort().parkSeconds());
  }

  private static int freePlace(Turn turn, String queue) {
    Set<Integer> taken =
        turn.calls().stream()
            .flatMap(call -> call.parked().stream())
            .filter(parked -> parked.queue().equals(queue))
            .map(Parked::place)
            .collect(Collectors.toSet());
    int place = 1;
    while (taken.contains(place)) {
      place++;
    }
    return place;
  }

  /** The agent's phone rings with it, and a browser phone answers by itself: they asked for it. */
  void pickUp(Turn turn, AgentId by, String callId) {
    Call call = turn.call(CallId.parse(callId)).orElseThrow(Parking::notParked);
    Parked parked = call.parked().orElseThrow(Parking::notParked);
    Segment before = call.segment(parked.n());
    Directory.Queue queue = directory.get().queues().get(parked.queue());
    boolean serves = queue != null && queue.members().contains(by);
    if (!serves && !before.agent().equals(by)) {
      throw notParked();
    }
    if (call.openOffer().isPresent()) {
      throw new Fault.Refused("Somebody else picks this call up already.");
    }
    Agent agent = turn.agent(by);
    if (!offers.reachable(turn, by, call.customerLeg().key().switchId())) {
      throw new Fault.Refused("Your phone cannot be rung: see that it is registered and free.");
    }
    if (agent.state() == AgentState.WRAP_UP && call.id().equals(agent.call())) {
      turn.record(call, new WrappedUp(turn.now(), before.n(), true));
      offers.pickedUp(turn, call, by, AgentSignal.CALL_RETURNS);
    } else if (agent.state() == AgentState.READY) {
      offers.pickedUp(turn, call, by, AgentSignal.OFFER);
    } else {
      throw new Fault.Refused("You are not ready: finish what you do, then pick it up.");
    }
  }

  /** The same for a call of another queue, and for one that never was. */
  private static Fault notParked() {
    return new Fault.NotFound(
        "This call is not parked for you: somebody has it, it is over, or it is another queue's.");
  }

  /** Nobody picked it up: it rings at who parked it, else it waits in its queue, as old as it is. */
  void ringsBack(Turn turn, Call call, Parked parked) {
    Segment before = call.segment(parked.n());
    handingOn.waits(turn, call, before, parked.queue());
    handingOn.comesBack(turn, call, before);
  }

  /** Calls that are parked in this queue now, the oldest place first. */
  static List<Call> in(String queue, Iterable<Call> calls) {
    return java.util.stream.StreamSupport.stream(calls.spliterator(), false)
        .filter(call -> call.parked().filter(p -> p.queue().equals(queue)).isPresent())
        .sorted(java.util.Comparator.comparingInt(call -> place(call).orElse(0)))
        .toList();
  }

  private static Optional<Integer> place(Call call) {
    return call.parked().map(Parked::place);
  }
}
