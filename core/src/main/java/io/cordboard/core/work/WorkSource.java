package io.cordboard.core.work;

/**
 * Something that turns rows of its own into work. Asked by the runner after a wake-up and at times.
 */
public interface WorkSource {
  /**
   * Hands in a batch.
   *
   * @return whether there may be more
   */
  boolean handIn();
}
