package io.cordboard.core.trust;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down guessing: after some free attempts the wait doubles with each, for a user name and for
 * an address apart. An attempt counts as failed when it begins, so that many at once gain nothing.
 * Who has signed in from an address before is counted apart there: nobody is locked out by what
 * others guess at the same name from elsewhere, or at other names from the same office.
 * Forgets the least recent beyond {@value #MAX_KEYS} names or addresses. Thread-safe.
 */
public final class LoginThrottle {
  static final int MAX_KEYS = 10_000;
  // nobody can lock somebody else out for longer than the first cap by guessing at their name
  private static final Rule PER_USER = new Rule(5, Duration.ofSeconds(1), Duration.ofSeconds(60));
  private static final Rule PER_ADDRESS =
      new Rule(20, Duration.ofSeconds(1), Duration.ofMinutes(15));

  private final Clock clock;
  private final Map<String, Count> users = new Recent<>();
  private final Map<String, Count> addresses = new Recent<>();
  private final Map<String, Boolean> known = new Recent<>();

  public LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /**
   * Begins an attempt; call it before the password is checked.
   *
   * @param typed the user name as it was typed, known or not
   * @param address where it comes from
   * @throws Fault.Busy when it is too early; nothing is counted then
   */
  public synchronized void begin(String typed, InetAddress address) {
    long now = clock.nanos();
    String pair = pair(typed, address);
    boolean atHome = known.containsKey(pair);
    Duration wait =
        atHome
            ? wait(users, pair, PER_USER, now)
            : longer(
                wait(users, user(typed), PER_USER, now),
                wait(addresses, network(address), PER_ADDRESS, now));
    if (!wait.isZero()) {
      long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
      throw new Fault.Busy(
          "Too many failed sign-ins: try again in %d s.".formatted(seconds),
          Duration.ofSeconds(seconds));
    }
    count(users, atHome ? pair : user(typed), PER_USER, now);
    if (!atHome) {
      count(addresses, network(address), PER_ADDRESS, now);
    }
  }

  /** The attempt was right: the name starts afresh, and the address gets this attempt back. */
  public synchronized void succeeded(String typed, InetAddress address) {
    String pair = pair(typed, address);
    users.remove(pair);
    users.remove(user(typed));
    if (known.put(pair, true) == null) {
      // not more than its own: who has one good password must not buy free guesses with it
      addresses.computeIfPresent(
          network(address), (k, c) -> c.failures <= 1 ? null : new Count(c.failures - 1, c.last));
    }
  }

  synchronized int size() {
    return users.size() + addresses.size();
  }

  private static Duration wait(Map<String, Count> counts, String key, Rule rule, long now) {
    Count count = counts.get(key);
    if (count == null) {
      return Duration.ZERO;
    }
    Duration left = rule.pause(count.failures).minusNanos(now - count.last);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static void count(Map<String, Count> counts, String key, Rule rule, long now) {
    Count before = counts.get(key);
    int failures = before == null || rule.forgets(now - before.last) ? 0 : before.failures;
    counts.put(key, new Count(Math.min(failures + 1, 1000), now));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static String user(String typed) {
    String head = typed.length() <= 64 ? typed : typed.substring(0, 64);
    return head.toLowerCase(Locale.ROOT);
  }

  private static String pair(String typed, InetAddress address) {
    return user(typed) + "\n" + network(address);
  }

  // one customer of a provider owns a whole /64 of IPv6
  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] kept = address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
    return HexFormat.of().formatHex(kept);
  }

  private record Count(int failures, long last) {}

  private record Rule(int free, Duration first, Duration cap) {
    Duration pause(int failures) {
      if (failures < free) {
        return Duration.ZERO;
      }
      Duration doubled = first.multipliedBy(1L << Math.min(failures - free, 20));
      return doubled.compareTo(cap) < 0 ? doubled : cap;
    }

    boolean forgets(long nanos) {
      return nanos > cap.multipliedBy(4).toNanos();
    }
  }

  private static final class Recent<T> extends LinkedHashMap<String, T> {
    Recent() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
      return size() > MAX_KEYS;
    }
  }
}
