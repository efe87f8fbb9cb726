package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.CallerRead;
import io.cordboard.core.call.LedgerFact.HandedOn;
import io.cordboard.core.call.LedgerFact.HoldSet;
import io.cordboard.core.call.LedgerFact.OutsideAsked;
import io.cordboard.core.call.LedgerFact.OutsideDismissed;
import io.cordboard.core.call.LedgerFact.OutsideJoined;
import io.cordboard.core.call.LedgerFact.Placed;
import io.cordboard.core.call.LedgerFact.SegmentEnded;
import io.cordboard.core.call.LedgerFact.To;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.LegState;
import io.cordboard.core.call.OutsideParty;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.OutsideOrder;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside in a customer's call: the customer is handed on to them, or they are asked first. They
 * see the number of the line that the customer called, never the customer's or an agent's. Holds no state.
 */
final class Outsiders {
  private static final long SECOND = 1_000_000;

  /** Shorter than for a call of its own: a customer waits for it. */
  static final int RING_SECONDS = 45;

  /** The switch's own time-out comes first; ours is for a switch that forgets. */
  private static final long MARGIN = 10 * SECOND;

  private final Supplier<Directory> directory;
  private final Talk talk;
  private final HandingOn handingOn;

  Outsiders(Supplier<Directory> directory, Talk talk, HandingOn handingOn) {
    this.directory = directory;
    this.talk = talk;
    this.handingOn = handingOn;
  }

  // ---- what the agent asks for ---------------------------------------------------------------

  /** The customer is handed on to a number: they hear music until it answers. */
  void handOn(Turn turn, Mine mine, String number, Predicate<String> dials) {
    HandingOn.checkThere(mine);
    HandingOn.checkAlone(mine);
    checkNumber(mine, number, dials);
    handingOn.leave(turn, mine, To.OUTSIDE, number);
    call(turn, mine, number, false);
  }

  /** The agent speaks to a number first, and hears it ring; the customer hears music. */
  void ask(Turn turn, Mine mine, String number, Predicate<String> dials) {
    HandingOn.checkThere(mine);
    Call call = mine.call();
    checkNobodyAsked(call);
    checkNumber(mine, number, dials);
    turn.record(call, new Placed(turn.now(), mine.segment().n(), false));
    if (call.held() && Parts.withCustomer(call).isEmpty()) {
      turn.record(call, new HoldSet(turn.now(), mine.segment().agent(), false));
    }
    talk.connect(turn, call);
    call(turn, mine, number, true);
  }

  /** A fault where somebody is asked in this call, or somebody outside is in it already. */
  static void checkNobodyAsked(Call call) {
    if (Parts.consultation(call).isPresent() || Parts.askedOutside(call).isPresent()) {
      throw new Fault.Refused("Somebody is consulted in this call already: end that first.");
    }
    if (call.outside().isPresent()) {
      throw new Fault.Refused(
          "Somebody outside talks to this customer with you: nobody else can be asked meanwhile.");
    }
  }

  private static void checkNumber(Mine mine, String number, Predicate<String> dials) {
    Call call = mine.call();
    if (!dials.test(call.customerLeg().key().switchId())) {
      throw new Fault.Refused(
          "The switch of this call does not dial outside: choose an agent or a queue.");
    }
    if (call.read().map(CallerRead::number).filter(number::equals).isPresent()) {
      throw new Fault.Refused("This is the customer's own number, and they are in this call.");
    }
  }

  private void call(Turn turn, Mine mine, String number, boolean aside) {
    Call call = mine.call();
    LegKey customer = call.customerLeg().key();
    int n = call.outsiders().size() + 1;
    LegKey leg =
        new LegKey(customer.switchId(), customer.epoch(), "y-%s-%d".formatted(call.id(), n));
    long now = turn.now();
    turn.record(
        call,
        new OutsideAsked(
            now, n, mine.segment().n(), leg, number, shown(call), now + RING_SECONDS * SECOND + MARGIN,
            aside));
    dial(turn, call, call.outside().orElseThrow());
  }

  /** The line of this call: neither the customer's number nor an agent's. */
  private @Nullable String shown(Call call) {
    return call.read()
        .flatMap(read -> directory.get().line(read.line()))
        .map(Line::did)
        .orElse(null);
  }

  private static void dial(Turn turn, Call call, OutsideParty party) {
    LegKey leg = party.leg();
    OutsideAsked asked = party.asked();
    turn.effect(
        call,
        new Effect.DialOutside(
            leg,
            new OutsideOrder(
                leg.channel(), call.id(), asked.number(), asked.shown(), RING_SECONDS,
                asked.aside() ? call.segment(asked.by()).leg() : call.customerLeg().key(),
                asked.aside() ? Parts.asideBridge(call) : null)));
  }

  /** Whom this agent asks, answered or not. */
  static Optional<OutsideParty> asked(Mine mine) {
    return Parts.askedOutside(mine.call()).filter(party -> party.by() == mine.segment().n());
  }

  /** Whom this agent asks, and who answered; a fault while their phone rings. */
  static Optional<OutsideParty> answered(Mine mine) {
    Optional<OutsideParty> party = asked(mine);
    if (party.isPresent() && !party.get().talking()) {
      throw new Fault.Refused("The number is being called: wait for the answer, or cancel.");
    }
    party.ifPresent(there -> HandingOn.checkThere(mine));
    return party;
  }

  /** The customer is theirs from now on; recording ends with the agent's part. */
  static void handOver(Turn turn, Call call, Segment asker, OutsideParty party) {
    turn.record(call, new HandedOn(turn.now(), asker.n(), To.OUTSIDE, party.asked().number()));
    joins(turn, call, party);
    if (call.held()) {
      turn.record(call, new HoldSet(turn.now(), asker.agent(), false));
    }
  }

  /** They hear the customer too. */
  static void joins(Turn turn, Call call, OutsideParty party) {
    turn.record(call, new OutsideJoined(turn.now(), party.n()));
  }

  /** They are not needed any more. */
  static void dismiss(Turn turn, Call call, OutsideParty party) {
    dismiss(turn, call, party, false);
  }

  private static void dismiss(Turn turn, Call call, OutsideParty party, boolean unanswered) {
    turn.record(call, new OutsideDismissed(turn.now(), party.n(), unanswered));
    turn.effect(call, new Effect.End(party.leg(), HangUp.NORMAL));
  }

  // ---- what happens --------------------------------------------------------------------------

  /** Their phone was answered. */
  void answered(Turn turn, Call call, Leg leg) {
    if (call.needs(leg)) {
      talk.connect(turn, call);
    } else {
      turn.effect(call, new Effect.End(leg.key(), HangUp.NORMAL));
    }
  }

  /** Who had the customer with nobody else is gone: back to who handed on, or the call is over. */
  void gone(Turn turn, Call call, OutsideParty party) {
    if (call.endedAt() != 0 || call.talk().isPresent() || call.openOffer().isPresent()) {
      return;
    }
    if (party.met()) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
      return;
    }
    Segment before = call.segment(party.by());
    handingOn.waits(turn, call, before, HandingOn.queueOf(call));
    handingOn.comesBack(turn, call, before);
  }

  /** Until when an answer is waited for. */
  static long due(Call call) {
    return call.outside()
        .filter(party -> !party.talking())
        .map(party -> party.asked().until())
        .orElse(Long.MAX_VALUE);
  }

  /** The switch told of no end: it is given up by us. */
  static OutsideParty unanswered(Turn turn, Call call) {
    OutsideParty party = call.outside().orElseThrow();
    dismiss(turn, call, party, true);
    return party;
  }

  /** The order may be lost with a link or a crash; a repeated one dials once. */
  void resumed(Turn turn, Call call) {
    OutsideParty party = call.outside().orElse(null);
    if (party == null) {
      return;
    }
    boolean unheard =
        call.leg(party.leg()).filter(leg -> leg.state() == LegState.DIALLED).isPresent();
    if (unheard && turn.now() < party.asked().until() - MARGIN) {
      dial(turn, call, party);
    }
    if (call.talk().isEmpty()) {
      talk.connect(turn, call);
    }
  }

  /** The two who spoke on without the customer have ended. */
  static void endInternal(Turn turn, Call call, OutsideParty party) {
    if (party.present()) {
      dismiss(turn, call, party);
    }
    Segment asker = call.segment(party.by());
    if (asker.talking()) {
      turn.record(call, new SegmentEnded(turn.now(), asker.n(), "ENDED"));
      turn.effect(call, new Effect.End(asker.leg(), HangUp.NORMAL));
      InboundCall.wrapUp(turn, call, asker);
    }
  }
}
