package io.cordboard.core.journey;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.service.Tasks;
import io.cordboard.core.service.Tasks.Counts;
import io.cordboard.core.service.Tasks.Position;
import io.cordboard.core.service.Tasks.Scope;
import io.cordboard.core.service.Tasks.Task;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody works on the call-backs that are owed. */
public final class WorkTasks {
  private static final Duration FARTHEST = Duration.ofDays(30);

  private final Tasks tasks;
  private final Supplier<Directory> directory;
  private final Audit audit;
  private final Clock clock;
  private final Runnable changed;

  /**
   * Somebody works on tasks.
   *
   * @param changed told after each change
   */
  public WorkTasks(
      Tasks tasks, Supplier<Directory> directory, Audit audit, Clock clock, Runnable changed) {
    this.tasks = tasks;
    this.directory = directory;
    this.audit = audit;
    this.clock = clock;
    this.changed = changed;
  }

  /** Which tasks somebody wants to see. */
  public enum View {
    MINE,
    QUEUES,
    OPEN
  }

  /** Open tasks, the one that is due first first. */
  public List<Task> list(Principal who, View view, @Nullable Position after, int most) {
    Scope scope = scope(who, view);
    List<Task> page = tasks.list(scope, after, most);
    for (Task task : page) {
      if (task.customerId() != null) {
        audit.record(SeeCustomer.viewed(who, new CustomerId(task.customerId()), "task"));
      }
    }
    return page;
  }

  /** How many there are. */
  public Counts count(Principal who, View view) {
    return tasks.count(scope(who, view), clock.micros());
  }

  private Scope scope(Principal who, View view) {
    who.mustHave(Permission.WORK_TASKS);
    return switch (view) {
      case MINE -> new Scope.Mine(agent(who));
      case QUEUES -> new Scope.Queues(agent(who), queues(agent(who)));
      case OPEN -> new Scope.Open();
    };
  }

  private List<String> queues(AgentId agent) {
    return directory.get().queues().values().stream()
        .filter(queue -> queue.members().contains(agent))
        .map(Directory.Queue::id)
        .toList();
  }

  public void take(Principal who, UUID task) {
    tasks.take(task, worker(who), clock.micros());
    changed.run();
  }

  public void giveBack(Principal who, UUID task) {
    tasks.giveBack(task, worker(who));
    changed.run();
  }

  /** Due at another time; {@link Fault.BadRequest} when that is past or far away. */
  public void postpone(Principal who, UUID task, long dueAt) {
    AgentId agent = worker(who);
    long now = clock.micros();
    if (dueAt < now || dueAt > now + FARTHEST.toNanos() / 1000) {
      throw new Fault.BadRequest(
          "A task can be put off until at most %d days from now.".formatted(FARTHEST.toDays()));
    }
    tasks.postpone(task, agent, dueAt);
    changed.run();
  }

  /** It is done without a call that was seen. */
  public void done(Principal who, UUID task) {
    AgentId agent = worker(who);
    audit.recordNow(AuditEntry.done(who, "task-done", "task:" + task));
    tasks.done(task, agent, clock.micros());
    changed.run();
  }

  private static AgentId worker(Principal who) {
    who.mustHave(Permission.WORK_TASKS);
    return agent(who);
  }

  private static AgentId agent(Principal who) {
    return who.agent()
        .orElseThrow(() -> new Fault.Refused("Tasks are taken by people, not by programs."));
  }
}
