package io.cordboard.core.work;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps work as rows. Thread-safe; throws {@link Fault.Unreachable} while the database is away, and
 * {@link Fault.OutcomeUnknown} when the connection was lost during a change: every method may
 * simply be called again.
 */
public interface WorkStore {
  /** Adds what is not known yet by kind and idempotency key; returns how many that were. */
  int add(List<NewWork> work);

  /**
   * Takes the first open item of each free key that is due, and counts the attempt.
   *
   * @param kinds which kinds
   * @param now microseconds UTC
   * @param leaseUntil from when another runner may take them, microseconds UTC
   */
  List<WorkItem> claim(Set<String> kinds, int most, long now, long leaseUntil);

  /**
   * Writes what became of items, in one transaction; those that another runner took meanwhile are
   * left alone.
   *
   * @return tokens of the items that were no longer ours
   */
  Set<Long> settle(List<Settled> settled, long now);

  /**
   * Extends the hold.
   *
   * @return tokens of the items that are no longer ours
   */
  Set<Long> renew(List<WorkItem> held, long leaseUntil);

  /** Deletes what was done before this time, a batch at a time; returns how many rows it was. */
  int purge(long doneBefore);

  /** What is still to be done. */
  Backlog backlog();

  /** The same for each kind that has any. */
  Map<String, Backlog> backlogs();

  /**
   * Open work.
   *
   * @param oldestAt when the oldest of it was added, microseconds UTC; 0 when there is none
   */
  record Backlog(long open, long oldestAt) {}

  /** What became of an item. */
  sealed interface Settled {
    WorkItem item();

    /** The effect stands. */
    record Done(WorkItem item) implements Settled {}

    /**
     * Not yet; due again at {@code dueAt}.
     *
     * @param reason for people to read
     * @param counted whether it was an attempt that counts: not where the target only asked for patience
     */
    record Again(WorkItem item, long dueAt, boolean inDoubt, String reason, boolean counted) implements Settled {
      /** One that counts. */
      public Again(WorkItem item, long dueAt, boolean inDoubt, String reason) {
        this(item, dueAt, inDoubt, reason, true);
      }
    }

    /** Not by itself any more. */
    record Dead(WorkItem item, boolean inDoubt, String reason) implements Settled {}

    /** It was not begun: the attempt does not count. */
    record Untouched(WorkItem item) implements Settled {}
  }
}
