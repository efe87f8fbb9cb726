package io.cordboard.core.journey;

import io.cordboard.core.desk.DeskMessage.TaskLoad;
import io.cordboard.core.service.Tasks.Owed;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is owed, counted by queue and by who took it.
 *
 * @param nextDue when the next of them falls due, microseconds; {@code Long.MAX_VALUE} for never
 */
record TaskBoard(Map<Place, Tally> tallies, Set<Debt> debts, long nextDue) {
  static final TaskBoard EMPTY = new TaskBoard(Map.of(), Set.of(), Long.MAX_VALUE);

  record Place(String queue, @Nullable AgentId taker) {}

  record Tally(int open, int due, long latest) {
    private static final Tally NONE = new Tally(0, 0, 0);

    private Tally and(Tally more) {
      return new Tally(open + more.open, due + more.due, Math.max(latest, more.latest));
    }
  }

  /** Somebody is to be called back for this queue. */
  record Debt(String party, String queue) {}

  static TaskBoard of(List<Owed> owed, long now) {
    Map<Place, Tally> tallies = new HashMap<>();
    Set<Debt> debts = new HashSet<>();
    long nextDue = Long.MAX_VALUE;
    for (Owed task : owed) {
      boolean due = task.dueAt() <= now;
      tallies.merge(
          new Place(task.queue(), task.taker()),
          new Tally(1, due ? 1 : 0, task.lastAt()),
          Tally::and);
      task.parties().forEach(party -> debts.add(new Debt(party, task.queue())));
      nextDue = due ? nextDue : Math.min(nextDue, task.dueAt());
    }
    return new TaskBoard(Map.copyOf(tallies), Set.copyOf(debts), nextDue);
  }

  /** What these queues owe that nobody took, or this agent. */
  TaskLoad load(AgentId agent, Collection<String> queues) {
    Tally sum =
        queues.stream()
            .flatMap(queue -> Stream.of(new Place(queue, null), new Place(queue, agent)))
            .map(place -> tallies.getOrDefault(place, Tally.NONE))
            .reduce(Tally.NONE, Tally::and);
    return new TaskLoad(
        sum.open(), sum.due(), sum.latest() == 0 ? null : Clock.instant(sum.latest()));
  }

  boolean owes(String queue, @Nullable String customer, @Nullable String number) {
    return customer != null && debts.contains(new Debt(customer, queue))
        || number != null && debts.contains(new Debt(number, queue));
  }
}
