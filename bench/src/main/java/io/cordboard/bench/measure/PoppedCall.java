package io.cordboard.bench.measure;

import io.cordboard.kernel.CustomerId;

/** A call from outside, and what the desks saw of it. Written by one thread at a time, read by others. */
public class PoppedCall {
  private final String number;
  private final CustomerId customer;
  private volatile long arrivedNanos;
  private volatile long poppedNanos;
  private volatile boolean wrong;
  private volatile boolean served;

  public PoppedCall(String number, CustomerId customer) {
    this.number = number;
    this.customer = customer;
  }

  public final String number() {
    return number;
  }

  /** Its first event, by {@link System#nanoTime}. */
  public final void arrived(long nanos) {
    arrivedNanos = nanos;
  }

  /** A card came to an agent's desk; only the first one counts. */
  public final void popped(String shown, long nanos) {
    if (poppedNanos == 0) {
      wrong = !shown.equals(customer.toString());
      poppedNanos = nanos;
    }
  }

  /** Whether a card came. */
  public final boolean isPopped() {
    return poppedNanos != 0;
  }

  /** It is over; {@code talked} to its end or lost before. */
  public final void over(boolean talked) {
    served = talked;
  }

  /** Whether the right card came. */
  public final boolean delivered() {
    return poppedNanos != 0 && !wrong;
  }

  /** Whether somebody else's card came. */
  public final boolean wrong() {
    return wrong;
  }

  /** Whether it was talked through to its end. */
  public final boolean served() {
    return served;
  }

  /** From the first event to the card. */
  public final long nanos() {
    return poppedNanos - arrivedNanos;
  }
}
