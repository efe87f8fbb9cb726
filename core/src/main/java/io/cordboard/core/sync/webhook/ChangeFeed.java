package io.cordboard.core.sync.webhook;

import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.kernel.Fault;
import java.util.List;

/**
 * What happened, for those who ask instead of being told. Kept for some days after the last question.
 * Thread-safe; throws {@link Fault.Unreachable} while the database is away.
 */
public interface ChangeFeed {
  /**
   * What came after a place, the oldest first.
   *
   * @param after 0 for whoever begins: from now on
   */
  Changes since(long after, int most, long now);

  /**
   * Part of the feed.
   *
   * @param next where to go on
   * @param reset something was missed, or it has just begun: read everything anew, then go on from {@code next}
   */
  record Changes(List<Event> events, long next, boolean reset) {}
}
