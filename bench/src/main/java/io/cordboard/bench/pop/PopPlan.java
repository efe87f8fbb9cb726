package io.cordboard.bench.pop;

import io.cordboard.app.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param data a directory of its own for this database; kept
 * @param burst how many times the rate for {@code burstSeconds} afterwards; 0 for none
 * @param nightly long and slow: heap and tables are looked at five times and must not grow
 */
record PopPlan(
    Path data, int customers, int rate, int seconds, int agents, int warmUpSeconds, int burst,
    int burstSeconds, boolean nightly) {
  private static final int MOST_AGENTS = 2_000;

  static PopPlan parse(List<String> args) {
    Options options =
        Options.parse(
            args,
            Set.of(
                "--customers", "--rate", "--seconds", "--agents", "--warm-up", "--burst",
                "--burst-seconds"),
            Set.of("--nightly"));
    boolean nightly = options.flag("--nightly");
    if (!options.words().isEmpty()) {
      throw new Options.Wrong("unexpected '" + options.words().getFirst() + "'");
    }
    int customers = options.number("--customers", 100_000, 1, 10_000_000);
    int agents = options.number("--agents", 50, 1, MOST_AGENTS);
    return new PopPlan(
        options.value("--data").map(Path::of).orElseGet(() -> cache().resolve("bench-" + customers)).toAbsolutePath(),
        customers,
        options.number("--rate", nightly ? 50 : 100, 1, 10_000),
        options.number("--seconds", nightly ? 3_600 : 30, 1, 86_400),
        agents,
        options.number("--warm-up", 120, 0, 3_600),
        options.number("--burst", 0, 0, 100),
        options.number("--burst-seconds", 60, 1, 3_600),
        nightly);
  }

  /** Where databases are kept that take minutes to load. */
  static Path cache() {
    String own = System.getenv("CORDBOARD_CACHE");
    String usual =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return own == null ? Path.of(usual, "cordboard") : Path.of(own);
  }

  /** A fifth of an agent's time for a call: the rest is for ringing, wrapping up and being free. */
  long talkMillis() {
    return Math.clamp(200L * agents / (rate * (burst > 0 ? 2L : 1L)), 10, 3_000);
  }
}
