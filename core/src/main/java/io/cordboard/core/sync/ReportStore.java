package io.cordboard.core.sync;

import io.cordboard.core.sync.Reconcile.Drift;
import io.cordboard.core.sync.Reconcile.Report;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what comparisons with systems found. Thread-safe. */
public interface ReportStore {
  /** One begins. */
  long begin(String crm, long at, String by);

  /** It ended, with what was found of each kind. */
  void end(long id, List<Report> reports, long at);

  /** It came to no end. */
  void fail(long id, String why, long at);

  /** What did not end when the server did will never end. */
  void abandon(String why, long at);

  /**
   * Comparisons with a system, the newest first.
   *
   * @param before the last of the page before; {@code Long.MAX_VALUE} for the first
   */
  List<Kept> list(String crm, long before, int most);

  /**
   * One.
   *
   * @throws Fault.NotFound when there is none
   */
  Kept read(long id);

  /** What was not equal, the first thousand of each kind. */
  List<Found> drifts(long id, int after, int most);

  /** How far a comparison is. */
  enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A comparison; figures are of what stood before any repair.
   *
   * @param endedAt microseconds UTC; 0 while it runs
   * @param why it failed
   */
  record Kept(
      long id, String crm, long beganAt, long endedAt, String by, State state, @Nullable String why, long compared,
      long equal, long differing, long missingHere, long missingThere, long repaired) {
    /** In hundredths; 100 where there was nothing to compare. */
    public double consistencyPercent() {
      return compared == 0 ? 100 : 100.0 * equal / compared;
    }
  }

  /** Something that was not equal, with its place in the report. */
  record Found(int n, RecordKind kind, Drift drift) {}
}
