package io.cordboard.bench;

import io.cordboard.app.Options;
import io.cordboard.bench.pop.PopBench;
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
      if (!name.equals("pop")) {
        throw new Options.Wrong("'bench' knows pop: ./cordboard bench pop --rate 100 --seconds 30");
      }
      Path launcher = Path.of(System.getProperty("cordboard.launcher", "./cordboard"));
      return PopBench.run(args.subList(1, args.size()), launcher);
    } catch (Options.Wrong e) {
      System.err.println("cordboard: " + e.getMessage());
      return 2;
    } catch (Fault | IOException | SQLException e) {
      System.err.println("cordboard: " + e.getMessage());
      return 1;
    }
  }
}
