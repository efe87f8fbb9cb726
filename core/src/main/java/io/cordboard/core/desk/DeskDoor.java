package io.cordboard.core.desk;

import io.cordboard.kernel.AgentId;
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
   * Frees an agent who is stuck in a state: not ready, whatever held them is let go, a customer who is
   * still there goes to the front of the queue.
   *
   * @param by the supervisor's user name, for the audit
   */
  CompletionStage<Void> release(AgentId agent, String by);

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
