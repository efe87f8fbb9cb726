package io.cordboard.web.guard;

import io.cordboard.kernel.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In memory, at most {@value #MAX_KEYS} keys and 16 MiB of answers, the oldest forgotten first; a
 * restart forgets all.
 */
public final class IdempotencyMemory implements IdempotencyKeys {
  static final int MAX_KEYS = 10_000;
  private static final long MAX_BYTES = 16L << 20;
  private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1000;

  private final Clock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long bytes;

  public IdempotencyMemory(Clock clock) {
    this.clock = clock;
  }

  private record Entry(String fingerprint, long at, Claim claim) {
    long bytes() {
      return claim instanceof Claim.Done(Answer answer) && answer != null
          ? answer.body().length
          : 0;
    }
  }

  @Override
  public synchronized Claim claim(String scope, String fingerprint) {
    forget(clock.micros() - DAY_MICROS);
    Entry known = entries.get(scope);
    if (known == null) {
      put(scope, new Entry(fingerprint, clock.micros(), new Claim.Running()));
      return new Claim.Fresh();
    }
    return known.fingerprint().equals(fingerprint) ? known.claim() : new Claim.Other();
  }

  @Override
  public synchronized void done(String scope, @Nullable Answer answer) {
    Entry running = entries.get(scope);
    if (running != null) {
      put(scope, new Entry(running.fingerprint(), running.at(), new Claim.Done(answer)));
    }
  }

  @Override
  public synchronized void release(String scope) {
    remove(entries.remove(scope));
  }

  private void put(String scope, Entry entry) {
    remove(entries.put(scope, entry));
    bytes += entry.bytes();
  }

  private void remove(@Nullable Entry gone) {
    bytes -= gone == null ? 0 : gone.bytes();
  }

  private void forget(long before) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entry.at() >= before && entries.size() < MAX_KEYS && bytes <= MAX_BYTES) {
        return;
      }
      oldest.remove();
      remove(entry);
    }
  }
}
