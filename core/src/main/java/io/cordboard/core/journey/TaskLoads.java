package io.cordboard.core.journey;

import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.desk.DeskMessage.TaskLoad;
import io.cordboard.core.routing.Directory;
import io.cordboard.kernel.AgentId;
import java.util.List;

/**
 * What is owed as it was read last, and whether it has to be read again: only when a task changed or
 * fell due. Used on the ledger's thread only.
 */
final class TaskLoads {
  /** A reading that took longer, in microseconds, is a burden: a lot is owed, or the database is busy. */
  private static final long QUICK = 100_000;

  /** So much longer than such a reading took the database is left alone. */
  private static final int REST = 9;

  private static final long LONGEST_REST = 30_000_000;

  private TaskBoard board = TaskBoard.EMPTY;
  private long nextDue = Long.MAX_VALUE;
  private boolean stale = true;
  private boolean reading;
  private long askedAt;
  private long restsUntil = Long.MIN_VALUE;

  /** Somebody took a task, put it off, did it; customers were merged. */
  void changed() {
    stale = true;
  }

  /** A call opens or closes tasks; most queues owe nothing. */
  void changed(TaskChange change) {
    stale |=
        switch (change) {
          case TaskChange.Missed missed -> true;
          case TaskChange.Tried tried -> reading || board.owes(tried.queue());
          // what is being read may be older than a task that this one closes
          case TaskChange.Served served ->
              reading || board.owes(served.queue());
        };
  }

  /** Whether to read now; whoever is told so brings what was read, or that it failed. */
  boolean wanted(long now) {
    if (reading || now < restsUntil || !stale && nextDue > now) {
      return false;
    }
    askedAt = now;
    stale = false;
    reading = true;
    return true;
  }

  void read(TaskBoard fresh, long now) {
    board = fresh;
    nextDue = fresh.nextDue();
    reading = false;
    long took = now - askedAt;
    restsUntil = took <= QUICK ? now : now + Math.min(REST * took, LONGEST_REST);
  }

  void failed() {
    stale = true;
    reading = false;
  }

  TaskLoad of(AgentId agent, Directory directory) {
    List<String> queues =
        directory.queues().values().stream()
            .filter(queue -> queue.members().contains(agent))
            .map(Directory.Queue::id)
            .toList();
    return board.load(agent, queues);
  }
}
