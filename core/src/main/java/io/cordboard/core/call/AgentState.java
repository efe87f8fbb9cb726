package io.cordboard.core.call;

/** What an agent is doing. A device is not presence: it is looked at beside this. */
public enum AgentState {
  /** Not signed in. */
  OFFLINE,
  /** Waits for a call. */
  READY,
  /** Signed in, takes no calls; with a reason. */
  NOT_READY,
  /** A call is held out. */
  OFFERED,
  /** Talks. */
  TALKING,
  /** Talks, and asked for a break afterwards. */
  TALKING_BREAK_NEXT,
  /** Finishes the record. */
  WRAP_UP,
  /** Finishes the record, and asked for a break afterwards. */
  WRAP_UP_BREAK_NEXT;

  /** Not ready, or about to be: a reason belongs to it. */
  public boolean resting() {
    return this == NOT_READY || this == TALKING_BREAK_NEXT || this == WRAP_UP_BREAK_NEXT;
  }

  /** Whether a call holds the agent. */
  public boolean busy() {
    return this == OFFERED || this == TALKING || this == TALKING_BREAK_NEXT;
  }
}
