package io.cordboard.spi.telephony;

/** What a device is doing, as its switch sees it. */
public enum DeviceState {
  /** Not registered: it cannot ring. */
  UNREGISTERED,
  /** Registered, and the switch gets no answer from it at the moment. */
  UNREACHABLE,
  /** Registered and free. */
  IDLE,
  /** Registered and in a call, or ringing. */
  BUSY;

  /** Whether it could ring at all. */
  public boolean registered() {
    return this != UNREGISTERED;
  }
}
