package io.cordboard.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Random cases that can be had again: a failing case tells its seed, and {@code
 * -Dcordboard.seed=SEED} runs that case alone. One instance belongs to one case and one thread.
 */
public final class Seeded implements RandomGenerator {
  /** The system property that replays one case. */
  public static final String PROPERTY = "cordboard.seed";

  private static final String NIGHTLY = "cordboard.nightly";
  private static final long EVERY_DAY = 20_261_126;

  private final long seed;
  private final Random random;

  public Seeded(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** What a property does with one random case. */
  @FunctionalInterface
  public interface Body {
    void accept(Seeded random) throws Exception;
  }

  /**
   * Runs {@code body} for {@code n} cases, or for the one seed that was asked for. The ordinary run
   * takes the same seeds every time, so that a change is red by its own fault only; the nightly one
   * takes fresh seeds.
   */
  public static void forAll(int n, Body body) {
    Long asked = Long.getLong(PROPERTY);
    if (asked != null) {
      runCase(asked, body);
      return;
    }
    RandomGenerator seeds = Boolean.getBoolean(NIGHTLY) ? new Random() : new Random(EVERY_DAY);
    for (int i = 0; i < n; i++) {
      runCase(seeds.nextLong(), body);
    }
  }

  private static void runCase(long seed, Body body) {
    try {
      body.accept(new Seeded(seed));
    } catch (Exception | AssertionError failed) {
      throw new AssertionError(
          "%s%n  run this case again with -D%s=%d".formatted(failed, PROPERTY, seed), failed);
    }
  }

  public long seed() {
    return seed;
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  /** From {@code low} to {@code high}, both included; the ends come more often than the rest. */
  public int between(int low, int high) {
    if (chance(0.1)) {
      return chance(0.5) ? low : high;
    }
    return Math.toIntExact(nextLong(low, high + 1L));
  }

  /** True with this probability. */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[nextInt(choices.length)];
  }

  /** One of these. */
  public <T> T pick(List<? extends T> choices) {
    return choices.get(nextInt(choices.size()));
  }

  /** A list of {@code low} to {@code high} elements. */
  public <T> List<T> list(int low, int high, Function<Seeded, ? extends T> element) {
    int size = between(low, high);
    List<T> made = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      made.add(element.apply(this));
    }
    return made;
  }

  /** The same elements in another order. */
  public <T> List<T> shuffled(List<? extends T> elements) {
    List<T> copy = new ArrayList<>(elements);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** {@code low} to {@code high} characters of the alphabet. */
  public String text(String alphabet, int low, int high) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder made = new StringBuilder();
    for (int left = between(low, high); left > 0; left--) {
      made.appendCodePoint(points[nextInt(points.length)]);
    }
    return made.toString();
  }
}
