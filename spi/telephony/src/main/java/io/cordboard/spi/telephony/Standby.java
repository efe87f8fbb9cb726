package io.cordboard.spi.telephony;

import java.util.concurrent.CompletionStage;

/** Looks for an agent by itself while nobody commands the switch for longer than it waits for us. */
public interface Standby {
  /**
   * What it shall do then, instead of what it was told before. Kept on the switch: it survives our death
   * and a restart of the switch. Calls that it looks after at the moment are not disturbed.
   */
  CompletionStage<Void> prepare(StandbyPlan plan);
}
