package io.cordboard.spi.telephony;

import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Makes a new leg towards a telephone number outside, through the switch's trunk. */
public interface OutsideDialling {
  /** What {@link OutsideOrder#number()} may be: E.164, or digits that are dialled as they are. */
  Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{4,14}|[0-9]{2,15}");

  /**
   * Dials a number. The leg's channel id is ours ({@link OutsideOrder#channel()}), so that a repeated
   * order dials once. {@code LegRinging} follows when the far end rings, {@code LegAnswered} when it
   * answers, {@code LegEnded} when it does not or when the talk is over: its cause tells why, see {@link
   * Outcome#of}. Events may come before the stage completes.
   *
   * <p>With {@link OutsideOrder#bridge()} the leg is in that bridge before it is dialled ({@code
   * LegJoined} is told): whoever is there hears what the network plays (ringing, announcements), and is
   * not heard before the answer. Without it, join it once it is answered.
   *
   * <p>Whether this number may be dialled is decided before the order. A switch with rules of its own
   * (other countries) refuses by {@code Refused} what they forbid; it never refuses an emergency number.
   * Anything that is no {@link #NUMBER} is a {@code BadRequest}.
   *
   * @return the key of the leg
   */
  CompletionStage<LegKey> dialOutside(OutsideOrder order);

  /** This number, or a {@code BadRequest} that says what a number is. */
  static String checkedNumber(String number) {
    if (!NUMBER.matcher(number).matches()) {
      throw new Fault.BadRequest(
          "'%s' is no number to dial: + and 5 to 15 digits, or 2 to 15 digits."
              .formatted(Fault.excerpt(number)));
    }
    return number;
  }

  /** What became of a leg that was dialled and never answered. */
  enum Outcome {
    /** The far end talks already (Q.850 17). */
    BUSY,
    /** It rang, or could not be reached, until the time was over (18, 19, 20, 27, 102). */
    NO_ANSWER,
    /** There is no such number (1, 2, 3, 22, 26, 28). */
    WRONG_NUMBER,
    /** The far end or its network refused (21, 29, 55, 57). */
    REJECTED,
    /** No line was free, or a network on the way failed (34, 38, 41, 42, 44, 47). */
    CONGESTION,
    /** We withdrew it before an answer. */
    CANCELLED,
    /** Anything else. */
    FAILED;

    /** What the end of an unanswered leg means. */
    public static Outcome of(EndCause cause) {
      return switch (cause.q850()) {
        case 17 -> BUSY;
        case 18, 19, 20, 27, 102 -> cause.side() == EndCause.Side.US ? CANCELLED : NO_ANSWER;
        case 1, 2, 3, 22, 26, 28 -> WRONG_NUMBER;
        case 21, 29, 55, 57 -> REJECTED;
        case 34, 38, 41, 42, 44, 47 -> CONGESTION;
        default -> cause.side() == EndCause.Side.US ? CANCELLED : FAILED;
      };
    }
  }
}
