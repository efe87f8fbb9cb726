package io.cordboard.bench.pop;

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
final class Growth {
  private static final Pattern USED =
      Pattern.compile("(?:DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");
  // how much the first and the last may differ by chance
  private static final double SLACK = 1.3;

  private final long pid;
  private final BenchData data;
  private final List<Long> heapBytes = new ArrayList<>();
  private final List<Long> tableBytes = new ArrayList<>();

  Growth(long pid, BenchData data) {
    this.pid = pid;
    this.data = data;
  }

  /** Looks now; the server collects its garbage first. */
  void look() throws IOException {
    jcmd("GC.run");
    heapBytes.add(usedBytes(jcmd("GC.heap_info")));
    tableBytes.add(data.bytesOfThePresent());
  }

  static long usedBytes(String heapInfo) {
    Matcher generation = USED.matcher(heapInfo);
    long kilobytes = 0;
    while (generation.find()) {
      kilobytes += Long.parseLong(generation.group(1));
    }
    if (kilobytes == 0) {
      throw new Fault.Bug("The JVM's words about its heap are not known here: " + heapInfo, null);
    }
    return kilobytes * 1024;
  }

  List<Long> heapBytes() {
    return heapBytes;
  }

  List<Long> tableBytes() {
    return tableBytes;
  }

  /** The first look comes after the warm-up, so that all that is made once is there. */
  boolean flat() {
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
