package io.cordboard.bench;

import io.cordboard.app.Options;
import io.cordboard.bench.desks.DesksBench;
import io.cordboard.bench.imports.ImportBench;
import io.cordboard.bench.pop.PopBench;
import io.cordboard.bench.search.SearchBench;
import io.cordboard.bench.sync.SyncBench;
import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** {@code cordboard bench NAME [options]}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    try {
      String name = args.isEmpty() ? "" : args.getFirst();
      List<String> options = args.isEmpty() ? args : args.subList(1, args.size());
      Path launcher = Path.of(System.getProperty("cordboard.launcher", "./cordboard"));
      return switch (name) {
        case "search" -> SearchBench.run(options, launcher, PopBench.cache());
        case "desks" -> DesksBench.run(options, launcher, PopBench.cache());
        case "import" -> ImportBench.run(options, launcher, PopBench.cache());
        case "sync" -> SyncBench.run(options, PopBench.cache());
        case "pop" -> PopBench.run(options, launcher);
        default ->
            throw new Options.Wrong(
                "'bench' knows pop, sync, desks, search and import: ./cordboard bench pop --rate 100 --seconds 30");
      };
    } catch (Options.Wrong e) {
      System.err.println("cordboard: " + e.getMessage());
      return 2;
    } catch (Fault | IOException | SQLException e) {
      System.err.println("cordboard: " + e.getMessage());
      return 1;
    }
  }
}
