package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;

/** For switches whose devices have no body (the demo switch): the desk presses their keys. */
public interface VirtualPhones {
  /** Makes the device known as {@code address} registered or not. */
  CompletionStage<Void> register(String address, boolean registered);

  /** Lifts the handset of a ringing device. */
  CompletionStage<Void> lift(LegKey leg);

  /** Puts the handset down, or refuses while it rings. */
  CompletionStage<Void> putDown(LegKey leg);
}
