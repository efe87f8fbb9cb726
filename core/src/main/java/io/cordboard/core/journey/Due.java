package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.RecordingLost;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.OfferState;
import io.cordboard.core.call.RecordingLife;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Turn;
import java.util.List;

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
  private static final long SILENCE = 24 * 3600 * SECOND;
  private static final long FOREIGN_SILENCE = 4 * 3600 * SECOND;

  private final InboundCall inbound;
  private final Talk talk;

  Due(InboundCall inbound, Talk talk) {
    this.inbound = inbound;
    this.talk = talk;
  }

  long next(Call call) {
    if (call.endedAt() != 0) {
      return afterEnd(call);
    }
    long next = silentUntil(call);
    if (!call.controlled()) {
      return next;
    }
    if (call.match().isEmpty()) {
      next = call.arrivedAt() + LOOK_UP;
    }
    if (call.openOffer().isPresent()) {
      return Math.min(next, call.openOffer().get().offered().deadline());
    }
    if (call.talk().isPresent()) {
      return Math.min(next, Math.min(talk.pageDue(call), rejoinDue(call.talk().get())));
    }
    if (call.waiting()) {
      return Math.min(next, call.queued().map(Due::patience).orElse(NEVER));
    }
    return Math.min(next, call.givenUp().map(g -> g.at()).orElse(call.arrivedAt()) + GREETING);
  }

  /** A call whose switch tells nothing of it any more must not live for ever. */
  private static long silentUntil(Call call) {
    return call.lastEntryAt() + (call.controlled() ? SILENCE : FOREIGN_SILENCE);
  }

  private static long rejoinDue(Segment segment) {
    return segment.lostAt() == 0
        ? NEVER
        : segment.lostAt() + segment.offered().terms().rejoinSeconds() * SECOND;
  }

  /** From then on it is looked at whether anybody is still there to wait for. */
  private static long patience(Queued queued) {
    return Math.min(queued.until(), queued.at() + InboundCall.DESK_GRACE);
  }

  private boolean waitsInVain(Turn turn, Queued queued, long now) {
    return queued.until() <= now
        || (queued.at() + InboundCall.DESK_GRACE <= now
            && inbound.nobodyThere(turn, queued.queue()));
  }

  private static long afterEnd(Call call) {
    long next = NEVER;
    for (Segment segment : call.segments()) {
      if (segment.wrappingUp()) {
        next = Math.min(next, segment.wrapUpUntil());
      }
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
    if (call.endedAt() != 0) {
      aftermath(turn, call, now);
    } else if (silentUntil(call) <= now) {
      turn.absent(call);
    } else if (call.openOffer().isPresent()) {
      Segment segment = call.openOffer().get();
      if (segment.offered().deadline() <= now) {
        inbound.closeOffer(turn, call, segment, OfferState.NO_ANSWER);
      }
    } else if (call.talk().isPresent()) {
      Segment segment = call.talk().get();
      if (talk.pageDue(call) <= now) {
        talk.pageDue(turn, call, segment);
      } else if (rejoinDue(segment) <= now) {
        talk.giveBack(turn, call, segment, "AGENT_LOST", "phone-lost");
      }
    } else if (call.waiting() && call.queued().map(q -> waitsInVain(turn, q, now)).orElse(false)) {
      inbound.giveUp(turn, call);
    } else if (call.givenUp().map(g -> g.at() + GREETING <= now).orElse(false)) {
      turn.absent(call);
    } else if (call.queued().isEmpty() && call.arrivedAt() + GREETING <= now) {
      inbound.giveUp(turn, call);
    }
  }

  private static void aftermath(Turn turn, Call call, long now) {
    for (Segment segment : call.segments()) {
      if (segment.wrappingUp() && segment.wrapUpUntil() <= now) {
        InboundCall.finish(turn, call, segment, true);
      }
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
