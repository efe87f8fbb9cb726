package io.cordboard.core.work;

import java.util.List;

/** Where work is handed in. Thread-safe. */
public interface WorkQueue {
  /** Keeps it, and wakes whoever does it. Returns when it stands in the database. */
  void add(List<NewWork> work);

  /**
   * Says that work was written by other means; costs next to nothing, however often it is called.
   */
  void wake();
}
