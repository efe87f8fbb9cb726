package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;

/** Lets legs hear each other. A bridge is named by us and is made by the first join. */
public interface Mixing {
  /**
   * Puts an answered leg in the bridge and ends its music; {@code LegJoined} follows. A leg that is in
   * another bridge leaves that one, and {@code LegLeft} is told before.
   */
  CompletionStage<Void> join(String bridge, LegKey leg);

  /**
   * Takes the leg out; {@code LegLeft} follows. A leg that is not in this bridge stays where it is,
   * and that is a success.
   */
  CompletionStage<Void> leave(String bridge, LegKey leg);

  /**
   * Removes the bridge; its legs live on alone. An unknown bridge is a success. Its name should not be
   * joined again soon: switches take a while to forget one.
   */
  CompletionStage<Void> close(String bridge);
}
