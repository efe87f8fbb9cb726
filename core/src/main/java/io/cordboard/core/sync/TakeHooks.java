package io.cordboard.core.sync;

import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;

/**
 * Takes over a record that a system told us of, or that could not be taken over before: it is read there and nothing
 * that was told is believed. A record that is told a hundred times changes once.
 */
public final class TakeHooks implements WorkHandler {
  private final Joined joined;
  private final ReceiveRecords receive;

  public TakeHooks(Joined joined, ReceiveRecords receive) {
    this.joined = joined;
    this.receive = receive;
  }

  @Override
  public String kind() {
    return Joined.hookKind(joined.name());
  }

  @Override
  public void run(WorkItem item, Lease lease) {
    RecordKey key = RecordKey.of(item.key());
    receive.takeFresh(key.kind(), key.id());
  }

  @Override
  public Found lookUp(WorkItem item) {
    return Found.NOT_DONE;
  }
}
