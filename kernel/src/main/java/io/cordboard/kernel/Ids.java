package io.cordboard.kernel;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes our own ids: UUIDv7 (RFC 9562), so that they sort by the time they were made. Thread-safe. */
public final class Ids {
  private final Clock clock;
  private final RandomGenerator random;

  public Ids(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public UUID next() {
    long millis = clock.micros() / 1000;
    long high = millis << 16 | 0x7000L | random.nextLong() & 0x0fffL;
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  static UUID parse(String what, String text) {
    if (text.length() == 36) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException notAnId) {
        // told below, together with a wrong length
      }
    }
    throw new Fault.BadRequest(
        "'" + Fault.excerpt(text) + "' is no " + what + ": it must be a UUID of 36 characters.");
  }

  /** Unsigned order of the 128 bits, so that UUIDv7 sort by time ({@link UUID#compareTo} is signed). */
  static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
