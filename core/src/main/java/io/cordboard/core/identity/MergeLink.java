package io.cordboard.core.identity;

import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two entries are one customer: the loser is found under the survivor as long as the link is open.
 * Nothing is moved or overwritten.
 *
 * @param closed when and by whom the merge was undone; null while it stands
 */
public record MergeLink(
    UUID id,
    CustomerId loser,
    CustomerId survivor,
    Stamp opened,
    String reason,
    @Nullable Stamp closed) {

  public MergeLink {
    if (loser.equals(survivor)) {
      throw new Fault.BadRequest("A customer cannot be merged into itself: name two customers.");
    }
  }

  /** Whether the merge stands. */
  public boolean isOpen() {
    return closed == null;
  }

  boolean wasOpen(long at) {
    return opened.at() <= at && (closed == null || at < closed.at());
  }

  MergeLink closedBy(Stamp stamp) {
    return new MergeLink(id, loser, survivor, opened, reason, stamp);
  }
}
