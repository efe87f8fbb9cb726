package io.cordboard.spi.telephony;

import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;

/** Commands for a single leg. */
public interface LegControl {
  /** Lets an unanswered leg hear ringing. */
  CompletionStage<Void> ring(LegKey leg);

  /** Answers a leg that arrived; {@code LegAnswered} follows. */
  CompletionStage<Void> answer(LegKey leg);

  /** Plays music to an answered leg that is in no bridge, until {@link #musicOff} or a join. */
  CompletionStage<Void> musicOn(LegKey leg);

  /** Ends the music. */
  CompletionStage<Void> musicOff(LegKey leg);

  /** Ends the leg; one that is gone already is a success. {@code LegEnded} follows. */
  CompletionStage<Void> hangUp(LegKey leg, HangUp reason);

  /** What the far end is told. */
  enum HangUp {
    /** The talk is over. */
    NORMAL,
    /** Nobody can take the call. */
    BUSY,
    /** The device did not answer in time, or the offer was withdrawn. */
    NO_ANSWER,
    /** The call is not allowed. */
    REJECTED
  }
}
