package io.cordboard.web.fake;

import io.cordboard.core.sync.webhook.ChangeFeed;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A feed in memory. */
public final class FakeFeed implements ChangeFeed {
  public final List<Event> events = new CopyOnWriteArrayList<>();

  @Override
  public Changes since(long after, int most, long now) {
    if (after == 0) {
      return new Changes(List.of(), events.size() + 1, true);
    }
    List<Event> page = events.stream().skip(after - 1).limit(most).toList();
    return new Changes(page, after + page.size(), false);
  }
}
