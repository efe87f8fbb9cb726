package io.cordboard.spi.telephony;

import io.cordboard.kernel.CallId;
import io.cordboard.kernel.LegKey;
import org.jspecify.annotations.Nullable;

/**
 * What to dial.
 *
 * @param channel our own id for the new leg, unique for ever on this switch
 * @param callId the call it is for; a device that can is told
 * @param address the device: an extension such as {@code 2001}
 * @param callerNumber what the device shows, null when withheld
 * @param callerName what the device shows beside it; already cleaned
 * @param ringSeconds after this the switch gives up by itself
 * @param autoAnswer the agent is already in this call: a device that can answers by itself
 * @param with the leg that this one shall be joined with, where there is one: a switch offers the
 *     device what that leg speaks, so that nothing needs to be transcoded
 */
public record DialOrder(
    String channel,
    CallId callId,
    String address,
    @Nullable String callerNumber,
    @Nullable String callerName,
    int ringSeconds,
    boolean autoAnswer,
    @Nullable LegKey with) {

  /** An order for a leg that is not meant for a certain other one. */
  public DialOrder(
      String channel,
      CallId callId,
      String address,
      @Nullable String callerNumber,
      @Nullable String callerName,
      int ringSeconds,
      boolean autoAnswer) {
    this(channel, callId, address, callerNumber, callerName, ringSeconds, autoAnswer, null);
  }
}
