package io.cordboard.app;

import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.Turn;
import io.cordboard.core.call.recording.RecordingStore.Counts;
import io.cordboard.core.work.DeadLetters.Waiting;
import io.cordboard.core.work.WorkStore.Backlog;
import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks at the ledger and the database every few seconds, so that whoever asks never waits. */
final class Vitals implements AutoCloseable {
  static final long EVERY_SECONDS = 2;
  private static final long ANSWER_SECONDS = 5;

  private final Core core;
  private final ScheduledExecutorService rounds =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().name("vitals-", 1).daemon().factory());
  private volatile Stored stored = new Stored(null, new Backlog(0, 0), 0, 0, new Counts(0, 0));
  private volatile Live live = new Live(null, Map.of(), Map.of(), Map.of());

  private volatile Runnable after = () -> {};

  /**
   * What the database has.
   *
   * @param trouble why it could not be asked; the figures are then the last known
   * @param deadSince since when the first dead letter waits for a person, microseconds UTC; 0 where none does
   */
  record Stored(@Nullable String trouble, Backlog work, long dead, long deadSince, Counts recordings) {}

  /**
   * What goes on.
   *
   * @param trouble why the ledger could not be asked
   * @param waiting calls by queue
   */
  record Live(
      @Nullable String trouble,
      Map<Call.Phase, Integer> calls,
      Map<String, Integer> waiting,
      Map<AgentState, Integer> agents) {}

  Vitals(Core core) {
    this.core = core;
  }

  void start() {
    rounds.scheduleWithFixedDelay(this::lookAtStore, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    rounds.scheduleWithFixedDelay(this::lookAtLedger, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Something to do after each look at the ledger. */
  void afterEachLook(Runnable work) {
    after = work;
  }

  Stored stored() {
    return stored;
  }

  Live live() {
    return live;
  }

  private void lookAtStore() {
    Stored last = stored;
    try {
      Collection<Waiting> dead = core.recordings.deadLetters.counts().values();
      stored =
          new Stored(
              null,
              core.recordings.work.backlog(),
              dead.stream().mapToLong(Waiting::count).sum(),
              dead.stream().mapToLong(Waiting::oldestAt).min().orElse(0),
              core.recordings.store.counts());
    } catch (Fault failed) {
      stored =
          new Stored(failed.getMessage(), last.work(), last.dead(), last.deadSince(), last.recordings());
    }
  }

  private void lookAtLedger() {
    askLedger();
    after.run();
  }

  private void askLedger() {
    try {
      live =
          core.ledger.ask(this::count).toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException slow) {
      Live last = live;
      live =
          new Live(
              "The ledger did not answer within %d s.".formatted(ANSWER_SECONDS), last.calls(),
              last.waiting(), last.agents());
    } catch (ExecutionException failed) {
      throw new Fault.Bug("The ledger cannot be counted.", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Live count(Turn turn) {
    Map<Call.Phase, Integer> calls = new EnumMap<>(Call.Phase.class);
    Map<String, Integer> waiting = new HashMap<>();
    Map<AgentState, Integer> agents = new EnumMap<>(AgentState.class);
    for (Call call : turn.calls()) {
      calls.merge(call.phase(), 1, Integer::sum);
      if (call.waiting()) {
        waiting.merge(call.queued().map(LedgerFact.Queued::queue).orElse(""), 1, Integer::sum);
      }
    }
    turn.agents().all().forEach(agent -> agents.merge(agent.state(), 1, Integer::sum));
    return new Live(null, calls, waiting, agents);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
