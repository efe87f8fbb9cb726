package io.cordboard.spi.telephony;

/** Hears one switch. Implemented by the core; called by the adapter. */
public interface SwitchListener {
  /**
   * Takes a signal. Called by one thread at a time, in the order in which the switch told things.
   * Returns quickly, but may block while the ledger catches up: an adapter whose switch cuts slow
   * readers must not call this on the thread that reads the socket without a queue between them.
   */
  void on(SwitchSignal signal);
}
