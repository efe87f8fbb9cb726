package io.cordboard.core.trust;

import io.cordboard.kernel.Fault;

/**
 * Keeps who did what, in chains that show every later change. An action that must be audited is not
 * done when its entry is refused: call first, act afterwards. Thread-safe.
 */
public interface Audit {
  /**
   * Takes an entry without waiting: it is written within some ten milliseconds. Only a sudden end
   * of the process can lose it until then. For everything that happens at the rate of calls.
   *
   * @throws Fault.Busy when the trail cannot keep up, or the database is away for long: the action
   *     must be refused
   */
  void record(AuditEntry entry);

  /**
   * Returns when the entry stands in the database. For everything that must not happen without its
   * trace: playing a recording, an export, a change of rights. Takes as long as a commit.
   *
   * @throws Fault.Busy as {@link #record}, or when it was not written within five seconds
   */
  void recordNow(AuditEntry entry);
}
