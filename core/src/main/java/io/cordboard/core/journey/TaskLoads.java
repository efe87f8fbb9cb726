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
  private TaskBoard board = TaskBoard.EMPTY;
  private boolean stale = true;
  private boolean reading;

  /** Somebody took a task, put it off, did it; customers were merged. */
  void changed() {
    stale = true;
  }

  /** A call opens or closes tasks; most served customers were owed nothing. */
  void changed(TaskChange change) {
    stale |=
        switch (change) {
          case TaskChange.Missed missed -> true;
          // what is being read may be older than a task that this one closes
          case TaskChange.Served served ->
              reading || board.owes(served.queue(), served.customer(), served.number());
        };
  }

  /** Whether to read now; whoever is told so brings what was read, or that it failed. */
  boolean wanted(long now) {
    if (reading || !stale && board.nextDue() > now) {
      return false;
    }
    stale = false;
    reading = true;
    return true;
  }

  void read(TaskBoard fresh) {
    board = fresh;
    reading = false;
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
