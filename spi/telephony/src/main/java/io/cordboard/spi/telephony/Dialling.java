package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;

/** Makes a new leg towards a device. */
public interface Dialling {
  /**
   * Rings a device. The leg's channel id is ours ({@link DialOrder#channel()}), so that a repeated
   * order makes no second leg. {@code LegRinging}, then {@code LegAnswered} or {@code LegEnded} follow;
   * events may come before the stage completes. An address that does not exist or is not registered ends
   * as {@code LegEnded} or as {@code Refused}.
   *
   * @return the key of the leg
   */
  CompletionStage<LegKey> dial(DialOrder order);
}
