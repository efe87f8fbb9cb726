package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.AgentKnown;
import io.cordboard.core.call.LedgerFact.ObservedWrapUp;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AgentObserved;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.NumberClaims;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A call that a foreign switch routes: no commands, the same card, the same record. */
final class ObservedCall {
  private static final String NO_QUEUE = "";
  private static final int WRAP_UP_SECONDS = 60;
  private static final long SECOND = 1_000_000;

  private final Supplier<Directory> directory;
  private final IdentifyCaller identification;
  private final WhoHas whoHas;

  ObservedCall(Supplier<Directory> directory, IdentifyCaller identification, WhoHas whoHas) {
    this.directory = directory;
    this.identification = identification;
    this.whoHas = whoHas;
  }

  void told(Turn turn, Call call, CallEvent event) {
    switch (event) {
      case LegArrived e -> {
        identification.read(turn, call);
        identification.lookUp(turn, call);
      }
      case AgentObserved e -> named(turn, call, e.agent());
      case LegEnded e when call.endedBy(e) -> {
        remember(turn, call);
        if (!call.fallback()) {
          wrapUp(turn, call);
        }
      }
      default -> {}
    }
  }

  void resumed(Turn turn, Call call) {
    identification.lookUp(turn, call);
  }

  /**
   * Whoever talked may say what came of it, as long as the line says. It holds nobody: when the agent
   * is free is the other switch's to say.
   */
  private void wrapUp(Turn turn, Call call) {
    long seconds = line(call).map(Line::wrapUpSeconds).orElse(WRAP_UP_SECONDS);
    if (call.knownAgent().isPresent() && call.customerLeg().answeredAt() != 0 && seconds > 0) {
      long now = turn.now();
      turn.record(call, new ObservedWrapUp(now, now + seconds * SECOND));
    }
  }

  /** The record is complete. */
  static void finish(Turn turn, Call call, boolean byTimer) {
    turn.record(call, new WrappedUp(turn.now(), 0, byTimer));
  }

  /** The name of one agent of ours, and of no other: the record is theirs. */
  private void named(Turn turn, Call call, String name) {
    Set<AgentId> agents = whoHas.name(name);
    if (agents.size() == 1) {
      turn.record(call, new AgentKnown(turn.now(), agents.iterator().next()));
    }
  }

  /** Answered somewhere: the customer's tasks are done; else one more attempt of who called us. */
  private void remember(Turn turn, Call call) {
    String customer = call.customer().map(Object::toString).orElse(null);
    String number = call.read().map(read -> read.number()).orElse(null);
    if (customer == null && number == null) {
      return;
    }
    long now = call.fallback() ? call.endedAt() : turn.now();
    Optional<String> queue = line(call).map(Line::queue);
    if (call.customerLeg().answeredAt() != 0) {
      served(call, queue).forEach(
          done -> turn.task(new TaskChange.Served(call.id(), customer, number, done, now)));
    } else if (!call.arrival().claims().trunk().equals(NumberClaims.OUTGOING)
        && call.givenUp().filter(up -> up.reason().equals(AfterTheGap.NO_LINE)).isEmpty()) {
      turn.task(
          new TaskChange.Missed(
              call.id(), customer, number, queue.orElse(NO_QUEUE), now,
              call.givenUp().isPresent() ? "missed" : "abandoned"));
    }
  }

  /** An extension calls back without a line of ours: the queues of who did it owe the call no more. */
  private Set<String> served(Call call, Optional<String> queue) {
    Set<String> served = new LinkedHashSet<>(Set.of(NO_QUEUE));
    queue.ifPresentOrElse(
        served::add,
        () ->
            call.knownAgent().ifPresent(
                agent ->
                    directory.get().queues().values().stream()
                        .filter(one -> one.members().contains(agent))
                        .map(Directory.Queue::id)
                        .forEach(served::add)));
    return served;
  }

  private Optional<Line> line(Call call) {
    return call.read().flatMap(read -> directory.get().line(read.line()));
  }
}
