package io.cordboard.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU and memory of processes, from {@code /proc}. */
public final class Processes {
  // what a tick is on every Linux that runs Java
  private static final long MICROS_A_TICK = 10_000;

  private Processes() {}

  /** User and system time of a process, microseconds. */
  public static long cpuMicros(long pid) {
    long[] ticks = ticks(pid);
    return (ticks[0] + ticks[1]) * MICROS_A_TICK;
  }

  /** The same of a process, those that it started, and those of them that have ended. */
  public static long cpuMicrosOfFamily(long pid) {
    long[] own = ticks(pid);
    long sum = (own[0] + own[1] + own[2] + own[3]) * MICROS_A_TICK;
    for (long child : children(pid)) {
      sum += cpuMicros(child);
    }
    return sum;
  }

  /** The most memory that a process has had at once. */
  public static long peakBytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }

  private static List<Long> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .toList();
  }

  private static long[] ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new long[] {
        Long.parseLong(fields[11]), Long.parseLong(fields[12]), Long.parseLong(fields[13]),
        Long.parseLong(fields[14])
      };
    } catch (IOException gone) {
      return new long[4];
    }
  }
}
