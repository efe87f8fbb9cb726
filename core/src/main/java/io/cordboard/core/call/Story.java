package io.cordboard.core.call;

import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import java.util.Collection;
import io.cordboard.kernel.AgentId;

/**
 * What follows from what happened. The ledger calls it, on its own thread, after an event was applied;
 * it answers with facts and effects through the {@link Turn}. Holds no state of calls.
 */
public interface Story {
  /** A switch told something of the call. */
  void told(Turn turn, Call call, CallEvent event);

  /** The time of {@link #nextDue} has come. */
  void due(Turn turn, Call call);

  /** When something of this call is due by time, microseconds; {@code Long.MAX_VALUE} for nothing. */
  long nextDue(Call call);

  /** The call changed; indexes that are made of calls follow. Also while a restart rebuilds. */
  void changed(Call call);

  /** This call was over before a restart; something may still be told or asked of it. */
  void ended(CallId call, LegKey customerLeg);

  /** The call opens or closes tasks of call-back, with the next commit. */
  default void tasked(TaskChange change) {}

  /** A device changed. */
  void device(Turn turn, DeviceChanged change, DeviceState before);

  /** Somebody dialled at a device: they wait until the leg is answered, or ended. */
  void dials(Turn turn, PhoneDials dialled);

  /** After a restart of ours, or a lost link: make the switch agree with what we know. */
  void resumed(Turn turn, Call call);

  /** Everything that came was taken: hand out calls that wait. Before each commit. */
  void settle(Turn turn);

  /** It is committed: tell the desks. */
  void committed(Collection<Call> calls, Collection<CallId> closed, Collection<AgentId> agents);

  /**
   * Runs this, on any thread, when the desk of whom this order rings has been sent what was committed;
   * perhaps never, when it breaks off.
   */
  void whenTold(Effect.Dial dial, Runnable then);
}
