package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact.AgentKnown;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.AgentObserved;
import io.cordboard.kernel.CallEvent.LegArrived;
import io.cordboard.kernel.CallEvent.LegEnded;
import java.util.Set;

/** A call that a foreign switch routes: no commands, the same card, the same record. */
final class ObservedCall {
  private final IdentifyCaller identification;
  private final WhoHas whoHas;

  ObservedCall(IdentifyCaller identification, WhoHas whoHas) {
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
      case LegEnded e when call.endedBy(e) -> remember(turn, call);
      default -> {}
    }
  }

  void resumed(Turn turn, Call call) {
    identification.lookUp(turn, call);
  }

  /** The name of one agent of ours, and of no other: the record is theirs. */
  private void named(Turn turn, Call call, String name) {
    Set<AgentId> agents = whoHas.name(name);
    if (agents.size() == 1) {
      turn.record(call, new AgentKnown(turn.now(), agents.iterator().next()));
    }
  }

  /** Answered somewhere: the customer's tasks are done; else one more attempt. */
  private static void remember(Turn turn, Call call) {
    String customer = call.customer().map(Object::toString).orElse(null);
    String number = call.read().map(read -> read.number()).orElse(null);
    if (customer == null && number == null) {
      return;
    }
    Leg leg = call.customerLeg();
    long now = turn.now();
    turn.task(
        leg.answeredAt() != 0
            ? new TaskChange.Served(call.id(), customer, number, "", now)
            : new TaskChange.Missed(call.id(), customer, number, "", now, "abandoned"));
  }
}
