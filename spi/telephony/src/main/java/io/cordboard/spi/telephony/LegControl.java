package io.cordboard.spi.telephony;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Commands for a single leg. */
public interface LegControl {
  /** What {@link #sendKeys} takes. */
  Pattern KEYS = Pattern.compile("[0-9*#A-D]{1,32}");

  /**
   * Lets a leg hear ringing: until it is answered; or, where it is answered already and in no bridge, until
   * it is joined, if the switch has a tone for that.
   */
  CompletionStage<Void> ring(LegKey leg);

  /** Answers a leg that arrived; {@code LegAnswered} follows. */
  CompletionStage<Void> answer(LegKey leg);

  /** Plays music to an answered leg that is in no bridge, until {@link #musicOff} or a join. */
  CompletionStage<Void> musicOn(LegKey leg);

  /** Ends the music. */
  CompletionStage<Void> musicOff(LegKey leg);

  /**
   * Lets the far end of an answered leg, in a bridge or alone, hear these keys (DTMF), in this order and
   * after those of earlier orders. For a machine at the other end; they may be a secret, so nothing logs
   * them.
   *
   * @param keys 1 to 32 of {@code 0-9 * # A-D}; anything else is a {@code BadRequest}
   */
  CompletionStage<Void> sendKeys(LegKey leg, String keys);

  /** Ends the leg; one that is gone already is a success. {@code LegEnded} follows. */
  CompletionStage<Void> hangUp(LegKey leg, HangUp reason);

  /** These keys, or a {@code BadRequest} that says what keys are. */
  static String checkedKeys(String keys) {
    if (!KEYS.matcher(keys).matches()) {
      throw new Fault.BadRequest("Keys are 1 to 32 of 0-9, *, # and A-D.");
    }
    return keys;
  }

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
