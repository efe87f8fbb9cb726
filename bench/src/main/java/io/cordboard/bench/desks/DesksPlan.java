package io.cordboard.bench.desks;

import io.cordboard.app.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param data a directory of its own for this database; kept
 * @param talkSeconds how long customers talk at most
 */
record DesksPlan(
    Path data, int customers, int desks, int rate, int seconds, int warmUpSeconds,
    int talkSeconds) {
  private static final int MOST_DESKS = 2_000;

  static DesksPlan parse(List<String> args, Path cache) {
    Options options =
        Options.parse(
            args,
            Set.of("--customers", "--desks", "--rate", "--seconds", "--warm-up", "--talk"),
            Set.of());
    if (!options.words().isEmpty()) {
      throw new Options.Wrong("unexpected '" + options.words().getFirst() + "'");
    }
    int customers = options.number("--customers", 100_000, 1, 10_000_000);
    int desks = options.number("--desks", 500, 2, MOST_DESKS);
    int rate = options.number("--rate", 20, 1, 1_000);
    return new DesksPlan(
        options
            .value("--data")
            .map(Path::of)
            .orElseGet(() -> cache.resolve("bench-desks-" + customers))
            .toAbsolutePath(),
        customers,
        desks,
        rate,
        options.number("--seconds", 60, 1, 86_400),
        options.number("--warm-up", 60, 0, 3_600),
        options.number("--talk", talkSeconds(desks, rate), 1, 600));
  }

  /** Two fifths of an agent's time for a call. */
  private static int talkSeconds(int desks, int rate) {
    return Math.clamp(2L * desks / (5L * rate), 1, 30);
  }
}
