package io.cordboard.core.work;

import io.cordboard.core.work.RetrySchedule.Next;
import io.cordboard.core.work.WorkHandler.Lease;
import io.cordboard.core.work.WorkStore.Settled;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One attempt at an item: look first where it is in doubt, do it, and judge what came of it. */
final class Attempt {
  private final Clock clock;
  private final RandomGenerator random;

  Attempt(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  Settled at(WorkItem item, WorkHandler handler, Lease lease) {
    boolean looking = item.inDoubt();
    try {
      if (looking && isDone(handler.lookUp(item))) {
        return new Settled.Done(item);
      }
      looking = false;
      lease.mustHold();
      handler.run(item, lease);
      return new Settled.Done(item);
    } catch (Throwable failed) {
      return judge(item, handler, failed instanceof Fault fault ? fault : bug(failed), looking);
    }
  }

  /** One attempt at several items of a kind. */
  List<Settled> at(List<WorkItem> items, WorkHandler.Batch handler, Lease lease) {
    List<@Nullable Fault> faults;
    try {
      lease.mustHold();
      faults = handler.runAll(items, lease);
    } catch (Throwable failed) {
      Fault fault = failed instanceof Fault known ? known : bug(failed);
      faults = Collections.nCopies(items.size(), fault);
    }
    List<Settled> settled = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Fault fault = faults.get(i);
      WorkItem item = items.get(i);
      settled.add(fault == null ? new Settled.Done(item) : judge(item, handler, fault, false));
    }
    return settled;
  }

  private static boolean isDone(WorkHandler.Found found) {
    return switch (found) {
      case DONE -> true;
      case NOT_DONE -> false;
      case UNKNOWN ->
          throw new Fault.OutcomeUnknown("It cannot be told yet whether it was done.", null);
    };
  }

  private Settled judge(WorkItem item, WorkHandler handler, Fault fault, boolean stillInDoubt) {
    // after a mistake of ours nobody knows how far it came
    boolean doubt =
        stillInDoubt || fault instanceof Fault.OutcomeUnknown || fault instanceof Fault.Bug;
    String reason = fault.getClass().getSimpleName() + ": " + fault.getMessage();
    return switch (handler.retries().after(fault, item.attempt(), random)) {
      case Next.Again again ->
          new Settled.Again(item, due(again), doubt, reason, !(fault instanceof Fault.Busy));
      case Next.Dead _ -> dead(item, handler, fault, new Settled.Dead(item, doubt, reason));
    };
  }

  private Settled dead(WorkItem item, WorkHandler handler, Fault fault, Settled.Dead dead) {
    try {
      handler.gaveUp(item, fault);
      return dead;
    } catch (Fault.Unreachable | Fault.OutcomeUnknown | Fault.Busy later) {
      Next.Again again = new Next.Again(java.time.Duration.ofSeconds(30));
      return new Settled.Again(item, due(again), dead.inDoubt(), dead.reason());
    } catch (RuntimeException ours) {
      return new Settled.Dead(
          item, dead.inDoubt(), dead.reason() + " Then: " + bug(ours).getMessage());
    }
  }

  private long due(Next.Again again) {
    return clock.micros() + again.pause().toNanos() / 1000;
  }

  private static Fault.Bug bug(Throwable failed) {
    return new Fault.Bug(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
  }
}
