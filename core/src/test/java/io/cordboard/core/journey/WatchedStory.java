package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Story;
import io.cordboard.core.call.Turn;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The product's story, with an eye on what it is asked and what it answers. */
final class WatchedStory implements Story {
  private final Journeys journeys;
  private final ShiftChecks checks;
  private final Map<CallId, Call> calls = new HashMap<>();
  private Turn turn;

  WatchedStory(Journeys journeys, ShiftChecks checks) {
    this.journeys = journeys;
    this.checks = checks;
  }

  /** Calls that live, finished ones until their mailbox is closed. */
  Collection<Call> calls() {
    return calls.values();
  }

  /** What the ledger lets a story see; null before anything happened. */
  Turn turn() {
    return turn;
  }

  @Override
  public void told(Turn now, Call call, CallEvent event) {
    turn = now;
    journeys.told(now, call, event);
  }

  @Override
  public void due(Turn now, Call call) {
    journeys.due(now, call);
  }

  @Override
  public long nextDue(Call call) {
    return journeys.nextDue(call);
  }

  @Override
  public void tasked(TaskChange change) {
    journeys.tasked(change);
  }

  @Override
  public void changed(Call call) {
    calls.put(call.id(), call);
    journeys.changed(call);
  }

  @Override
  public void ended(CallId call, LegKey customerLeg) {
    journeys.ended(call, customerLeg);
  }

  @Override
  public void dials(Turn now, PhoneDials dialled) {
    turn = now;
    journeys.dials(now, dialled);
  }

  @Override
  public void device(Turn now, DeviceChanged change, DeviceState before) {
    turn = now;
    journeys.device(now, change, before);
  }

  @Override
  public void resumed(Turn now, Call call) {
    turn = now;
    journeys.resumed(now, call);
  }

  @Override
  public void settle(Turn now) {
    turn = now;
    var waiting = checks.waiting(calls());
    journeys.settle(now);
    checks.inOrder(waiting, calls());
  }

  @Override
  public void committed(
      Collection<Call> changed, Collection<CallId> closed, Collection<AgentId> agents) {
    journeys.committed(changed, closed, agents);
    closed.forEach(calls::remove);
  }

  @Override
  public void whenTold(Effect.Dial dial, Runnable then) {
    journeys.whenTold(dial, then);
  }
}
