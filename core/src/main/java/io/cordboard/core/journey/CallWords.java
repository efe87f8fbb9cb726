package io.cordboard.core.journey;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says in a call, for the customer's file. Called after the call's own commit, never on
 * the ledger's thread; what fails here is told to the agent and changes nothing in the call.
 */
public interface CallWords {
  /** The caller is who they say they are. */
  void verified(Verification verification);

  /** Somebody else is calling than was shown. */
  void corrected(Correction correction);

  /**
   * A caller made sure of.
   *
   * @param number the number that called; null when there is none
   */
  record Verification(
      AgentId by, CallId call, CustomerId customer, @Nullable String number) {}

  /**
   * A customer chosen for a call.
   *
   * @param before who was shown; null for nobody
   * @param disclosed the protected fields of {@code before} had been shown
   * @param recorded the call stood in the file of {@code before} already
   */
  record Correction(
      AgentId by,
      CallId call,
      @Nullable CustomerId before,
      CustomerId now,
      boolean disclosed,
      boolean recorded) {
    /** Whether nobody else was chosen than was shown. */
    boolean same() {
      return now.equals(before);
    }
  }

  /** Nobody keeps a file. */
  static CallWords none() {
    return new CallWords() {
      @Override
      public void verified(Verification verification) {}

      @Override
      public void corrected(Correction correction) {}
    };
  }
}
