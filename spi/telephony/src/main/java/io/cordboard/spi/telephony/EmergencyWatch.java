package io.cordboard.spi.telephony;

/**
 * Tells {@link SwitchSignal.EmergencyCall} for every emergency call that one of the switch's phones dials:
 * who relies on people learning of them can see whether a switch does. Nothing can be ordered of it.
 */
public interface EmergencyWatch {}
