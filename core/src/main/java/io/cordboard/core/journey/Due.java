package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.RecordingLost;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.RecordingLife;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import java.util.List;
import java.util.Optional;

/**
 * What happens by time alone. When it is due follows from the call's state, so a restart needs no list
 * of timers; that it happened is a fact in the journal.
 */
final class Due {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long SECOND = 1_000_000;
  private static final long LOOK_UP = SECOND / 5;
  private static final long GREETING = 120 * SECOND;
  private static final long AFTERMATH = 15 * SECOND;
  /** Two agents who forgot to hang up after the customer did are no longer held. */
  private static final long INTERNAL = 3600 * SECOND;

  private static final long SILENCE = 24 * 3600 * SECOND;
  private static final long FOREIGN_SILENCE = 4 * 3600 * SECOND;

  private final InboundCall inbound;
  private final Talk talk;
  private final Offers offers;

  Due(InboundCall inbound, Talk talk, Offers offers) {
    this.inbound = inbound;
    this.talk = talk;
    this.offers = offers;
  }

  long next(Call call) {
    if (call.endedAt() != 0) {
      return afterEnd(call);
    }
    long next = Math.min(silentUntil(call), wrapUpDue(call));
    if (!call.controlled()) {
      return next;
    }
    if (call.match().isEmpty()) {
      next = call.arrivedAt() + LOOK_UP;
    }
    if (ringing(call).isPresent()) {
      next = Math.min(next, ringing(call).get().ringsUntil());
    }
    if (call.openOffer().isPresent()) {
      return next;
    }
    next = Math.min(next, Outsiders.due(call));
    if (call.talk().isPresent()) {
      next = Math.min(next, OutboundCall.due(call));
      return Math.min(next, Math.min(talk.pageDue(call), rejoinDue(call)));
    }
    if (call.outside().isPresent()) {
      return next;
    }
    if (call.parked().isPresent()) {
      return Math.min(next, call.parked().get().until());
    }
    if (call.waiting()) {
      long patience = call.queued().map(Due::patience).orElse(NEVER);
      return Math.min(next, Math.min(patience, inbound.tellTurn().due(call)));
    }
    if (call.callBackAsked().isPresent()) {
      return Math.min(next, call.callBackAsked().get().at() + GREETING);
    }
    return Math.min(
        next,
        call.givenUp().isPresent() ? inbound.messages().due(call) : call.arrivedAt() + GREETING);
  }

  /** The offer that is out, of the customer or of a consultation. */
  private static Optional<Segment> ringing(Call call) {
    return call.segments().stream().filter(segment -> segment.offer().open()).findFirst();
  }

  /** A call whose switch tells nothing of it any more must not live for ever. */
  private static long silentUntil(Call call) {
    return call.lastEntryAt() + (call.controlled() ? SILENCE : FOREIGN_SILENCE);
  }

  private static long rejoinDue(Call call) {
    long next = NEVER;
    for (Segment segment : call.segments()) {
      next = Math.min(next, rejoinDue(segment));
    }
    return next;
  }

  private static long rejoinDue(Segment segment) {
    return segment.lostAt() == 0 || !segment.talking()
        ? NEVER
        : segment.lostAt() + segment.offered().terms().rejoinSeconds() * SECOND;
  }

  /** From then on it is looked at whether anybody is still there to wait for. */
  private static long patience(Queued queued) {
    return Math.min(queued.until(), queued.at() + Offers.DESK_GRACE);
  }

  private boolean waitsInVain(Turn turn, Call call, Queued queued, long now) {
    return queued.until() <= now
        || (queued.at() + Offers.DESK_GRACE <= now
            && offers.nobodyThere(turn, queued.queue(), call.handedOnBy().orElse(null)));
  }

  /** Of agents who handed the call on, it may end long before the call does. */
  private static long wrapUpDue(Call call) {
    long next = NEVER;
    for (Segment segment : call.segments()) {
      if (segment.wrappingUp()) {
        next = Math.min(next, segment.wrapUpUntil());
      }
    }
    return next;
  }

  private long afterEnd(Call call) {
    long next = Math.min(wrapUpDue(call), offers.callBacks().due(call));
    if (call.observedWrapUpUntil() != 0) {
      next = Math.min(next, call.observedWrapUpUntil());
    }
    if (Parts.internal(call)) {
      return Math.min(next, call.endedAt() + INTERNAL);
    }
    boolean leftOver =
        call.legs().stream().anyMatch(Leg::alive)
            || call.recordings().stream().anyMatch(life -> !life.over());
    return leftOver ? Math.min(next, call.endedAt() + AFTERMATH) : next;
  }

  void come(Turn turn, Call call) {
    long now = turn.now();
    if (call.match().isEmpty() && call.endedAt() == 0 && call.arrivedAt() + LOOK_UP <= now) {
      turn.record(call, new CallerMatched(now, "UNKNOWN", null, List.of()));
    }
    wrapUpsEnd(turn, call, now);
    if (call.endedAt() != 0) {
      aftermath(turn, call, now);
    } else if (silentUntil(call) <= now) {
      turn.absent(call);
    } else if (ringing(call).filter(offer -> offer.ringsUntil() <= now).isPresent()) {
      Segment offer = ringing(call).get();
      inbound.closeOffer(turn, call, offer, offer.ringLost() ? OfferState.FAILED : OfferState.NO_ANSWER);
    } else if (call.openOffer().isPresent()) {
      return;
    } else if (Outsiders.due(call) <= now) {
      inbound.consulting().outsideGone(turn, call, Outsiders.unanswered(turn, call));
    } else if (call.talk().isPresent()) {
      if (OutboundCall.due(call) <= now) {
        OutboundCall.come(turn, call);
      } else if (talk.pageDue(call) <= now) {
        inbound.pagesDue(turn, call);
      } else {
        lostForGood(turn, call, now);
      }
    } else if (call.outside().isPresent()) {
      return;
    } else if (call.parked().isPresent()) {
      call.parked()
          .filter(parked -> parked.until() <= now)
          .ifPresent(parked -> inbound.parking().ringsBack(turn, call, parked));
    } else if (call.waiting() && call.queued().map(q -> waitsInVain(turn, call, q, now)).orElse(false)) {
      inbound.giveUp(turn, call);
    } else if (call.waiting() && inbound.tellTurn().due(call) <= now) {
      inbound.tellTurn().come(turn, call);
    } else if (call.callBackAsked().map(asked -> asked.at() + GREETING <= now).orElse(false)) {
      turn.absent(call);
    } else if (call.givenUp().isPresent() && inbound.messages().due(call) <= now) {
      if (!inbound.messages().come(turn, call)) {
        turn.absent(call);
      }
    } else if (call.queued().isEmpty() && call.arrivedAt() + GREETING <= now) {
      inbound.giveUp(turn, call);
    }
  }

  private void lostForGood(Turn turn, Call call, long now) {
    for (Segment segment : List.copyOf(call.segments())) {
      if (rejoinDue(segment) <= now) {
        inbound.lostForGood(turn, call, segment);
      }
    }
  }

  private static void wrapUpsEnd(Turn turn, Call call, long now) {
    for (Segment segment : call.segments()) {
      if (segment.wrappingUp() && segment.wrapUpUntil() <= now) {
        InboundCall.finish(turn, call, segment, true);
      }
    }
  }

  private void aftermath(Turn turn, Call call, long now) {
    offers.callBacks().come(turn, call);
    if (call.observedWrapUpUntil() != 0 && call.observedWrapUpUntil() <= now) {
      ObservedCall.finish(turn, call, true);
    }
    if (Parts.internal(call)) {
      if (call.endedAt() + INTERNAL <= now) {
        inbound.consulting().endInternal(turn, call);
      }
      return;
    }
    if (call.endedAt() + AFTERMATH > now) {
      return;
    }
    for (RecordingLife life : List.copyOf(call.recordings())) {
      if (!life.over()) {
        turn.record(call, new RecordingLost(turn.now(), life.name(), "no-end-told"));
      }
    }
    turn.absent(call);
  }
}
