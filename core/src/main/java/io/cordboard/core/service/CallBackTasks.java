package io.cordboard.core.service;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;

/** Gives out call-backs whose turn has come. Thread-safe. */
public interface CallBackTasks {
  /** What became of it. */
  enum Given {
    /** It is this agent's. */
    GIVEN,
    /** Somebody took it before, or it is done. */
    TAKEN,
    /** There is no such task (yet). */
    NONE
  }

  /**
   * The task that this call opened is this agent's, unless somebody took it. One that was given before and
   * not called may be given again.
   */
  Given give(CallId call, AgentId agent, long at);
}
