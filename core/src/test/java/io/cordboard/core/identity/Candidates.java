package io.cordboard.core.identity;

import io.cordboard.core.identity.Candidate.LastCall;
import io.cordboard.core.identity.Candidate.NumberUse;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.testkit.Seeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Candidates for tests: plain ones to which facts are added, and random ones. */
final class Candidates {
  static final long NOW = 1_767_225_600_000_000L;
  static final String LINE = "4008001234";
  static final CallFacts CALL =
      new CallFacts(new CallerNumber.Known(new PhoneNumber("+8613800138000")), LINE, NOW);

  private Candidates() {}

  static CustomerId customer(int n) {
    return new CustomerId(new UUID(7, n));
  }

  static Instant daysAgo(double days) {
    return Clock.instant(NOW).minus(Duration.ofMillis((long) (days * 86_400_000)));
  }

  /** Of whom nothing is known but the number. */
  static Candidate plain(int n, IdentityKind kind, int owners) {
    NumberUse use = new NumberUse(kind, false, owners);
    return new Candidate(customer(n), use, 0, null, null, 0, null, 0, false);
  }

  static Candidate confirmed(Candidate c, int times, double daysAgo) {
    return new Candidate(
        c.customer(),
        c.number(),
        times,
        daysAgo(daysAgo),
        c.lastCall(),
        c.openTickets(),
        c.lastOrderAt(),
        c.level(),
        c.doNotMatch());
  }

  static Candidate called(Candidate c, double daysAgo, String line, boolean sameNumber) {
    return new Candidate(
        c.customer(),
        c.number(),
        c.confirmations(),
        c.confirmedAt(),
        new LastCall(daysAgo(daysAgo), line, sameNumber),
        c.openTickets(),
        c.lastOrderAt(),
        c.level(),
        c.doNotMatch());
  }

  static Candidate ticket(Candidate c, int open) {
    return new Candidate(
        c.customer(),
        c.number(),
        c.confirmations(),
        c.confirmedAt(),
        c.lastCall(),
        open,
        c.lastOrderAt(),
        c.level(),
        c.doNotMatch());
  }

  static Candidate ordered(Candidate c, double daysAgo) {
    return new Candidate(
        c.customer(),
        c.number(),
        c.confirmations(),
        c.confirmedAt(),
        c.lastCall(),
        c.openTickets(),
        daysAgo(daysAgo),
        c.level(),
        c.doNotMatch());
  }

  static Candidate level(Candidate c, int level) {
    return new Candidate(
        c.customer(),
        c.number(),
        c.confirmations(),
        c.confirmedAt(),
        c.lastCall(),
        c.openTickets(),
        c.lastOrderAt(),
        level,
        c.doNotMatch());
  }

  static Candidate ruledOut(Candidate c) {
    return new Candidate(
        c.customer(),
        c.number(),
        c.confirmations(),
        c.confirmedAt(),
        c.lastCall(),
        c.openTickets(),
        c.lastOrderAt(),
        c.level(),
        true);
  }

  /** Any candidates, some of them told twice. */
  static List<Candidate> some(Seeded random) {
    return random.list(0, 25, Candidates::any);
  }

  private static Candidate any(Seeded random) {
    Candidate made =
        plain(random.between(1, 20), random.pick(IdentityKind.values()), random.between(1, 40));
    made = level(made, random.between(0, 3));
    made = random.chance(0.3) ? confirmed(made, random.between(1, 4), any(random, 400)) : made;
    made =
        random.chance(0.5) ? called(made, any(random, 60), line(random), random.chance(0.5)) : made;
    made = random.chance(0.3) ? ticket(made, random.between(1, 3)) : made;
    made = random.chance(0.5) ? ordered(made, any(random, 60)) : made;
    return random.chance(0.1) ? ruledOut(made) : made;
  }

  private static String line(Seeded random) {
    return random.pick(LINE, "+8675582100000", null);
  }

  private static double any(Seeded random, int days) {
    return random.between(-1, days);
  }
}
