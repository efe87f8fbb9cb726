package io.cordboard.core.call;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;

/**
 * How a stretch of a talk sounded, as the agent's page measured it: a browser's word, kept beside the
 * record and never a reason for anything.
 *
 * @param stretch tells the stretches of one talk apart, which a refresh of the page makes; its own choice
 * @param seconds how long it was measured
 * @param lossPercent packets that did not arrive, of the worse direction
 * @param jitterMillis how uneven they arrived, of the worse direction
 * @param score mean opinion score by the E-model, between 1 and 4.5
 * @param lowestScore the worst moment's
 */
public record TalkQuality(
    long stretch,
    int seconds,
    double lossPercent,
    int jitterMillis,
    int roundTripMillis,
    double score,
    double lowestScore) {
  private static final int DAY = 86_400;
  private static final int MINUTE_MILLIS = 60_000;
  private static final double BEST = 4.5;

  /** Refuses what no talk can measure, also what is no number. */
  public TalkQuality {
    within("stretch", stretch, 1, 1L << 53);
    within("seconds", seconds, 1, DAY);
    within("lossPercent", lossPercent, 0, 100);
    within("jitterMillis", jitterMillis, 0, MINUTE_MILLIS);
    within("roundTripMillis", roundTripMillis, 0, MINUTE_MILLIS);
    within("score", score, 1, BEST);
    within("lowestScore", lowestScore, 1, score);
  }

  private static void within(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new Fault.BadRequest(
          "'%s' is %s: between %s and %s.".formatted(what, value, least, most));
    }
  }

  /** All stretches of a talk as one, the longer the weightier; empty when there is none. */
  public static Optional<TalkQuality> whole(List<TalkQuality> stretches) {
    return stretches.stream().reduce(TalkQuality::with);
  }

  private TalkQuality with(TalkQuality other) {
    int both = Math.min(DAY, seconds + other.seconds);
    double share = (double) seconds / (seconds + other.seconds);
    return new TalkQuality(
        Math.min(stretch, other.stretch),
        both,
        mean(lossPercent, other.lossPercent, share),
        (int) Math.round(mean(jitterMillis, other.jitterMillis, share)),
        (int) Math.round(mean(roundTripMillis, other.roundTripMillis, share)),
        mean(score, other.score, share),
        Math.min(lowestScore, other.lowestScore));
  }

  private static double mean(double a, double b, double share) {
    return a * share + b * (1 - share);
  }
}
