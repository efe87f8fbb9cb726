package io.cordboard.core.call;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.SwitchSignal;
import org.jspecify.annotations.Nullable;

/** Hears what operations want to know of the ledger. Called on its thread; returns at once. */
public interface LedgerWatch {
  /** An event was taken. */
  default void taken(CallEvent event) {}

  /** An event came again and was dropped. */
  default void repeated(CallEvent event) {}

  /** An event came for a leg that nobody knows. */
  default void orphan(CallEvent event) {}

  /** A switch was linked, lost, taken over, or told something unknown. */
  default void link(SwitchSignal signal) {}

  /** A command did not work; null where the leg belongs to no call that lives. */
  default void commandFailed(@Nullable CallId call, Effect effect, Fault fault) {}

  /** A commit took this long and carried this many entries. */
  default void committed(int entries, long nanos) {}

  /** A device is rung; its desk got the card first, or did not within the time. On any thread. */
  default void rung(boolean cardFirst, long waitedNanos) {}

  /** Recordings that are over were written: they wait to be fetched. */
  default void recorded() {}

  /** The mailbox of a call was closed. */
  default void ended(Call call) {}

  /** Our own mistake: to the log, loudly. */
  default void bug(String what, Throwable cause) {}
}
