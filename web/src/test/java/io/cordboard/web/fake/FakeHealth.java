package io.cordboard.web.fake;

import io.cordboard.web.ops.HealthLines;
import java.time.Instant;
import java.util.List;

/** Health as a test wants it. */
public final class FakeHealth implements HealthLines {
  private volatile State state = State.UP;
  private volatile boolean alive = true;

  /** The ledger stands like this from now on. */
  public void set(State now, boolean nowAlive) {
    state = now;
    alive = nowAlive;
  }

  @Override
  public List<Line> lines() {
    String detail = state == State.UP ? null : "The database is away.";
    return List.of(new Line("ledger", state, detail), new Line("disk", State.UP, null));
  }

  @Override
  public Figures figures() {
    return new Figures(
        3, 0, 2, Instant.EPOCH, 1, 4, 0, 0, 5L << 30, List.of(new ClockOf("pbx", -120)));
  }

  @Override
  public boolean alive() {
    return alive;
  }
}
