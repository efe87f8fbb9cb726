package io.cordboard.testkit.crm;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Which requests go wrong and how: the next ones, or a share of all, drawn from a seed. Thread-safe. */
public final class Troubles {
  private final Random random;
  private final Map<CrmTrouble, Integer> next = new EnumMap<>(CrmTrouble.class);
  private final Map<CrmTrouble, Double> shares = new EnumMap<>(CrmTrouble.class);
  private final Map<CrmTrouble, Long> met = new EnumMap<>(CrmTrouble.class);
  private volatile boolean any;
  private volatile long latencyNanos;
  private volatile long jitterNanos;
  private double perSecond;
  private double tokens;
  private long filledAt;
  private boolean tellsPause;
  private long quota = Long.MAX_VALUE;

  Troubles(long seed) {
    random = new Random(seed);
  }

  /** The next so many requests meet it. */
  public synchronized void next(CrmTrouble trouble, int requests) {
    next.put(trouble, requests);
    any = true;
  }

  /** This share of all requests meets it, from 0 to 1. */
  public synchronized void share(CrmTrouble trouble, double share) {
    shares.put(trouble, share);
    any = true;
  }

  /** Each answer takes at least this long, and up to {@code jitter} more. */
  public void latency(Duration least, Duration jitter) {
    latencyNanos = least.toNanos();
    jitterNanos = jitter.toNanos();
  }

  /**
   * No more than so many requests a second; others are answered with 429. 0 for no limit.
   *
   * @param tellsPause whether they are told when to come again
   */
  public synchronized void limit(double perSecond, boolean tellsPause) {
    this.perSecond = perSecond;
    this.tellsPause = tellsPause;
    tokens = Math.max(1, perSecond / 10);
    filledAt = 0;
  }

  /** So many requests are left of today's. */
  public synchronized void quota(long requests) {
    quota = requests;
  }

  /** Everything is well from now on; what was met is still counted. */
  public synchronized void off() {
    next.clear();
    shares.clear();
    any = false;
    latencyNanos = 0;
    jitterNanos = 0;
    perSecond = 0;
    quota = Long.MAX_VALUE;
  }

  /** How many requests met it. */
  public synchronized long met(CrmTrouble trouble) {
    return met.getOrDefault(trouble, 0L);
  }

  long delayNanos() {
    if (jitterNanos == 0) {
      return latencyNanos;
    }
    synchronized (this) {
      return latencyNanos + random.nextLong(jitterNanos + 1);
    }
  }

  /** What the request meets; null where nothing. */
  @Nullable CrmTrouble pick() {
    return any ? drawn() : null;
  }

  private synchronized @Nullable CrmTrouble drawn() {
    for (CrmTrouble trouble : CrmTrouble.values()) {
      int left = next.getOrDefault(trouble, 0);
      if (left > 0) {
        next.put(trouble, left - 1);
        return met(trouble, 1);
      }
    }
    for (CrmTrouble trouble : CrmTrouble.values()) {
      double share = shares.getOrDefault(trouble, 0.0);
      if (share > 0 && random.nextDouble() < share) {
        return met(trouble, 1);
      }
    }
    return null;
  }

  private CrmTrouble met(CrmTrouble trouble, long times) {
    met.merge(trouble, times, Long::sum);
    return trouble;
  }

  /** Whether the request is one too many; then for how many seconds, 0 where that is not told. Null where it may pass. */
  synchronized @Nullable Integer refused(long nowNanos) {
    if (quota != Long.MAX_VALUE && --quota < 0) {
      met(CrmTrouble.BUSY, 1);
      return 3600;
    }
    if (perSecond == 0) {
      return null;
    }
    if (filledAt != 0) {
      tokens = Math.min(Math.max(1, perSecond / 10), tokens + (nowNanos - filledAt) * perSecond / 1e9);
    }
    filledAt = nowNanos;
    if (tokens >= 1) {
      tokens--;
      return null;
    }
    met(CrmTrouble.BUSY, 1);
    return tellsPause ? 1 : 0;
  }

  /** Whether this part of a batch goes wrong, where some do. */
  synchronized boolean everyOther() {
    return random.nextBoolean();
  }
}
