package io.cordboard.core.service;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Call-backs that are owed. The ledger makes them, adds to them and closes them when the customer was
 * served; here people look at them and take them. One task a customer and queue is open at a time;
 * those of merged customers are shown as one. Thread-safe.
 */
public interface Tasks {
  /**
   * Open tasks, the one that is due first first.
   *
   * @param after the last task of the page before; null for the first page
   */
  List<Task> list(Scope scope, @Nullable Position after, int most);

  /** One task by itself, open or closed. */
  Optional<Task> find(UUID task);

  /** How many are open, and how many of them are due. */
  Counts count(Scope scope, long now);

  /** All open tasks in short: counted, however many there are. */
  List<Owed> owed(long now);

  /**
   * It is this agent's from now on.
   *
   * @throws Fault.NotFound when there is no such task
   * @throws Fault.Refused when it is closed, or somebody else took it
   */
  void take(UUID task, AgentId agent, long at);

  /**
   * It is nobody's again.
   *
   * @throws Fault.Refused when it is closed, or not this agent's
   */
  void giveBack(UUID task, AgentId agent);

  /** It is due at another time, microseconds UTC; refused like {@link #giveBack}. */
  void postpone(UUID task, AgentId agent, long dueAt);

  /**
   * It is done without a call that we saw.
   *
   * @throws Fault.Refused when it is closed, or somebody else took it
   */
  void done(UUID task, AgentId agent, long at);

  /** Which tasks. */
  sealed interface Scope {
    /** Those that this agent took. */
    record Mine(AgentId agent) implements Scope {}

    /** Those of these queues that nobody took, or this agent. */
    record Queues(AgentId agent, Collection<String> queues) implements Scope {}

    /** All of them. */
    record Open() implements Scope {}
  }

  /**
   * The open tasks of a queue that nobody took, or that one agent took.
   *
   * @param taker null for those that nobody took
   * @param due how many of them are due
   * @param latest when one of these customers tried last, microseconds UTC
   * @param nextDue when the next one falls due, microseconds UTC; {@code Long.MAX_VALUE} for never
   * @param version another one with every change of one of them
   */
  record Owed(
      String queue,
      @Nullable AgentId taker,
      int open,
      int due,
      long latest,
      long nextDue,
      long version) {}

  /** Where a task stands. */
  record Position(long dueAt, UUID id) {}

  /** How many. */
  record Counts(int open, int due) {}

  /**
   * A call-back that is owed.
   *
   * @param customerId the survivor, where the customer is merged
   * @param number the one to call back; null when the caller hid it
   * @param reason missed, abandoned, call-back, voicemail or switch-restart
   * @param attempts how often the customer tried
   * @param takenBy display name; null while nobody took it
   * @param tries how often we called and did not reach them
   * @param lastTry what became of the last time: BUSY, NO_ANSWER, WRONG_NUMBER and such; null for none
   * @param message the recording of the message that they left last; null for none, or none that is here
   */
  record Task(
      UUID id,
      @Nullable UUID customerId,
      @Nullable String customer,
      @Nullable String number,
      String queue,
      String reason,
      int attempts,
      Instant firstAt,
      Instant lastAt,
      Instant dueAt,
      long dueMicros,
      @Nullable AgentId taker,
      @Nullable String takenBy,
      int tries,
      @Nullable String lastTry,
      @Nullable String message) {}
}
