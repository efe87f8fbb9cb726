package io.cordboard.web.api;

import io.cordboard.core.journey.WorkTasks;
import io.cordboard.core.journey.WorkTasks.View;
import io.cordboard.core.service.Tasks;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Call-backs that are owed. */
@Tag(name = "tasks")
@RestController
@RequestMapping("/api/v1/tasks")
class TaskController {
  private static final Instant FARTHEST = Instant.parse("2200-01-01T00:00:00Z");
  private final WorkTasks tasks;

  TaskController(WorkTasks tasks) {
    this.tasks = tasks;
  }

  /**
   * A call-back that is owed.
   *
   * @param number the one to call back; null when nobody knows it
   * @param reason missed, abandoned, call-back, voicemail or switch-restart
   * @param attempts how often the customer tried
   * @param mine whether whoever asks has taken it
   * @param takenBy display name; null while nobody took it
   * @param tries how often the customer was called and not reached
   * @param lastTry what became of the last time: BUSY, NO_ANSWER, WRONG_NUMBER, REJECTED, CONGESTION,
   *     CANCELLED or FAILED; null for none
   * @param message the recording of the message that the customer left last; null for none
   */
  record Task(
      String id,
      @Nullable String customerId,
      @Nullable String customer,
      @Nullable String number,
      String queue,
      String reason,
      int attempts,
      Instant firstAt,
      Instant lastAt,
      Instant dueAt,
      boolean mine,
      @Nullable String takenBy,
      int tries,
      @Nullable String lastTry,
      @Nullable String message) {
    static Task of(Tasks.Task task, Principal who) {
      return new Task(
          task.id().toString(),
          task.customerId() == null ? null : task.customerId().toString(),
          task.customer(),
          task.number(),
          task.queue(),
          task.reason(),
          task.attempts(),
          task.firstAt(),
          task.lastAt(),
          task.dueAt(),
          task.taker() != null && who.agent().filter(task.taker()::equals).isPresent(),
          task.takenBy(),
          task.tries(),
          task.lastTry(),
          task.message());
    }
  }

  /**
   * A page of tasks, the one that is due first first.
   *
   * @param count how many there are in all
   * @param due how many of them are due
   */
  record TaskList(List<Task> items, @Nullable String next, int count, int due) {}

  /** How many there are, and how many of them are due. */
  record TaskCount(int count, int due) {}

  record Later(Instant dueAt) {}

  @Operation(summary = "Open tasks: mine, those of my queues, or all")
  @Needs(Permission.WORK_TASKS)
  @GetMapping
  TaskList list(
      @RequestParam(defaultValue = "queues") String view,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "30") int limit,
      Principal who) {
    View asked = Code.of("view", View.class, view);
    Tasks.Position after =
        Cursor.read(
            cursor, 2,
            parts -> new Tasks.Position(Long.parseLong(parts.get(0)), Code.id(parts.get(1))));
    int most = Input.between("limit", limit, 1, 200);
    List<Tasks.Task> page = tasks.list(who, asked, after, most);
    Tasks.Task last = page.size() < most ? null : page.getLast();
    Tasks.Counts counts = tasks.count(who, asked);
    return new TaskList(
        page.stream().map(task -> Task.of(task, who)).toList(),
        last == null ? null : Cursor.of(last.dueMicros(), last.id()),
        counts.open(),
        counts.due());
  }

  @Operation(summary = "How many tasks there are")
  @Needs(Permission.WORK_TASKS)
  @GetMapping("/count")
  TaskCount count(@RequestParam(defaultValue = "queues") String view, Principal who) {
    Tasks.Counts counts = tasks.count(who, Code.of("view", View.class, view));
    return new TaskCount(counts.open(), counts.due());
  }

  @Operation(summary = "Take a task; answers 409 when somebody else has it")
  @Needs(Permission.WORK_TASKS)
  @PostMapping("/{id}/take")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void take(@PathVariable String id, Principal who) {
    tasks.take(who, Code.id(id));
  }

  @Operation(summary = "Give a task back to its queue")
  @Needs(Permission.WORK_TASKS)
  @PostMapping("/{id}/give-back")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void giveBack(@PathVariable String id, Principal who) {
    tasks.giveBack(who, Code.id(id));
  }

  @Operation(summary = "Put a task off")
  @Needs(Permission.WORK_TASKS)
  @PostMapping("/{id}/postpone")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void postpone(@PathVariable String id, @RequestBody Later later, Principal who) {
    Instant at = later.dueAt();
    if (at.isBefore(Instant.EPOCH) || at.isAfter(FARTHEST)) {
      throw new Fault.BadRequest("'dueAt' is no time that a task can be due at.");
    }
    tasks.postpone(who, Code.id(id), ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }

  @Operation(summary = "A task is done without a call that was seen")
  @Needs(Permission.WORK_TASKS)
  @PostMapping("/{id}/done")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void done(@PathVariable String id, Principal who) {
    tasks.done(who, Code.id(id));
  }
}
