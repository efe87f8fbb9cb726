package io.cordboard.app;

import io.cordboard.kernel.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a switch's clock is from ours: measured when its link comes up, and all the time from the
 * stamps of what it tells. What arrives late only looks older, so the youngest stamp of a while is
 * the one to believe.
 */
final class ClockSkew {
  /** From here on people should set the clocks. */
  static final long ALARM_MICROS = 2_000_000;

  private static final Logger LOG = LoggerFactory.getLogger("io.cordboard.switch");
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Clock clock;
  private final Map<String, Switch> switches = new ConcurrentHashMap<>();

  ClockSkew(Clock clock) {
    this.clock = clock;
  }

  private static final class Switch {
    private long skew;
    private boolean alarmed;
    private long youngest = Long.MIN_VALUE;
    private long since;

    private synchronized long skew() {
      return skew;
    }
  }

  /** A switch measured it itself. */
  void measured(String switchId, long micros) {
    Switch one = of(switchId);
    synchronized (one) {
      one.youngest = Long.MIN_VALUE;
      one.since = clock.nanos();
      set(switchId, one, micros);
    }
  }

  /** Something came that the switch stamped at this time, just now. */
  void stamped(String switchId, long at) {
    Switch one = of(switchId);
    long ahead = at - clock.micros();
    synchronized (one) {
      one.youngest = Math.max(one.youngest, ahead);
      long now = clock.nanos();
      if (now - one.since >= WINDOW_NANOS) {
        set(switchId, one, one.youngest);
        one.youngest = Long.MIN_VALUE;
        one.since = now;
      }
    }
  }

  /** The switch was taken away. */
  void forget(String switchId) {
    switches.remove(switchId);
  }

  private Switch of(String switchId) {
    return switches.computeIfAbsent(
        switchId,
        id -> {
          Switch one = new Switch();
          one.since = clock.nanos();
          return one;
        });
  }

  private static void set(String switchId, Switch one, long micros) {
    one.skew = micros;
    boolean off = Math.abs(micros) > ALARM_MICROS;
    if (off && !one.alarmed) {
      LOG.atWarn()
          .addKeyValue("switch", switchId)
          .log("The clock of switch {} is {} ms off ours: set both by NTP.", switchId, micros / 1000);
    }
    one.alarmed = off;
  }

  /** Microseconds by which the switch's clock is ahead of ours; empty while nothing was measured. */
  OptionalLong of(String switchId, boolean onlyAlarms) {
    Switch one = switches.get(switchId);
    long skew = one == null ? 0 : one.skew();
    boolean told = one != null && (!onlyAlarms || Math.abs(skew) > ALARM_MICROS);
    return told ? OptionalLong.of(skew) : OptionalLong.empty();
  }
}
