package io.cordboard.core.desk;

/** One open desk, as whoever tells it something sees it. */
@FunctionalInterface
public interface DeskSink {
  /** Takes a message without blocking; called by one thread at a time, in order of {@code seq}. */
  void take(DeskMessage message);

  /**
   * Runs this, on any thread, as soon as everything that was taken is on its way to the desk; perhaps
   * never, when the connection breaks. Does not block.
   */
  default void whenSent(Runnable then) {
    then.run();
  }
}
