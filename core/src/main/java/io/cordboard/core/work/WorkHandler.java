package io.cordboard.core.work;

import io.cordboard.kernel.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does one kind of work. Called by several threads, by one at a time for a key. Returns when the
 * effect stands; throws a {@link Fault} when not, and never repeats by itself: what follows is
 * decided by the fault's type.
 */
public interface WorkHandler {
  /** The kind of items that it does. */
  String kind();

  /**
   * Does it.
   *
   * @param lease ask it before a step that cannot be taken back: once lost, another runner may be
   *     at the same item
   */
  void run(WorkItem item, Lease lease);

  /**
   * Looks whether an earlier attempt had its effect. Called instead of {@link #run} while that is
   * in doubt; may throw as {@code run} does.
   */
  Found lookUp(WorkItem item);

  /** When to try again, and how often. */
  default RetrySchedule retries() {
    return RetrySchedule.STANDARD;
  }

  /** The item becomes a dead letter. May be called more than once for one item. */
  default void gaveUp(WorkItem item, Fault last) {}

  /** Does several items at once, and looks by itself whether one that is in doubt was done. */
  interface Batch extends WorkHandler {
    /** How many at once. */
    int most();

    /**
     * Does them.
     *
     * @param items of as many keys
     * @param lease holds while all of them are ours
     * @return for each, in the same order, why it failed; null where its effect stands
     */
    List<@Nullable Fault> runAll(List<WorkItem> items, Lease lease);

    @Override
    default void run(WorkItem item, Lease lease) {
      Fault failed = runAll(List.of(item), lease).getFirst();
      if (failed != null) {
        throw failed;
      }
    }

    @Override
    default Found lookUp(WorkItem item) {
      return Found.NOT_DONE;
    }
  }

  /** What a look at the target showed. */
  enum Found {
    /** The effect stands: nothing is left to do. */
    DONE,
    /** It certainly does not stand: do it. */
    NOT_DONE,
    /** It cannot be told yet: look again later. */
    UNKNOWN
  }

  /** The hold on an item. */
  interface Lease {
    /** Whether it is still ours for a while, by the monotonic clock. */
    boolean held();

    /**
     * Goes on only while it is ours.
     *
     * @throws Fault.OutcomeUnknown when it was lost
     */
    default void mustHold() {
      if (!held()) {
        throw new Fault.OutcomeUnknown("The work was handed to another runner meanwhile.", null);
      }
    }
  }
}
