package io.cordboard.core.call;

import io.cordboard.core.call.LedgerFact.Offered;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.LegKey;
import org.jspecify.annotations.Nullable;

/**
 * One agent's part of a call, from offer to the end of wrap-up. Touched by the ledger's thread only;
 * times are microseconds, 0 before it happened.
 */
public final class Segment {
  private final Offered offered;
  OfferState offer = OfferState.MADE;
  LegKey leg;
  long answeredAt;
  long endedAt;
  long lostAt;
  boolean rejoining;
  long wrappedUpAt;
  String outcome = "";
  @Nullable String disposition;

  Segment(Offered offered) {
    this.offered = offered;
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
    return wrappingUp() ? endedAt + offered.terms().wrapUpSeconds() * 1_000_000L : 0;
  }
}
