package io.cordboard.web.fake;

import io.cordboard.web.api.SwitchAdmin;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One switch that is always connected. */
public final class FakeSwitches implements SwitchAdmin {
  private final AtomicInteger connects = new AtomicInteger();

  @Override
  public List<SwitchStatus> switches() {
    return List.of(
        new SwitchStatus(
            "demo", "demo", "CONNECTED", null, Instant.EPOCH, 3L, 0, List.of("TEST_CALLER")));
  }

  @Override
  public void connectAsterisk() {
    connects.incrementAndGet();
  }

  /** How often it was asked to connect. */
  public int connects() {
    return connects.get();
  }
}
