package io.cordboard.bench.imports;

import io.cordboard.app.Options;
import io.cordboard.bench.data.LoadedData;
import io.cordboard.bench.imports.Imports.Stand;
import io.cordboard.bench.measure.Processes;
import io.cordboard.bench.measure.Product;
import io.cordboard.core.trust.Phone;
import io.cordboard.kernel.Fault;
import io.cordboard.store.demo.BenchData.Brought;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file with a broken row in its middle: refused as a whole, stopped on the way, its server killed while it is
 * written, and at last its good rows loaded. After each but the last, nothing of it may be there.
 */
public final class ImportBench {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Brought NOTHING = new Brought(0, 0, 0);

  private final LoadedData data;
  private final Path launcher;
  private final LargeFile file;
  private final ObjectNode figures = JSON.createObjectNode();
  private Product product;
  private Imports imports;

  private ImportBench(LoadedData data, Path launcher, LargeFile file) throws IOException {
    this.data = data;
    this.launcher = launcher;
    this.file = file;
    this.product = Product.up(launcher, data.directory(), false);
    this.imports = new Imports(product);
  }

  /** Runs it; prints the figures as the last line. */
  public static int run(List<String> args, Path launcher, Path cache)
      throws IOException, SQLException {
    Options options = Options.parse(args, Set.of("--rows"), Set.of());
    int rows = options.number("--rows", 2_000_000, 1_000, 10_000_000);
    Path directory =
        options.value("--data").map(Path::of).orElse(cache.resolve("bench-import")).toAbsolutePath();
    Path csv = Files.createTempFile("cordboard-import", ".csv");
    try (LoadedData data =
        LoadedData.open(directory, 1, 1, "asterisk", Phone.Kind.SIP, ImportBench::say)) {
      data.data().forgetCustomers();
      say("Writing a file of %,d rows".formatted(rows));
      ImportBench bench = new ImportBench(data, launcher, LargeFile.write(csv, rows));
      try {
        bench.measure(rows);
      } finally {
        bench.product.close();
      }
      System.out.println(JSON.writeValueAsString(bench.figures));
      return 0;
    } finally {
      Files.deleteIfExists(csv);
    }
  }

  private void measure(int rows) throws IOException {
    figures.put("rows", rows).put("bytes", Files.size(file.path()));
    String id = imports.bring(file.path());
    refused(id);
    stopped(id);
    killed(id);
    loaded(id);
  }

  /** Everything or nothing: one row is wrong, so nothing. */
  private void refused(String id) throws IOException {
    say("Loading it as a whole");
    long began = System.nanoTime();
    imports.load(id, false);
    Stand end = imports.when(id, stand -> !stand.runs());
    tell("refusedAfterSeconds", seconds(began));
    tell("serverPeakBytesRefused", Processes.peakBytes(product.pid()));
    must("refused for its row", end.state().equals("REFUSED"), end);
    must("the row named", end.why().startsWith("Row " + file.broken() + ","), end);
    must("the row in the table", imports.errors(id).contains(file.broken() + ",mobile,oops,"), end);
    nothing("it was refused");
  }

  private void stopped(String id) {
    say("Loading its good rows, stopped on the way");
    imports.load(id, true);
    imports.when(id, stand -> stand.read() > file.rows() / 4 || !stand.runs());
    imports.stop(id);
    Stand end = imports.when(id, stand -> !stand.runs());
    must("stopped", end.state().equals("FAILED") && end.why().startsWith("It was stopped."), end);
    nothing("it was stopped");
  }

  private void killed(String id) throws IOException {
    say("Loading its good rows, the server killed while they are written");
    imports.load(id, true);
    while (!data.data().writesNumbers()) {
      Stand stand = imports.stand(id);
      must("written when the server is killed", stand.runs(), stand);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    kill();
    product = Product.up(launcher, data.directory(), false);
    imports = new Imports(product);
    Stand end = imports.stand(id);
    must("failed", end.state().equals("FAILED") && end.why().contains("was stopped meanwhile"), end);
    nothing("its server was killed");
  }

  private void kill() {
    ProcessHandle server = ProcessHandle.of(product.pid()).orElseThrow();
    server.destroyForcibly();
    try {
      server.onExit().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new Fault.Bug("Waiting for a process failed.", impossible);
    }
  }

  private void loaded(String id) throws IOException {
    say("Loading its good rows");
    long cpu = Processes.cpuMicros(product.pid());
    long postgres = Processes.cpuMicrosOfFamily(data.postgresPid());
    long began = System.nanoTime();
    imports.load(id, true);
    imports.when(id, stand -> stand.read() == file.rows() || !stand.runs());
    double read = seconds(began);
    Stand end = imports.when(id, stand -> !stand.runs());
    double all = seconds(began);
    must("loaded", end.state().equals("LOADED") && end.good() == file.good(), end);
    Brought brought = data.data().brought();
    must("whole: " + brought, brought.equals(new Brought(file.good(), 2L * file.good(), file.good())), end);
    tell("readAfterSeconds", read);
    tell("loadedAfterSeconds", all);
    tell("rowsPerSecond", Math.round(file.rows() / all));
    tell("serverCpuMicrosPerRow", (double) (Processes.cpuMicros(product.pid()) - cpu) / file.rows());
    tell(
        "postgresCpuMicrosPerRow",
        (double) (Processes.cpuMicrosOfFamily(data.postgresPid()) - postgres) / file.rows());
    tell("serverPeakBytes", Processes.peakBytes(product.pid()));
  }

  // each as soon as it is known: at full size the whole takes long
  private void tell(String figure, double value) {
    long rounded = Math.round(value);
    figures.put(figure, rounded);
    System.err.printf("  %s: %,d%n", figure, rounded);
  }

  private void nothing(String after) {
    Brought there = data.data().brought();
    if (!there.equals(NOTHING)) {
      throw new Fault.Bug("After %s this is there: %s".formatted(after, there), null);
    }
    System.err.println("  Nothing of it is there.");
  }

  private static void must(String what, boolean is, Stand stand) {
    if (!is) {
      throw new Fault.Bug("It was not " + what + ": " + stand, null);
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void say(String text) {
    System.err.println("  " + text + " ...");
  }
}
