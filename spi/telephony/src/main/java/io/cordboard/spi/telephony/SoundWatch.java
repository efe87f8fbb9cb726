package io.cordboard.spi.telephony;

import io.cordboard.kernel.CallEvent;

/**
 * Tells {@link CallEvent.RecordingSilent} once where one track of a recording is written without sound
 * although sound comes in for it. Only what is certain is told: whoever hears it stops the recording and
 * begins another, which has both sides again. Nothing can be ordered of it.
 */
public interface SoundWatch {}
