package io.cordboard.core.trust;

import java.util.Optional;

/**
 * Remembers the last seal outside the database, so that whoever owns the database cannot cut off
 * its end, or write the whole trail anew, unseen. Called by the audit trail's thread and by
 * verification.
 */
public interface AuditWitness {
  /** Keeps this seal in place of the one before. */
  void keep(long seal, byte[] hash);

  /** The last seal that was kept; empty before the first. */
  Optional<Kept> last();

  /** A seal's number and hash. */
  record Kept(long seal, byte[] hash) {}
}
