package io.cordboard.core.work;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a failed item is tried again: decided by the fault's type alone. Pauses carry full jitter,
 * so that what failed together does not come back together.
 *
 * @param pauses the longest pause after the first, second ... failed attempt; after the last one
 *     the item is a dead letter
 * @param login the shortest pause after a login that was refused
 */
public record RetrySchedule(List<Duration> pauses, Duration login) {
  /** About three days in all, as is usual for deliveries to other systems. */
  public static final RetrySchedule STANDARD =
      new RetrySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)));

  private static final int TRIES_WITH_A_BUG = 3;
  private static final Duration LOGIN_PAUSE = Duration.ofMinutes(5);

  /** With the usual pause after a login that was refused. */
  public RetrySchedule(List<Duration> pauses) {
    this(pauses, LOGIN_PAUSE);
  }

  public RetrySchedule {
    pauses = List.copyOf(pauses);
  }

  /** What becomes of an item. */
  public sealed interface Next {
    /** Once more, after a pause. */
    record Again(Duration pause) implements Next {}

    /** Not by itself. */
    record Dead() implements Next {}
  }

  /**
   * What follows from a failure.
   *
   * @param attempt the one that failed, counted from 1
   */
  public Next after(Fault fault, int attempt, RandomGenerator random) {
    return switch (fault) {
      case Fault.BadRequest _, Fault.Refused _, Fault.Unconfirmed _ -> new Next.Dead();
      // the target asks for patience: that is no failure that counts, however often it comes
      case Fault.Busy busy -> new Next.Again(atLeast(busy.retryAfter(), random));
      case Fault.Bug _ when attempt >= TRIES_WITH_A_BUG -> new Next.Dead();
      case Fault _ when attempt > pauses.size() -> new Next.Dead();
      // nothing is gained by knocking often with a wrong password, and it may lock the account
      case Fault.AuthLapsed _ -> new Next.Again(atLeast(login, random));
      case Fault _ -> new Next.Again(jitter(pauses.get(attempt - 1), random));
    };
  }

  private static Duration jitter(Duration most, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(most.toNanos() + 1));
  }

  private static Duration atLeast(Duration least, RandomGenerator random) {
    return least.plus(jitter(least, random));
  }
}
