package io.cordboard.web.guard;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which requests with an {@code Idempotency-Key} were done, and how they were answered,
 * for 24 hours. Thread-safe.
 */
public interface IdempotencyKeys {
  /**
   * Takes the key for a request, or tells what became of the first one that had it.
   *
   * @param scope who asks, with the key
   * @param fingerprint hash of method, path and body
   */
  Claim claim(String scope, String fingerprint);

  /** The request was done; a null answer holds a secret and is not kept. */
  void done(String scope, @Nullable Answer answer);

  /** The request was not done: the key may be used again. */
  void release(String scope);

  /** What is known of a key. */
  sealed interface Claim {
    /** Nothing: go on, then call {@code done} or {@code release}. */
    record Fresh() implements Claim {}

    /** The first request still runs. */
    record Running() implements Claim {}

    /** It was used for another request. */
    record Other() implements Claim {}

    /** It was done; null when the answer held a secret. */
    record Done(@Nullable Answer answer) implements Claim {}
  }

  /** An answer as it was sent. */
  record Answer(int status, String contentType, byte[] body) {}
}
