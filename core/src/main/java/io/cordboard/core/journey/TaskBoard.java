package io.cordboard.core.journey;

import io.cordboard.core.desk.DeskMessage.TaskLoad;
import io.cordboard.core.service.Tasks.Owed;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is owed, counted by queue and by who took it. */
record TaskBoard(Map<Place, Owed> tallies) {
  static final TaskBoard EMPTY = new TaskBoard(Map.of());

  record Place(String queue, @Nullable AgentId taker) {}

  static TaskBoard of(List<Owed> owed) {
    return new TaskBoard(
        owed.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    one -> new Place(one.queue(), one.taker()), Function.identity())));
  }

  /** When the next task falls due, microseconds; {@code Long.MAX_VALUE} for never. */
  long nextDue() {
    return tallies.values().stream().mapToLong(Owed::nextDue).min().orElse(Long.MAX_VALUE);
  }

  /** What these queues owe that nobody took, or this agent. */
  TaskLoad load(AgentId agent, Collection<String> queues) {
    List<Owed> mine =
        queues.stream()
            .flatMap(queue -> Stream.of(new Place(queue, null), new Place(queue, agent)))
            .filter(tallies::containsKey)
            .map(tallies::get)
            .toList();
    if (mine.isEmpty()) {
      return TaskLoad.NONE;
    }
    long version = 0;
    for (Owed one : mine) {
      // a task that goes from one place to another changes both alike: they must not cancel out
      version = 31 * version + one.version();
    }
    return new TaskLoad(
        mine.stream().mapToInt(Owed::open).sum(),
        mine.stream().mapToInt(Owed::due).sum(),
        Clock.instant(mine.stream().mapToLong(Owed::latest).max().orElse(0)),
        Long.toHexString(version));
  }

  /** Whether a call of this queue may close a task. */
  boolean owes(String queue) {
    return tallies.keySet().stream().anyMatch(place -> place.queue().equals(queue));
  }
}
