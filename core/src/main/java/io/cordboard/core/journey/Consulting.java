package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.HandedOn;
import io.cordboard.core.call.LedgerFact.HoldSet;
import io.cordboard.core.call.LedgerFact.OfferClosed;
import io.cordboard.core.call.LedgerFact.Placed;
import io.cordboard.core.call.LedgerFact.SegmentEnded;
import io.cordboard.core.call.LedgerFact.To;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.OutsideParty;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An agent asks another one for advice while the customer hears music, and what may come of it: the
 * customer handed over, taken back, or a conference. Where it stands follows from the parts of the call
 * ({@link Parts}); there is no state of a consultation.
 */
final class Consulting {
  private static final String HANDED_OVER = "TRANSFERRED";
  private static final String LEFT = "LEFT";
  private static final String LOST = "AGENT_LOST";

  private final Offers offers;
  private final Talk talk;
  private final HandingOn handingOn;
  private final Outsiders outsiders;

  Consulting(Offers offers, Talk talk, HandingOn handingOn, Outsiders outsiders) {
    this.offers = offers;
    this.talk = talk;
    this.handingOn = handingOn;
    this.outsiders = outsiders;
  }

  // ---- what the agent asks for ---------------------------------------------------------------

  /** The other agent is rung, with card and notes; the customer hears music from now on. */
  void begin(Turn turn, Mine mine, AgentId to) {
    HandingOn.checkThere(mine);
    Call call = mine.call();
    Outsiders.checkNobodyAsked(call);
    if (Parts.others(call, mine.segment()).stream().anyMatch(part -> part.agent().equals(to))) {
      throw new Fault.Refused("This agent talks to the customer with you already.");
    }
    handingOn.checkFree(turn, mine, to);
    turn.record(call, new Placed(turn.now(), mine.segment().n(), false));
    if (Parts.withCustomer(call).isEmpty()) {
      unhold(turn, mine);
    }
    offers.offer(turn, call, to, AgentSignal.OFFER, List.of("consulted"), mine.segment().n());
    talk.connect(turn, call);
  }

  /** The same with whoever of this queue is free, as its next caller would be given to them. */
  void begin(Turn turn, Mine mine, Directory.Queue queue) {
    Set<AgentId> with =
        mine.call().segments().stream()
            .filter(Segment::talking)
            .map(Segment::agent)
            .collect(Collectors.toSet());
    AgentId to =
        offers
            .whoOf(turn, mine.call(), queue, with)
            .orElseThrow(
                () ->
                    new Fault.Refused(
                        "Nobody of %s is free to be asked: ask an agent, or hand the customer on to the queue."
                            .formatted(queue.label())));
    begin(turn, mine, to);
  }

  /** The agent speaks to the customer while the other one waits, or the other way round. */
  void swap(Turn turn, Mine mine) {
    Call call = mine.call();
    checkLives(call);
    if (Outsiders.answered(mine).isEmpty()) {
      second(mine);
    }
    boolean customer = mine.segment().aside();
    turn.record(call, new Placed(turn.now(), mine.segment().n(), customer));
    unhold(turn, mine);
    talk.connect(turn, call);
    talk.joined(turn, call);
  }

  /** The customer is the other agent's from now on. */
  void complete(Turn turn, Mine mine) {
    checkLives(mine.call());
    OutsideParty party = Outsiders.answered(mine).orElse(null);
    if (party == null) {
      handOver(turn, mine.call(), mine.segment(), second(mine));
    } else {
      Outsiders.handOver(turn, mine.call(), mine.segment(), party);
    }
    ended(turn, mine.call(), mine.segment(), HANDED_OVER, false);
  }

  /** The agent is with the customer again, whether the other one answered or not. */
  void cancel(Turn turn, Mine mine) {
    Call call = mine.call();
    checkLives(call);
    OutsideParty party = Outsiders.asked(mine).orElse(null);
    if (party == null) {
      dismiss(turn, call, asked(mine).orElseThrow(Consulting::nobody));
    } else {
      Outsiders.dismiss(turn, call, party);
    }
    if (mine.segment().aside()) {
      turn.record(call, new Placed(turn.now(), mine.segment().n(), true));
      unhold(turn, mine);
    }
    talk.connect(turn, call);
    close(turn, call);
  }

  /** All of them hear each other. */
  void merge(Turn turn, Mine mine) {
    Call call = mine.call();
    checkLives(call);
    OutsideParty party = Outsiders.answered(mine).orElse(null);
    if (party == null) {
      turn.record(call, new Placed(turn.now(), second(mine).n(), true));
    } else {
      Outsiders.joins(turn, call, party);
    }
    if (mine.segment().aside()) {
      turn.record(call, new Placed(turn.now(), mine.segment().n(), true));
    }
    unhold(turn, mine);
    talk.connect(turn, call);
    close(turn, call);
  }

  /** Ends this agent's part where it is not the whole call; returns whether it was so. */
  boolean hangUp(Turn turn, Mine mine) {
    boolean asks = asked(mine).isPresent() || Outsiders.asked(mine).isPresent();
    if (mine.call().endedAt() == 0 && asks && !mine.call().inside()) {
      throw new Fault.Refused(
          "You consult somebody: complete the transfer, join all, or take the customer back first.");
    }
    return leaves(turn, mine.call(), mine.segment(), LEFT, false);
  }

  private static Optional<Segment> asked(Mine mine) {
    return Parts.consultation(mine.call()).filter(part -> part.by() == mine.segment().n());
  }

  /** The other agent, who answered; a fault that says why there is none. */
  private static Segment second(Mine mine) {
    checkLives(mine.call());
    Segment second = asked(mine).orElseThrow(Consulting::nobody);
    if (!second.talking()) {
      throw new Fault.Refused("Your colleague's phone rings: wait for the answer, or cancel.");
    }
    HandingOn.checkThere(mine);
    if (second.lostAt() != 0) {
      throw new Fault.Refused("Your colleague's phone is being connected again: wait, or cancel.");
    }
    return second;
  }

  private static Fault nobody() {
    return new Fault.Refused("You consult nobody: the other one is gone already.");
  }

  private static void checkLives(Call call) {
    InsideCall.checkCustomer(call);
    if (call.endedAt() != 0) {
      throw new Fault.Refused("The customer has hung up: you two speak alone.");
    }
  }

  private static void unhold(Turn turn, Mine mine) {
    unhold(turn, mine.call(), mine.segment());
  }

  private static void unhold(Turn turn, Call call, Segment by) {
    if (call.held()) {
      turn.record(call, new HoldSet(turn.now(), by.agent(), false));
    }
  }

  // ---- what happens --------------------------------------------------------------------------

  /** An agent's leg ended; returns whether others are in it. */
  boolean legGone(Turn turn, Call call, Segment segment, EndCause cause) {
    if (segment.lostAt() != 0) {
      return true;
    }
    if (call.endedAt() != 0) {
      endInternal(turn, call);
      return true;
    }
    boolean hungUp = cause.side() == EndCause.Side.FAR || cause.side() == EndCause.Side.US;
    return hungUp
        && (handedOverJustNow(turn, call, segment) || leaves(turn, call, segment, LEFT, false));
  }

  /** A lost phone did not come back in time; returns whether others are in it. */
  boolean lostForGood(Turn turn, Call call, Segment segment) {
    return leaves(turn, call, segment, LOST, true);
  }

  /**
   * One of several leaves and the rest goes on; returns false where this one is alone.
   *
   * @param lost the agent's phone is gone: they are not ready afterwards
   */
  boolean leaves(Turn turn, Call call, Segment segment, String outcome, boolean lost) {
    Segment second = Parts.consultation(call).orElse(null);
    OutsideParty party = call.outside().orElse(null);
    if (call.endedAt() != 0) {
      endInternal(turn, call);
    } else if (call.inside()) {
      insideOver(turn, call, segment, lost);
    } else if (party != null && party.aside() && party.by() == segment.n()) {
      askerGone(turn, call, segment, party, new Ending(outcome, lost));
    } else if (segment == second) {
      advised(turn, call, segment, lost);
      over(turn, call);
    } else if (second != null && second.by() == segment.n()) {
      askerGone(turn, call, segment, second, new Ending(outcome, lost));
    } else if (!Parts.others(call, segment).isEmpty()) {
      ended(turn, call, segment, outcome, lost);
    } else if (party != null) {
      turn.record(
          call, new HandedOn(turn.now(), segment.n(), To.OUTSIDE, party.asked().number()));
      unhold(turn, call, segment);
      ended(turn, call, segment, outcome, lost);
    } else {
      return false;
    }
    return true;
  }

  /** One of two colleagues is gone: it is over for both. */
  private static void insideOver(Turn turn, Call call, Segment gone, boolean lost) {
    Segment second = Parts.consultation(call).orElse(null);
    if (second == gone && second != null) {
      advised(turn, call, second, lost);
    } else if (second != null) {
      dismiss(turn, call, second);
    }
    if (gone.n() == 1 && lost) {
      turn.record(call, new SegmentEnded(turn.now(), gone.n(), LOST));
      turn.record(call, new WrappedUp(turn.now(), gone.n(), true));
      turn.signal(gone.agent(), AgentSignal.PHONE_LOST, "phone-lost", null);
    }
    boolean met = call.insideAnsweredAt() != 0;
    InsideCall.over(
        turn, call, new EndCause(EndCause.Side.US, 16, 0, met ? "hung-up" : "given-up"));
  }

  private record Ending(String outcome, boolean lost) {}

  /** Who asked is gone: the other one takes the customer, or they wait again as old as they are: see the queue's DropOut. */
  private void askerGone(Turn turn, Call call, Segment asker, Segment second, Ending ending) {
    if (second.talking() && second.lostAt() == 0 && handingOn.completes(call)) {
      handOver(turn, call, asker, second);
      ended(turn, call, asker, ending.lost() ? LOST : HANDED_OVER, ending.lost());
      return;
    }
    dismiss(turn, call, second);
    boolean alone = Parts.others(call, asker).isEmpty();
    ended(turn, call, asker, ending.outcome(), ending.lost());
    if (alone) {
      handingOn.waits(turn, call, asker, HandingOn.queueOf(call));
    }
  }

  /** The same, where somebody outside was asked. */
  private void askerGone(
      Turn turn, Call call, Segment asker, OutsideParty party, Ending ending) {
    if (party.talking() && handingOn.completes(call)) {
      Outsiders.handOver(turn, call, asker, party);
      ended(turn, call, asker, ending.lost() ? LOST : HANDED_OVER, ending.lost());
      return;
    }
    Outsiders.dismiss(turn, call, party);
    boolean alone = Parts.others(call, asker).isEmpty();
    ended(turn, call, asker, ending.outcome(), ending.lost());
    if (alone) {
      handingOn.waits(turn, call, asker, HandingOn.queueOf(call));
    }
  }

  private void handOver(Turn turn, Call call, Segment asker, Segment second) {
    turn.record(call, new HandedOn(turn.now(), asker.n(), To.AGENT, second.agent().toString()));
    turn.record(call, new Placed(turn.now(), second.n(), true));
    if (call.held()) {
      turn.record(call, new HoldSet(turn.now(), second.agent(), false));
    }
  }

  /** An agent's part ends while others have the customer; theirs is recorded on its own. */
  private void ended(Turn turn, Call call, Segment segment, String outcome, boolean lost) {
    turn.record(call, new SegmentEnded(turn.now(), segment.n(), outcome));
    boolean recorded =
        call.recordings().stream().anyMatch(r -> !r.over() && r.segment() == segment.n());
    if (recorded) {
      Talk.stopRecording(turn, call);
    }
    turn.effect(call, new Effect.End(segment.leg(), HangUp.NORMAL));
    if (lost) {
      turn.record(call, new WrappedUp(turn.now(), segment.n(), true));
      turn.signal(segment.agent(), AgentSignal.PHONE_LOST, "phone-lost", null);
    } else {
      InboundCall.wrapUp(turn, call, segment);
    }
    talk.connect(turn, call);
    talk.joined(turn, call);
    if (Parts.consultation(call).isEmpty() && Parts.askedOutside(call).isEmpty()) {
      close(turn, call);
    }
  }

  /** The asked agent is not needed any more. */
  private static void dismiss(Turn turn, Call call, Segment second) {
    if (second.talking()) {
      advised(turn, call, second, false);
    } else {
      turn.record(call, new OfferClosed(turn.now(), second.n(), OfferState.WITHDRAWN));
      turn.effect(call, new Effect.End(second.leg(), HangUp.NO_ANSWER));
      if (call.id().equals(turn.agent(second.agent()).call())) {
        turn.signal(second.agent(), AgentSignal.OFFER_GONE, null, null);
      }
    }
  }

  /** Who gave advice has no record to finish. */
  private static void advised(Turn turn, Call call, Segment second, boolean lost) {
    turn.record(call, new SegmentEnded(turn.now(), second.n(), CallRecord.Segment.ADVISED));
    turn.effect(call, new Effect.End(second.leg(), HangUp.NORMAL));
    if (!call.id().equals(turn.agent(second.agent()).call())) {
      turn.record(call, new WrappedUp(turn.now(), second.n(), true));
    } else if (lost) {
      turn.record(call, new WrappedUp(turn.now(), second.n(), true));
      turn.signal(second.agent(), AgentSignal.PHONE_LOST, "phone-lost", null);
    } else {
      turn.signal(second.agent(), AgentSignal.TALK_ENDS, null, call.id());
      InboundCall.finish(turn, call, second, true);
    }
  }

  /** Nobody is asked any more: whoever asked has the customer again, on hold until they take them. */
  void over(Turn turn, Call call) {
    if (Parts.consultation(call).isPresent()
        || Parts.askedOutside(call).isPresent()
        || call.endedAt() != 0) {
      return;
    }
    if (call.inside()) {
      InsideCall.notAnswered(turn, call);
      return;
    }
    for (Segment part : call.segments()) {
      if (part.talking() && part.aside()) {
        boolean alone = !Parts.accompanied(call);
        turn.record(call, new Placed(turn.now(), part.n(), true));
        if (alone && !call.held()) {
          turn.record(call, new HoldSet(turn.now(), part.agent(), true));
        }
        talk.connect(turn, call);
      }
    }
    close(turn, call);
  }

  /**
   * The transfer was completed while the other agent hung up: they never had the customer, who goes back
   * to whoever consulted them, else to the queue.
   */
  private boolean handedOverJustNow(Turn turn, Call call, Segment second) {
    boolean now =
        call.endedAt() == 0 && second.by() != 0 && second.served() && !second.met()
            && Parts.others(call, second).isEmpty() && Parts.consultation(call).isEmpty();
    if (now) {
      Segment asker = call.segment(second.by());
      advised(turn, call, second, false);
      handingOn.waits(turn, call, second, HandingOn.queueOf(call));
      handingOn.comesBack(turn, call, asker);
      close(turn, call);
    }
    return now;
  }

  /** Somebody outside is gone, before or after an answer. */
  void outsideGone(Turn turn, Call call, OutsideParty party) {
    if (call.endedAt() != 0) {
      Outsiders.endInternal(turn, call, party);
      close(turn, call);
    } else if (party.aside()) {
      over(turn, call);
    } else {
      outsiders.gone(turn, call, party);
    }
  }

  /** One of the two who spoke on without the customer hung up. */
  void endInternal(Turn turn, Call call) {
    OutsideParty party = call.outside().orElse(null);
    if (party != null) {
      Outsiders.endInternal(turn, call, party);
      close(turn, call);
      return;
    }
    Segment second = Parts.consultation(call).orElse(null);
    if (second == null) {
      return;
    }
    Segment asker = call.segment(second.by());
    advised(turn, call, second, false);
    turn.record(call, new SegmentEnded(turn.now(), asker.n(), "ENDED"));
    turn.effect(call, new Effect.End(asker.leg(), HangUp.NORMAL));
    InboundCall.wrapUp(turn, call, asker);
    close(turn, call);
  }

  /** The bridge of the two is not needed any more; one that never was is a success. */
  void close(Turn turn, Call call) {
    if (call.segments().stream().anyMatch(part -> part.by() != 0)
        || call.outsiders().stream().anyMatch(party -> party.asked().aside())) {
      turn.effect(
          call, new Effect.CloseBridge(call.customerLeg().key(), Parts.asideBridge(call)));
    }
  }
}
