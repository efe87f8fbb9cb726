package io.cordboard.core.call;

import io.cordboard.core.call.LedgerFact.OutsideAsked;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.OutsideDialling.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside whom an agent called into a customer's call: to hand the customer on, or to ask them
 * first. Touched by the ledger's thread only; times are microseconds, 0 before it happened.
 */
public final class OutsideParty {
  /** Answered, and their part is over. */
  private static final String TALKED = "ANSWERED";

  private final OutsideAsked asked;
  boolean aside;
  boolean met;
  long answeredAt;
  long endedAt;
  String outcome = "";
  private @Nullable LegEnded end;

  OutsideParty(OutsideAsked asked) {
    this.asked = asked;
    this.aside = asked.aside();
  }

  /** Counted within the call from 1. */
  public int n() {
    return asked.n();
  }

  /** The segment whose agent called them. */
  public int by() {
    return asked.by();
  }

  /** How they were called. */
  public OutsideAsked asked() {
    return asked;
  }

  public LegKey leg() {
    return asked.leg();
  }

  /** Speaks to the agent who called them, or waits for that agent; not to the customer. */
  public boolean aside() {
    return aside;
  }

  /** Has been in the customer's bridge. */
  public boolean met() {
    return met;
  }

  public long answeredAt() {
    return answeredAt;
  }

  public long endedAt() {
    return endedAt;
  }

  /** Called and not answered yet, or in the call. */
  public boolean present() {
    return endedAt == 0;
  }

  /** Answered, and in the call. */
  public boolean talking() {
    return present() && answeredAt != 0;
  }

  /** ANSWERED, or what became of the call of them: see {@link Outcome}; empty while they are present. */
  public String outcome() {
    return outcome;
  }

  void over(long at, LegEnded event) {
    if (present()) {
      end = event;
    }
    over(at, Outcome.of(event.cause()));
  }

  boolean endedBy(LegEnded event) {
    return end == event;
  }

  void over(long at, Outcome unanswered) {
    if (present()) {
      endedAt = Math.max(at, asked.at());
      outcome = answeredAt != 0 ? TALKED : unanswered.name();
    }
  }
}
