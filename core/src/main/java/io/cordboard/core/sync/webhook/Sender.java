package io.cordboard.core.sync.webhook;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends to addresses that others named: never to the own network unless that is allowed. Thread-safe. */
public interface Sender {
  /**
   * Goes on only where something may be sent there.
   *
   * @throws Fault.Refused naming the mend
   * @throws Fault.BadRequest when it is no address
   */
  void mustReach(String url);

  /** A line to one address, of its own: what happens there keeps no other waiting. */
  Line open(String url);

  /** Sends to one address. */
  interface Line extends AutoCloseable {
    /**
     * Sends a body once and waits for the answer; follows no redirect.
     *
     * @throws Fault.Refused where it may not go there
     * @throws Fault.Unreachable when it certainly did not arrive
     * @throws Fault.OutcomeUnknown when no answer came
     */
    Reply post(Map<String, String> headers, byte[] body);

    @Override
    void close();
  }

  /** What was answered; {@code retryAfter} null where it does not say. */
  record Reply(int status, @Nullable Duration retryAfter) {}
}
