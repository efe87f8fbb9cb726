package io.cordboard.core.journey;

import io.cordboard.core.call.Ledger;
import io.cordboard.core.service.Tasks;
import java.util.concurrent.Executor;

/**
 * Tells desks how many call-backs their queues owe. Counts them when one changed or fell due, at most
 * one reading at a time, slow ones seldom, and never on the ledger's thread. Thread-safe.
 */
public final class TaskBell {
  private final Ledger ledger;
  private final Journeys journeys;
  private final Tasks tasks;
  private final Executor slow;

  public TaskBell(Ledger ledger, Journeys journeys, Tasks tasks, Executor slow) {
    this.ledger = ledger;
    this.journeys = journeys;
    this.tasks = tasks;
    this.slow = slow;
  }

  /** Reads what calls have changed, if they did; called about once a second. */
  public void tick() {
    look(false);
  }

  /** Somebody changed a task. */
  public void changed() {
    look(true);
  }

  // the answer comes after the commit, so what is read then has everything that made it stale
  private void look(boolean changed) {
    ledger
        .ask(
            turn -> {
              if (changed) {
                journeys.taskLoads().changed();
              }
              return journeys.taskLoads().wanted(turn.now()) ? turn.now() : Long.MIN_VALUE;
            })
        .thenAccept(
            now -> {
              if (now != Long.MIN_VALUE) {
                slow.execute(() -> read(now));
              }
            });
  }

  private void read(long now) {
    TaskBoard board;
    try {
      board = TaskBoard.of(tasks.owed(now));
    } catch (RuntimeException away) {
      ledger.ask(
          turn -> {
            journeys.taskLoads().failed();
            return true;
          });
      return;
    }
    ledger.ask(
        turn -> {
          journeys.taskLoads().read(board, turn.now());
          journeys.desks().tasks(turn.agents());
          return true;
        });
  }
}
