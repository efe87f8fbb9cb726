package io.cordboard.spi.telephony;

import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import org.jspecify.annotations.Nullable;

/**
 * Which number to dial outside.
 *
 * @param channel our own id for the new leg, unique for ever on this switch
 * @param callId the call it is for
 * @param number E.164, or digits that are dialled as they are: a service or an emergency number
 * @param shownNumber one of our lines, which the far end is shown; null to show none
 * @param ringSeconds after this the switch gives up by itself
 * @param with the leg that this one shall be joined with, where there is one: the far end is offered
 *     what that leg speaks, so that nothing needs to be transcoded
 * @param bridge the bridge that it is put into before it is dialled; null for none
 */
public record OutsideOrder(
    String channel,
    CallId callId,
    String number,
    @Nullable String shownNumber,
    int ringSeconds,
    @Nullable LegKey with,
    @Nullable String bridge) {

  /** An order for a leg that nobody hears before it is joined. */
  public OutsideOrder(
      String channel,
      CallId callId,
      String number,
      @Nullable String shownNumber,
      int ringSeconds,
      @Nullable LegKey with) {
    this(channel, callId, number, shownNumber, ringSeconds, with, null);
  }
}
