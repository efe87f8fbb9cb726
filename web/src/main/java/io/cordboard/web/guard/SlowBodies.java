package io.cordboard.web.guard;

import io.cordboard.kernel.Clock;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who announces a body and sends it drop by drop holds a thread of ours: few may do so at once, of
 * one address fewer, and nobody for long. A body that came together with its head is never counted.
 * Thread-safe.
 */
final class SlowBodies {
  static final int AT_ONCE = 24;
  static final int OF_ONE_ADDRESS = 8;
  private static final long LONGEST_NANOS = Duration.ofSeconds(15).toNanos();

  private final Clock clock;
  private final Map<String, Integer> waiting = new HashMap<>();
  private int all;

  SlowBodies(Clock clock) {
    this.clock = clock;
  }

  /** A read that has to wait for the sender. */
  @FunctionalInterface
  interface Wait {
    int read() throws IOException;
  }

  /** When a body must be here at the latest, on the monotonic clock. */
  long deadline() {
    return clock.nanos() + LONGEST_NANOS;
  }

  /** Waits for the sender, if there is room for one more who is waited for. */
  int waitFor(String address, long deadline, Wait wait) throws IOException {
    if (clock.nanos() - deadline > 0) {
      throw new Denied(Kind.TOO_SLOW, "The body did not come within 15 s: send it at once.");
    }
    enter(address);
    try {
      return wait.read();
    } finally {
      leave(address);
    }
  }

  private synchronized void enter(String address) {
    int own = waiting.getOrDefault(address, 0);
    if (all >= AT_ONCE || own >= OF_ONE_ADDRESS) {
      throw new Denied(
          Kind.TOO_SLOW, "Too many bodies are waited for: send each together with its head.");
    }
    waiting.put(address, own + 1);
    all++;
  }

  private synchronized void leave(String address) {
    waiting.computeIfPresent(address, (a, own) -> own <= 1 ? null : own - 1);
    all--;
  }

  /** How many are waited for. */
  synchronized int size() {
    return all;
  }
}
