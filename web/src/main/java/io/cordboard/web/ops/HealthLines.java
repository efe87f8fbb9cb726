package io.cordboard.web.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands and what does not. Answers at once from what was seen last. Thread-safe. */
public interface HealthLines {
  /** Each part of the server, always in the same order. */
  List<Line> lines();

  /** Whether this process can still do its work; when not, only a restart helps. */
  boolean alive();

  /**
   * One part.
   *
   * @param name stable, for scripts
   * @param detail what is wrong and how to mend it; null when all is well
   */
  record Line(String name, State state, @Nullable String detail) {}

  /** How a part stands. */
  enum State {
    UP,
    /** It works; somebody should look. */
    WARN,
    /** It does not work: the server is not ready. */
    DOWN
  }
}
