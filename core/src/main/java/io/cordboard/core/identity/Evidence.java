package io.cordboard.core.identity;

import io.cordboard.core.identity.Reason.Code;
import io.cordboard.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weighs what speaks for one candidate; the table is at {@link Identity}. */
final class Evidence {
  /** Somebody of whom nothing is known but that they have the number. */
  static final long OTHER_OWNER = 1;

  private static final Duration FRESH_CALL = Duration.ofDays(2);
  private static final Duration FRESH_ORDER = Duration.ofDays(7);
  private static final Duration RECENT = Duration.ofDays(30);
  private static final int OFTEN = 3;

  private final Candidate candidate;
  private final CallFacts call;
  private final int owners;
  private final List<Reason> reasons = new ArrayList<>();
  private long weight;

  /** {@code owners}: how many customers may have the number. */
  static Evidence of(Candidate candidate, CallFacts call, int owners) {
    Evidence evidence = new Evidence(candidate, call, owners);
    evidence.weigh();
    return evidence;
  }

  private Evidence(Candidate candidate, CallFacts call, int owners) {
    this.candidate = candidate;
    this.call = call;
    this.owners = owners;
    this.weight = base(candidate.number().kind());
  }

  long weight() {
    return weight;
  }

  Candidate candidate() {
    return candidate;
  }

  List<Reason> reasons() {
    return reasons.stream().sorted(Comparator.comparing(Reason::code)).toList();
  }

  /** What a candidate weighs of whom nothing is known but the number. */
  static long base(IdentityKind kind) {
    return switch (kind) {
      case MOBILE, EMAIL, FOREIGN_ID -> 8;
      case HOME, WORK -> 4;
      case MAIN_LINE -> OTHER_OWNER;
    };
  }

  private void weigh() {
    weighNumber();
    weighConfirmations();
    weighLastCall();
    if (candidate.openTickets() > 0) {
      speaks(Code.OPEN_TICKET, 3, Integer.toString(candidate.openTickets()));
    }
    Instant order = candidate.lastOrderAt();
    if (order != null && within(order, RECENT)) {
      speaks(Code.RECENT_ORDER, within(order, FRESH_ORDER) ? 3 : 2, order.toString());
    }
  }

  private void weighNumber() {
    if (owners > 1 || candidate.number().shared()) {
      speaks(Code.SHARED_NUMBER, 1, owners > 1 ? Integer.toString(owners) : null);
    } else {
      speaks(Code.ONLY_OWNER, 4, null);
    }
    if (candidate.number().kind() == IdentityKind.MAIN_LINE) {
      speaks(Code.COMPANY_MAIN_LINE, 1, null);
    }
  }

  private void weighConfirmations() {
    Instant at = candidate.confirmedAt();
    if (at != null || candidate.confirmations() > 0) {
      int factor = candidate.confirmations() >= OFTEN ? 8 : 4;
      speaks(Code.CONFIRMED_BEFORE, factor, at == null ? null : at.toString());
    }
  }

  private void weighLastCall() {
    Candidate.LastCall last = candidate.lastCall();
    if (last == null) {
      return;
    }
    if (within(last.at(), RECENT)) {
      boolean fresh = within(last.at(), FRESH_CALL);
      int factor = (fresh ? 2 : 1) * (last.sameNumber() ? 2 : 1);
      speaks(Code.LAST_CALL, factor, last.at().toString());
    }
    if (last.line() != null && last.line().equals(call.line())) {
      speaks(Code.CALLED_THIS_LINE_BEFORE, 2, last.line());
    }
  }

  private void speaks(Code code, int factor, @Nullable String value) {
    weight *= factor;
    reasons.add(new Reason(code, value));
  }

  /** A stamp of a clock that runs ahead of ours counts as now. */
  private boolean within(Instant at, Duration window) {
    return Duration.between(at, Clock.instant(call.now())).compareTo(window) <= 0;
  }
}
