package io.cordboard.core.profile;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import java.util.Optional;

/** What agents type during a call. Thread-safe; saved outside the ledger, as often as they type. */
public interface Notes {
  /** The text and its revision, counted from 1 for each call and agent. */
  record Note(String text, long revision) {}

  /**
   * Saves a text that was made from revision {@code basedOn}. When a later revision stands already, it
   * stays, unless it is older text of the same agent's other tab: the longer history wins by revision,
   * and the caller gets what stands now.
   */
  Note save(CallId call, AgentId agent, String text, long basedOn);

  /** What stands. */
  Optional<Note> find(CallId call, AgentId agent);
}
