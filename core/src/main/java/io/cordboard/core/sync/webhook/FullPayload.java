package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.kernel.Fault;
import java.util.Optional;

/** Shows a thing as the HTTP interface answers it. Thread-safe. */
public interface FullPayload {
  /**
   * The thing that the event is about, as JSON, as it stands now; empty when it is no more.
   *
   * @throws Fault.Unreachable while the database is away
   */
  Optional<String> of(Event event, Endpoint receiver);
}
