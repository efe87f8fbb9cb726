package io.cordboard.web.api;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AgentObserved;
import io.cordboard.kernel.CallEvent.Control;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegHeld;
import io.cordboard.kernel.CallEvent.LegResumed;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.web.api.CtiEvent.Direction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what was told of a foreign call into our events. Pure. */
final class ForeignCall {
  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final long MONTH_MICROS = 30 * 24 * HOUR_MICROS;
  private final LegKey leg;
  private final CtiEvent told;
  private final long at;

  /**
   * Reads one event.
   *
   * @param source the key's name: each is a switch of its own
   */
  ForeignCall(String source, CtiEvent told, long now) {
    this.leg = new LegKey("cti-" + source, 0, told.callId());
    this.told = told;
    this.at = told.at() == null ? now : checked(told.at(), now);
  }

  private static long checked(Instant at, long now) {
    Instant limit = Instant.EPOCH.plus(now + HOUR_MICROS, ChronoUnit.MICROS);
    if (at.isAfter(limit) || at.isBefore(limit.minus(MONTH_MICROS, ChronoUnit.MICROS))) {
      throw new Fault.BadRequest(
          "'at' is %s: more than an hour ahead of this server's clock, or a month behind."
              .formatted(at));
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  LegKey leg() {
    return leg;
  }

  /** The call's beginning, for a call that is not known yet, whatever was told of it first. */
  CallEvent arrival() {
    return new LegArrived(leg, at, Control.OBSERVED, claims(), null, null);
  }

  /** The customer is the other side: who calls in, or who is called. */
  private NumberClaims claims() {
    return told.direction() == Direction.IN
        ? NumberClaims.of("in", told.from(), told.to())
        : NumberClaims.of(NumberClaims.OUTGOING, told.to(), told.from());
  }

  /** What happened to it. */
  List<CallEvent> events() {
    List<CallEvent> events = new ArrayList<>();
    String agent = told.agent();
    if (agent != null) {
      events.add(new AgentObserved(leg, at, agent));
    }
    switch (told.event()) {
      case RINGING -> events.add(new LegRinging(leg, at));
      case ANSWERED -> {
        events.add(new LegAnswered(leg, at));
        // told again after a hold it means that the hold is over
        events.add(new LegResumed(leg, at));
      }
      case HELD -> events.add(new LegHeld(leg, at));
      case ENDED -> events.add(new LegEnded(leg, at, cause(told.cause())));
    }
    return events;
  }

  private static EndCause cause(@Nullable String words) {
    String text = words == null ? "" : words;
    int q850 = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    return new EndCause(EndCause.Side.UNKNOWN, q850 <= 127 ? q850 : 0, 0, text);
  }
}
