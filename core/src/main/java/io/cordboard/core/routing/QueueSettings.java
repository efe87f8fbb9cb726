package io.cordboard.core.routing;

import io.cordboard.kernel.Fault;

/** Changes what is set up for a queue. Thread-safe; throws {@link Fault.Unreachable} while the database is away. */
public interface QueueSettings {
  /**
   * Whether browser phones answer the calls of this queue by themselves.
   *
   * @throws Fault.NotFound when there is no such queue
   */
  void autoAnswer(String queue, boolean on);
}
