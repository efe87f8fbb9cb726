package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is calling, as far as the number tells: a claim, never a proof. */
public sealed interface Identification {
  /**
   * One candidate leads clearly: their card pops. {@code ranked} holds everybody, the best first.
   */
  record Clear(Ranked best, List<Ranked> ranked) implements Identification {}

  /** Nobody leads clearly: the agent chooses. */
  record Several(List<Ranked> ranked) implements Identification {}

  /** Nobody has the number; a new customer is opened with it, or without one that could be read. */
  record NewCaller(@Nullable String number) implements Identification {}

  /** The caller shows no number. */
  record Withheld() implements Identification {}

  /** A colleague. */
  record Internal(String extension) implements Identification {}

  /** A candidate with its confidence, above 0 and below 1, and the reasons, the strongest first. */
  record Ranked(CustomerId customer, double confidence, List<Reason> reasons) {}
}
