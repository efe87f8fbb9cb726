package io.cordboard.adapters.demo;

import io.cordboard.kernel.Fault;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the demo switch.
 *
 * @param id the switch's name in every leg's key
 * @param recordings where finished tracks lie until they are fetched and deleted
 * @param patience how long a caller waits for an agent before giving up
 * @param phoneLost how long a connected phone may be unregistered before its leg ends
 * @param calls how many legs may live at once
 */
public record DemoConfig(
    String id, Path recordings, Duration patience, Duration phoneLost, int calls) {

  public DemoConfig {
    check(id.matches("[a-z][a-z0-9-]{0,31}"), "id", "lower-case letters, digits and hyphens");
    check(patience.isPositive(), "patience", "longer than nothing");
    check(!phoneLost.isNegative(), "phoneLost", "not negative");
    check(calls > 0, "calls", "at least 1");
  }

  /** The usual settings: a caller waits two minutes, a phone may be away for eight seconds. */
  public static DemoConfig standard(Path recordings) {
    return new DemoConfig("demo", recordings, Duration.ofMinutes(2), Duration.ofSeconds(8), 2000);
  }

  private static void check(boolean good, String key, String rule) {
    if (!good) {
      throw new Fault.BadRequest("The demo switch's setting '%s' must be %s.".formatted(key, rule));
    }
  }
}
