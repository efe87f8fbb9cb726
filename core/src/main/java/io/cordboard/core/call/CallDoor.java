package io.cordboard.core.call;

import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.SwitchSignal;
import io.cordboard.spi.telephony.TestCaller.TestCall;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where the outside gives events to the ledger and asks after calls. Thread-safe. */
public interface CallDoor {
  /**
   * Takes a signal of an observed switch; the stage completes when it is committed, with the call it
   * belongs to.
   */
  CompletionStage<CallId> observe(SwitchSignal.Happened signal);

  /**
   * Places a test call on the named switch, or on the best one that can (a real one before the demo).
   *
   * @throws Fault.Refused when no connected switch can
   */
  CompletionStage<CallId> placeTestCall(Optional<String> switchId, TestCall call);

  /** The call that a leg belongs to, live or lately ended. */
  Optional<CallId> callOf(LegKey leg);

  /** How a call stands, live or ended within the last minutes. */
  Optional<CallStatus> status(CallId call);

  /**
   * A call in short.
   *
   * @param phase WAITING, RINGING, TALKING, HELD, REJOINING, CONSULTING, PARKED, DIALLING, OUTSIDE or ENDED
   * @param answeredBy user name of the agent, empty while nobody answered
   * @param outcome as in {@link CallRecord}, empty while it lives
   * @param customer id of the customer who is shown, empty when none
   */
  record CallStatus(
      CallId call, String phase, String answeredBy, String outcome, String customer) {}
}
