package io.cordboard.core.call;

import io.cordboard.kernel.CallEvent.Track;
import org.jspecify.annotations.Nullable;

/** A recording on its switch. Touched by the ledger's thread only; times are microseconds. */
public final class RecordingLife {
  private final String name;
  private final int segment;
  private final long orderedAt;
  long startedAt;
  long endedAt;
  boolean paused;
  boolean lost;
  private @Nullable Track silent;

  RecordingLife(String name, int segment, long orderedAt) {
    this.name = name;
    this.segment = segment;
    this.orderedAt = orderedAt;
  }

  void started(long at) {
    startedAt = startedAt == 0 ? at : startedAt;
  }

  void ended(long at) {
    endedAt = endedAt == 0 ? at : endedAt;
  }

  void silent(Track track) {
    silent = silent == null ? track : silent;
  }

  public String name() {
    return name;
  }

  public int segment() {
    return segment;
  }

  /** When we wanted it; 0 for one that we did not order. */
  public long orderedAt() {
    return orderedAt;
  }

  public long startedAt() {
    return startedAt;
  }

  public long endedAt() {
    return endedAt;
  }

  /** The switch writes silence. */
  public boolean paused() {
    return paused;
  }

  /** The track that fell silent while sound came in for it; null when both were well. */
  public @Nullable Track silent() {
    return silent;
  }

  /** Could not be started or followed to its end. */
  public boolean lost() {
    return lost;
  }

  /** It is written right now. */
  public boolean writing() {
    return startedAt != 0 && !over();
  }

  /** Nothing more is expected from the switch. */
  public boolean over() {
    return endedAt != 0 || lost;
  }

  /** WRITING, ON_SWITCH or PARTIAL. */
  public String state() {
    return lost ? "PARTIAL" : endedAt != 0 ? "ON_SWITCH" : "WRITING";
  }
}
