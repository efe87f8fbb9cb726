package io.cordboard.web.desk;

import io.cordboard.core.desk.DeskMessage;
import io.cordboard.core.desk.DeskMessage.CallChanged;
import io.cordboard.core.desk.DeskMessage.Snapshot;
import io.cordboard.core.profile.Card;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Principal;
import io.cordboard.kernel.Fault;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes down which cards a connection shows, once for each call and customer. A card whose trace
 * is refused is not shown. One thread.
 */
final class CardTrail {
  private static final int MANY = 1000;
  private final Audit audit;
  private final Principal who;
  private final Set<String> shown = new HashSet<>();

  CardTrail(Audit audit, Principal who) {
    this.audit = audit;
    this.who = who;
  }

  /** The message, without cards that may not be shown. */
  DeskMessage trace(DeskMessage message) {
    return switch (message) {
      case CallChanged changed when changed.card() != null ->
          mayShow(changed.call().callId(), changed.card())
              ? changed
              : new CallChanged(changed.seq(), changed.call(), null);
      case Snapshot snapshot when !snapshot.cards().isEmpty() -> trace(snapshot);
      default -> message;
    };
  }

  private Snapshot trace(Snapshot s) {
    Map<String, Card> cards = new LinkedHashMap<>(s.cards());
    cards.entrySet().removeIf(entry -> !mayShow(entry.getKey(), entry.getValue()));
    return cards.size() == s.cards().size()
        ? s
        : new Snapshot(
            s.seq(),
            s.connection(),
            s.serverTime(),
            s.me(),
            s.calls(),
            cards,
            s.queues(),
            s.captions(),
            s.tasks());
  }

  private boolean mayShow(String call, Card card) {
    if (shown.size() > MANY) {
      shown.clear();
    }
    if (!shown.add(call + card.id())) {
      return true;
    }
    try {
      audit.record(AuditEntry.done(who, "customer-viewed", "customer:" + card.id()).within(call));
      return true;
    } catch (Fault.Busy trailIsBehind) {
      shown.remove(call + card.id());
      return false;
    }
  }
}
