package io.cordboard.core.work;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Work that will not be tried again by itself. It holds up later work of the same kind and key, and
 * nothing else, until somebody retries or dismisses it. Thread-safe.
 */
public interface DeadLetters {
  /**
   * The oldest first.
   *
   * @param after id of the last one that was shown, 0 for the first page
   */
  List<DeadLetter> list(long after, int most);

  /** The same of some kinds of work alone. */
  List<DeadLetter> list(Set<String> kinds, long after, int most);

  /** How many there are. */
  long count();

  /** The same for each kind of work that has any. */
  Map<String, Waiting> counts();

  /**
   * Opens it again with its attempts counted anew; what is in doubt is looked up first.
   *
   * @throws Fault.NotFound when it is no dead letter (any more)
   */
  void retry(long id);

  /**
   * Closes it for good without doing it.
   *
   * @throws Fault.NotFound when it is no dead letter (any more)
   */
  void dismiss(long id);

  /**
   * Dead letters of one kind.
   *
   * @param oldestAt since when the first of them waits for a person, microseconds UTC
   */
  record Waiting(long count, long oldestAt) {}

  /**
   * A dead letter.
   *
   * @param behind how many later items of its key wait for it
   * @param payload masked by {@link Payloads}: it may hold personal data
   * @param inDoubt an attempt may have had its effect: it is looked up before it is tried again
   * @param history what came of its last attempts, the oldest first
   * @param createdAt microseconds UTC
   * @param diedAt microseconds UTC
   */
  record DeadLetter(
      long id,
      String kind,
      String key,
      int attempts,
      String reason,
      long behind,
      long createdAt,
      long diedAt,
      String payload,
      boolean inDoubt,
      List<Failure> history) {
    public DeadLetter {
      history = List.copyOf(history);
    }

    /** The same with this history. */
    public DeadLetter with(List<Failure> failures) {
      return new DeadLetter(
          id, kind, key, attempts, reason, behind, createdAt, diedAt, payload, inDoubt, failures);
    }
  }

  /**
   * What came of one attempt.
   *
   * @param attempt counted from 1, anew after a retry by hand
   * @param at microseconds UTC
   */
  record Failure(int attempt, long at, boolean inDoubt, String reason) {}
}
