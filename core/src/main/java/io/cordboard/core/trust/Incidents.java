package io.cordboard.core.trust;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Privacy incidents: something of one customer's stood in the file of another. Thread-safe. */
public interface Incidents {
  /** Keeps it. */
  void report(Incident incident);

  /**
   * Incidents, the newest first.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Incident> list(Which which, @Nullable Position after, int most);

  /** The incident. */
  Optional<Incident> byId(UUID id);

  /** How many nobody has dealt with. */
  long open();

  /**
   * Somebody has dealt with it.
   *
   * @param measure what was done, in words
   * @throws Fault.NotFound when there is no such incident
   * @throws Fault.Refused when it was closed before
   */
  void close(UUID id, String by, String measure, long at);

  /** Which incidents. */
  enum Which {
    ALL,
    /** Nobody has dealt with them. */
    OPEN,
    CLOSED
  }

  /** Where an incident stands. */
  record Position(long at, UUID id) {}

  /**
   * An incident. No personal data: ids only.
   *
   * @param at when it was found, microseconds UTC
   * @param kind {@code merge-undone}: written while two were taken for one; {@code call-corrected}: a
   *     call stood in the wrong file; {@code fields-shown}: protected fields of the wrong customer were
   *     shown in a call
   * @param wrong in whose file it stood
   * @param right whose it is
   * @param fact what it is: call, consent, identity or change
   * @param writtenAt when it was written, microseconds UTC; 0 when not known
   * @param reportedBy as the audit names it
   * @param closedAt null while nobody has dealt with it
   */
  record Incident(
      UUID id,
      long at,
      String kind,
      CustomerId wrong,
      CustomerId right,
      String fact,
      String factId,
      long writtenAt,
      String reportedBy,
      @Nullable Instant closedAt,
      @Nullable String closedBy,
      @Nullable String measure) {}
}
