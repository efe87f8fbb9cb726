package io.cordboard.core.call;

import io.cordboard.core.call.LedgerFact.Answer;
import io.cordboard.core.call.LedgerFact.Offered;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.LegKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One agent's part of a call, from offer to the end of wrap-up. Touched by the ledger's thread only;
 * times are microseconds, 0 before it happened.
 */
public final class Segment {
  /** A page that is loaded anew has its phone back long before. */
  private static final long PAGE_GRACE = 10_000_000;

  private final Offered offered;
  OfferState offer = OfferState.MADE;
  LegKey leg;
  long answeredAt;
  long endedAt;
  long lostAt;
  boolean rejoining;
  long ringLostAt;
  long wrappedUpAt;
  String outcome = "";
  @Nullable String disposition;
  boolean served;
  boolean aside;
  boolean met;
  List<Answer> answers = List.of();
  long extendedUntil;

  Segment(Offered offered) {
    this.offered = offered;
    this.served = offered.by() == 0;
    this.aside = !served;
    this.leg = offered.leg();
  }

  public int n() {
    return offered.n();
  }

  public AgentId agent() {
    return offered.agent();
  }

  /** How it began. */
  public Offered offered() {
    return offered;
  }

  public OfferState offer() {
    return offer;
  }

  /** The agent's present leg: another one after a rejoin. */
  public LegKey leg() {
    return leg;
  }

  public long answeredAt() {
    return answeredAt;
  }

  public long endedAt() {
    return endedAt;
  }

  /** The page at which it rang is gone, and did not come back yet. */
  public boolean ringLost() {
    return ringLostAt != 0;
  }

  /** The page was loaded anew while it rang. */
  boolean rungAgain() {
    return !leg.equals(offered.leg());
  }

  /** Until when it is held out: not as long to a page that is gone. */
  public long ringsUntil() {
    return ringLost()
        ? Math.min(offered.deadline(), ringLostAt + PAGE_GRACE)
        : offered.deadline();
  }

  /** Since when the agent's phone is lost; 0 while it is not. */
  public long lostAt() {
    return lostAt;
  }

  /** Whether the phone is being rung again after it was lost. */
  public boolean rejoining() {
    return rejoining;
  }

  public long wrappedUpAt() {
    return wrappedUpAt;
  }

  public @Nullable String disposition() {
    return disposition;
  }

  /** The segment whose agent asked this one for advice; 0 where the customer was offered. */
  public int by() {
    return offered.by();
  }

  /** The customer is, or was, this agent's to serve: not of one who only gave advice. */
  public boolean served() {
    return served;
  }

  /** Speaks to the other agent of a consultation, not to the customer. */
  public boolean aside() {
    return aside;
  }

  /** Has been in the customer's bridge. */
  public boolean met() {
    return met;
  }

  /** What stands in the fields of the outcome's form. */
  public List<Answer> answers() {
    return answers;
  }

  /** The agent answered and the talk is not over. */
  public boolean talking() {
    return offer == OfferState.ACCEPTED && endedAt == 0;
  }

  /** The talk is over and the record is not complete. */
  public boolean wrappingUp() {
    return offer == OfferState.ACCEPTED && endedAt != 0 && wrappedUpAt == 0;
  }

  /** Until when wrap-up lasts; 0 while there is none. */
  public long wrapUpUntil() {
    return wrappingUp() ? Math.max(wrapUpTerm(), extendedUntil) : 0;
  }

  /** Until when it lasts by the line's rule. */
  public long wrapUpTerm() {
    return endedAt + offered.terms().wrapUpSeconds() * 1_000_000L;
  }
}
