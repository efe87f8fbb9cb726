package io.cordboard.bench.measure;

import io.cordboard.kernel.Fault;
import io.cordboard.store.demo.BenchData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must not grow with the calls: the live heap, and the tables that hold the present only. */
public final class Growth {
  private static final Pattern ALL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  // what is dead and was left in its place, because moving what lives behind it is not worth it
  private static final Pattern FILLER =
      Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(?:\\[L)?jdk\\.internal\\.vm\\.Filler");
  // how much the first and the last may differ by chance
  private static final double SLACK = 1.3;

  private final long pid;
  private final BenchData data;
  private final List<Long> heapBytes = new ArrayList<>();
  private final List<Long> tableBytes = new ArrayList<>();

  public Growth(long pid, BenchData data) {
    this.pid = pid;
    this.data = data;
  }

  /** Looks now; the server collects its garbage before it counts. */
  public void look() throws IOException {
    heapBytes.add(liveBytes(jcmd("GC.class_histogram")));
    tableBytes.add(data.bytesOfThePresent());
  }

  /** Bytes of the objects that live. */
  static long liveBytes(String histogram) {
    Matcher all = ALL.matcher(histogram);
    if (!all.find()) {
      throw new Fault.Bug("The JVM's words about its heap are not known here: " + histogram, null);
    }
    long filler = FILLER.matcher(histogram).results().mapToLong(f -> Long.parseLong(f.group(1))).sum();
    return Long.parseLong(all.group(1)) - filler;
  }

  public List<Long> heapBytes() {
    return heapBytes;
  }

  public List<Long> tableBytes() {
    return tableBytes;
  }

  /** The first look comes after the warm-up, so that all that is made once is there. */
  public boolean flat() {
    return flat(heapBytes) && flat(tableBytes);
  }

  private static boolean flat(List<Long> looks) {
    return looks.getLast() <= looks.getFirst() * SLACK + (4 << 20);
  }

  private String jcmd(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new Fault.Unreachable("The server's heap cannot be looked at: " + text, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }
}
