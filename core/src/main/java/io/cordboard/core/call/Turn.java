package io.cordboard.core.call;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a story may do: look at everything, record facts, order effects. All of it is committed together
 * and effects are released afterwards. Used on the ledger's thread only.
 */
public interface Turn {
  /** Our clock, microseconds; rises with every call of this method, so that facts never coincide. */
  long now();

  /** Decides something: applied at once, journalled with the next commit. */
  void record(Call call, LedgerFact fact);

  /** Begins a call of our own making: {@code begun} is its first entry. */
  Call open(Function<CallId, LedgerFact.DialledOut> begun);

  /** What we conclude although no switch told it; taken as if one had. */
  void concluded(CallEvent event);

  /** Tells a switch something, after the commit. */
  void effect(Call call, Effect effect);

  /** Moves an agent by the table; {@code call} is the one that holds them afterwards. */
  boolean signal(AgentId agent, AgentSignal signal, @Nullable String reason, @Nullable CallId call);

  /** The agent's desk must be told, although no state changed. */
  void touch(AgentId agent);

  /** The call's desks must be told, although nothing was recorded. */
  void touch(Call call);

  /** Opens or closes tasks of call-back. */
  void task(TaskChange change);

  /** Legs of a call that is over and of which nothing was heard: taken as ended. */
  void absent(Call call);

  /** Goes on when something slow is done: {@code then} gets the answer, or null and the fault. */
  <T> void later(CompletionStage<T> slow, Later<T> then);

  /** What follows a slow thing, on the ledger's thread again. */
  interface Later<T> {
    void done(Turn turn, @Nullable T answer, @Nullable Throwable fault);
  }

  AgentBook agents();

  /** Calls that live, in the order of their arrival. */
  Collection<Call> calls();

  Optional<Call> call(CallId id);

  /** The live call a leg belongs to. */
  Optional<Call> callOf(LegKey leg);

  /** One agent, for reading. */
  default Agent agent(AgentId id) {
    return agents().get(id);
  }
}
