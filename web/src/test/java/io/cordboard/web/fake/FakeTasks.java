package io.cordboard.web.fake;

import io.cordboard.core.service.Tasks;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks in memory. */
public final class FakeTasks implements Tasks {
  private final List<Task> tasks = new ArrayList<>();

  /** One more, of nobody. */
  public UUID add(String number, long dueAt) {
    UUID id = new UUID(5, tasks.size());
    tasks.add(task(id, number, dueAt, null));
    return id;
  }

  private static Task task(UUID id, String number, long dueAt, @Nullable AgentId taker) {
    return new Task(
        id, null, null, number, "care", "missed", 1, Clock.instant(0), Clock.instant(0),
        Clock.instant(dueAt), dueAt, taker, taker == null ? null : "Somebody", 0, null, null);
  }

  @Override
  public synchronized List<Task> list(Scope scope, @Nullable Position after, int most) {
    return tasks.stream()
        .filter(task -> fits(task, scope))
        .filter(task -> after == null || task.dueMicros() > after.dueAt())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Optional<Task> find(UUID task) {
    return tasks.stream().filter(one -> one.id().equals(task)).findFirst();
  }

  private static boolean fits(Task task, Scope scope) {
    return switch (scope) {
      case Scope.Mine(var agent) -> agent.equals(task.taker());
      case Scope.Queues(var agent, var queues) ->
          queues.contains(task.queue()) && (task.taker() == null || agent.equals(task.taker()));
      case Scope.Open open -> true;
    };
  }

  @Override
  public synchronized Counts count(Scope scope, long now) {
    List<Task> all = list(scope, null, 1000);
    return new Counts(
        all.size(), (int) all.stream().filter(task -> task.dueMicros() <= now).count());
  }

  @Override
  public synchronized List<Owed> owed(long now) {
    throw new AssertionError("no desk is told here");
  }

  private Task find(UUID id, AgentId agent) {
    Task task =
        tasks.stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Fault.NotFound("There is no such task."));
    if (task.taker() != null && !task.taker().equals(agent)) {
      throw new Fault.Refused("Somebody else has taken this task.");
    }
    return task;
  }

  private void replace(Task old, @Nullable Task fresh) {
    tasks.remove(old);
    if (fresh != null) {
      tasks.add(fresh);
    }
  }

  @Override
  public synchronized void take(UUID task, AgentId agent, long at) {
    Task old = find(task, agent);
    replace(old, task(task, String.valueOf(old.number()), old.dueMicros(), agent));
  }

  @Override
  public synchronized void giveBack(UUID task, AgentId agent) {
    Task old = find(task, agent);
    replace(old, task(task, String.valueOf(old.number()), old.dueMicros(), null));
  }

  @Override
  public synchronized void postpone(UUID task, AgentId agent, long dueAt) {
    Task old = find(task, agent);
    replace(old, task(task, String.valueOf(old.number()), dueAt, old.taker()));
  }

  @Override
  public synchronized void done(UUID task, AgentId agent, long at) {
    replace(find(task, agent), null);
  }
}
