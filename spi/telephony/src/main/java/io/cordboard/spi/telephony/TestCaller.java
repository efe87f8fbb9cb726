package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Places a call from a pretended customer to one of our own lines: for trying things out. */
public interface TestCaller {
  /** Places the call; {@code LegArrived} follows like for any call. Rings nobody outside. */
  CompletionStage<LegKey> placeCall(TestCall call);

  /**
   * What the pretended customer does.
   *
   * @param from the number shown
   * @param to one of our lines, as a caller would dial it
   * @param say what the caller says when answered; null for the switch's own script
   * @param seconds after this the caller hangs up
   */
  record TestCall(String from, String to, @Nullable String say, int seconds) {}
}
