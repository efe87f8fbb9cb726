package io.cordboard.kernel;

/**
 * One channel on a switch.
 *
 * @param switchId the switch's configured name, such as {@code asterisk}
 * @param epoch which run of the switch: it rises when the switch restarts, so that a channel id that
 *     the switch uses again is another leg
 * @param channel the switch's own id of the channel, or the one we gave it
 */
public record LegKey(String switchId, long epoch, String channel) {}
