package io.cordboard.core.desk;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where desks come in. Thread-safe. */
public interface DeskDoor {
  /**
   * Opens a connection: a snapshot follows at once, then every change.
   *
   * @param connection unique, made by the caller
   */
  void attach(AgentId agent, String connection, DeskSink sink);

  /** The connection is gone. Idempotent. */
  void detach(AgentId agent, String connection);

  /**
   * Carries out a command; the stage completes when it is committed, or with a {@link Fault}.
   *
   * @param connection from which it came
   */
  CompletionStage<Void> command(AgentId agent, String connection, DeskCommand command);

  /**
   * Calls a number for this agent: their own phone first.
   *
   * @throws io.cordboard.kernel.Fault.Refused through the stage, when it may not be dialled or they cannot
   */
  CompletionStage<CallId> dial(AgentId agent, DeskCommand.Dial wish);

  /**
   * Changes what this agent said and wrote of a call that is over and closed; what stood there is kept
   * in its record, and in the audit.
   *
   * @throws Fault.NotFound through the stage, when there is no such record
   * @throws Fault.Refused through the stage, when they did not talk in it, or it is not closed
   */
  CompletionStage<Void> correct(AgentId agent, CallId call, Correction now);

  /**
   * What shall stand in a record; null for what stays as it is.
   *
   * @param answers in all fields of the outcome's form
   */
  record Correction(
      @Nullable String disposition,
      @Nullable List<DeskCommand.Filled> answers,
      @Nullable String notes) {}

  /**
   * Frees an agent who is stuck in a state: not ready, whatever held them is let go, a customer who is
   * still there goes to the front of the queue.
   *
   * @param by the supervisor's user name, for the audit
   */
  CompletionStage<Void> release(AgentId agent, String by);

  /** To whom this agent may hand a customer on, as of now. */
  TransferTargets targets(AgentId agent);

  /**
   * To whom a customer may be handed on.
   *
   * @param outside whether the switch of the agent's call dials numbers outside
   */
  record TransferTargets(List<TargetAgent> agents, List<TargetQueue> queues, boolean outside) {}

  /**
   * Another agent; {@code free} when a call may be handed to them now.
   *
   * @param extension by which one calls them; null for who has no phone
   */
  record TargetAgent(
      String agentId,
      String user,
      String name,
      String state,
      Instant since,
      boolean free,
      @Nullable String extension) {}

  /** A queue; {@code open} when somebody else of it is there. */
  record TargetQueue(String queue, String label, int waiting, boolean open) {}

  /**
   * What this agent's desk would show now, without opening one; cards of customers are read elsewhere,
   * where it is written down who saw them.
   */
  CompletionStage<Look> look(AgentId agent);

  /** An agent's own desk, as of now. */
  record Look(DeskMessage.Me me, List<CallView> calls, List<DeskMessage.QueueLoad> queues) {}

  /** All agents, as of now. */
  List<AgentStatus> agents();

  /** One agent for a supervisor. */
  record AgentStatus(
      String agentId,
      String user,
      String name,
      String state,
      @Nullable String reason,
      Instant since,
      @Nullable String callId,
      String phoneState,
      boolean deskOpen) {}
}
