package io.cordboard.core.call;

/** Where an offer stands: a call held out to one agent. Exactly one way out. */
public enum OfferState {
  /** Taken together with the agent's capacity; the device is being dialled. */
  MADE,
  /** The device rings. */
  RINGING,
  /** The agent answered. */
  ACCEPTED,
  /** The agent refused. */
  DECLINED,
  /** The deadline passed, or the device rang out. */
  NO_ANSWER,
  /** The caller was gone, or the call went elsewhere. */
  WITHDRAWN,
  /** The device could not be rung. */
  FAILED;

  /** Whether the offer still holds the agent. */
  public boolean open() {
    return this == MADE || this == RINGING;
  }
}
