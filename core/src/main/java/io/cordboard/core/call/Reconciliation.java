package io.cordboard.core.call;

import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.LegAnswered;
import io.cordboard.kernel.CallEvent.LegEnded;
import io.cordboard.kernel.CallEvent.LegJoined;
import io.cordboard.kernel.CallEvent.LegLeft;
import io.cordboard.kernel.CallEvent.LegRinging;
import io.cordboard.kernel.CallEvent.RecordingEnded;
import io.cordboard.kernel.CallEvent.RecordingStarted;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.LegControl.HangUp;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.LinkUp;
import io.cordboard.spi.telephony.SwitchSnapshot;
import io.cordboard.spi.telephony.SwitchSnapshot.LiveLeg;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * After a link stands again: the switch is the truth about who is connected now. What it has and we do
 * not know is adopted, what we know and it has not is over, and what changed unseen is marked with the
 * interval in which it must have happened.
 */
record Reconciliation(Mailboxes mailboxes) {
  /** A leg ordered this shortly before the snapshot may not be in it yet. */
  private static final long ORDER_MICROS = 2_000_000;

  void agree(LinkUp up) {
    SwitchSnapshot snapshot = up.snapshot();
    Map<LegKey, LiveLeg> live = new HashMap<>();
    snapshot.legs().forEach(leg -> live.put(leg.leg(), leg));
    List<Call> known =
        mailboxes.calls().stream()
            .filter(call -> call.controlled())
            .filter(call -> call.arrival().leg().switchId().equals(up.switchId()))
            .toList();
    for (Call call : known) {
      settle(call, up, live);
    }
    devices(up);
    live.values().forEach(this::adopt);
    for (Call call : known) {
      mailboxes.story().resumed(mailboxes, call);
      mailboxes.changed(call);
    }
  }

  /** Devices that the switch does not name any more are as good as unregistered. */
  private void devices(LinkUp up) {
    Map<String, DeviceState> states = new LinkedHashMap<>();
    mailboxes
        .agents()
        .devicesOf(up.switchId())
        .forEach(address -> states.put(address, DeviceState.UNREGISTERED));
    states.putAll(up.snapshot().devices());
    states.forEach(
        (address, state) ->
            mailboxes.device(
                new DeviceChanged(up.switchId(), address, state, up.snapshot().at())));
  }

  private void settle(Call call, LinkUp up, Map<LegKey, LiveLeg> live) {
    long heard = call.lastEntryAt();
    boolean changed = false;
    for (Leg leg : List.copyOf(call.legs())) {
      changed |= leg.alive() && settle(leg, live.get(leg.key()), up);
    }
    if (changed) {
      long now = mailboxes.now();
      mailboxes.record(call, new LedgerFact.Unobserved(now, Math.min(heard, now), now));
    }
    recordings(call, up);
  }

  /** Whether something about this leg changed unseen. */
  private boolean settle(Leg leg, @Nullable LiveLeg live, LinkUp up) {
    if (leg.key().epoch() != up.epoch()) {
      return tell(new LegEnded(leg.key(), mailboxes.now(), EndCause.switchRestart()));
    }
    if (leg.planned()) {
      return false;
    }
    if (live == null) {
      return !orderedJustNow(leg, up)
          && tell(new LegEnded(leg.key(), mailboxes.now(), EndCause.absent()));
    }
    if (leg.state() == LegState.DIALLED && !live.answered()) {
      tell(new LegRinging(leg.key(), mailboxes.now()));
    }
    boolean changed =
        live.answered() && !leg.up() && tell(new LegAnswered(leg.key(), mailboxes.now()));
    String before = leg.bridge();
    String now = live.bridge();
    if (before != null && !before.equals(now)) {
      changed |= tell(new LegLeft(leg.key(), mailboxes.now(), before));
    }
    if (now != null && !now.equals(before)) {
      changed |= tell(new LegJoined(leg.key(), mailboxes.now(), now));
    }
    return changed;
  }

  private static boolean orderedJustNow(Leg leg, LinkUp up) {
    return leg.state() == LegState.DIALLED
        && leg.dialledAt() > up.snapshot().at() - up.skewMicros() - ORDER_MICROS;
  }

  private boolean tell(CallEvent event) {
    mailboxes.happened(event);
    return true;
  }

  private void recordings(Call call, LinkUp up) {
    for (RecordingLife life : List.copyOf(call.recordings())) {
      if (life.over()) {
        continue;
      }
      if (up.snapshot().recordings().contains(life.name())) {
        if (life.startedAt() == 0) {
          tell(new RecordingStarted(call.arrival().leg(), mailboxes.now(), life.name()));
        }
      } else if (call.arrival().leg().epoch() != up.epoch()) {
        mailboxes.record(
            call,
            new LedgerFact.RecordingLost(mailboxes.now(), life.name(), "switch-restart"));
      } else if (life.startedAt() != 0) {
        tell(new RecordingEnded(call.arrival().leg(), mailboxes.now(), life.name()));
      } else {
        // ordered and never begun: the order was lost with the link or with us
        mailboxes.record(
            call, new LedgerFact.RecordingLost(mailboxes.now(), life.name(), "not-started"));
      }
    }
  }

  /** A leg that we do not know: a customer who came unseen, or one that should be over. */
  private void adopt(LiveLeg leg) {
    Leg known = mailboxes.callOf(leg.leg()).flatMap(call -> call.leg(leg.leg())).orElse(null);
    if (known != null && known.alive()) {
      return;
    }
    if (known == null && leg.arrival() != null && !mailboxes.wasOurs(leg.leg())) {
      mailboxes.happened(leg.arrival());
      if (leg.answered()) {
        mailboxes.happened(new LegAnswered(leg.leg(), leg.arrival().at() + 1));
      }
      return;
    }
    mailboxes.stray(new Effect.End(leg.leg(), HangUp.NO_ANSWER));
  }
}
