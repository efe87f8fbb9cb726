package io.cordboard.core.desk;

import io.cordboard.core.desk.TeamView.PastCall;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a supervisor's board comes in. Who may is asked before. Thread-safe. */
public interface TeamDoor {
  /**
   * Shows the team to this connection, now and then within a second of every change, not more often than
   * once a second.
   *
   * @param sink must not block
   */
  void watch(String connection, Consumer<TeamView> sink);

  /** The connection looks no longer. Idempotent. */
  void leave(String connection);

  /** The team as of now. */
  CompletionStage<TeamView> now();

  /** Calls of one day that are over, the newest first. */
  List<PastCall> calls(CallsWanted wanted);

  /**
   * Which calls.
   *
   * @param day by the server's calendar; null for today
   * @param queue of this one alone; null for all, as with the others
   * @param agent who had a part in it
   * @param outcome what became of it
   * @param before what was read last; null from the newest on
   */
  record CallsWanted(
      @Nullable LocalDate day,
      @Nullable String queue,
      @Nullable AgentId agent,
      @Nullable String outcome,
      @Nullable Position before,
      int most) {}

  /** A call's place in the list. {@code arrived} in microseconds UTC. */
  record Position(long arrived, CallId call) {}

  /**
   * Puts a waiting call into another queue; it keeps its age and its place at the front.
   *
   * @throws Fault.NotFound when there is no such call or queue, in the stage
   * @throws Fault.Refused when it does not wait, in the stage
   */
  CompletionStage<Void> move(CallId call, String queue);

  /**
   * Changes an agent's state by the table, as if the agent had asked.
   *
   * @param wanted ready, not ready or offline
   */
  CompletionStage<Void> order(AgentId agent, Wanted wanted, String reason);

  /** What an agent can be ordered to be. */
  enum Wanted {
    READY,
    NOT_READY,
    OFFLINE
  }
}
