package io.cordboard.core.journey;

import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.AgentLost;
import io.cordboard.core.call.LedgerFact.HoldSet;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.RecordingOrdered;
import io.cordboard.core.call.LedgerFact.RecordingPauseSet;
import io.cordboard.core.call.LedgerFact.Rejoining;
import io.cordboard.core.call.LedgerFact.SegmentEnded;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.OutsideParty;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.RecordingLife;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.EndCause;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens between an agent's answer and the end of the talk. All that it remembers is which browser
 * phones are waited for after a restart; another restart waits for them again.
 */
final class Talk {
  private static final long SECOND = 1_000_000;
  private static final int REJOIN_RING_SECONDS = 30;

  /**
   * A browser phone reaches its switch through us: after our restart it is away until the page is back.
   * Long, because a switch ends the leg of a dead browser by itself within seconds.
   */
  private static final long PAGE_GRACE = 60 * SECOND;

  private final Supplier<Directory> directory;
  private final Map<CallId, Long> waitedFor = new HashMap<>();

  Talk(Supplier<Directory> directory) {
    this.directory = directory;
  }

  static String bridge(Call call) {
    return Parts.talkBridge(call);
  }

  /** Everybody hears whom they should; a customer on hold stays on hold. May be repeated. */
  void connect(Turn turn, Call call) {
    Segment second = Parts.consultation(call).orElse(null);
    boolean waits = second != null && !call.segment(second.by()).aside();
    for (Segment part : call.segments()) {
      if (!part.talking() || part.lostAt() != 0) {
        continue;
      }
      if (part != second || !waits) {
        String bridge = part.aside() ? Parts.asideBridge(call) : bridge(call);
        turn.effect(call, new Effect.Join(part.leg(), bridge));
      } else {
        turn.effect(call, new Effect.Leave(part.leg(), Parts.asideBridge(call)));
        turn.effect(call, new Effect.Music(part.leg(), true));
      }
    }
    Parts.askedOutside(call).ifPresent(party -> aside(turn, call, party));
    Parts.outsideWithCustomer(call)
        .ifPresent(party -> turn.effect(call, new Effect.Join(party.leg(), bridge(call))));
    if (call.endedAt() == 0) {
      customer(turn, call);
    }
  }

  /** With the agent who asked them; they hear music while that agent speaks to the customer. */
  private static void aside(Turn turn, Call call, OutsideParty party) {
    if (!party.talking()) {
      return;
    }
    if (call.segment(party.by()).aside()) {
      turn.effect(call, new Effect.Join(party.leg(), Parts.asideBridge(call)));
    } else {
      turn.effect(call, new Effect.Leave(party.leg(), Parts.asideBridge(call)));
      turn.effect(call, new Effect.Music(party.leg(), true));
    }
  }

  /** The customer's side: answered first, because a leg that only rings cannot be put in a bridge. */
  void customer(Turn turn, Call call) {
    Leg customer = call.customerLeg();
    if (!call.reached()) {
      return;
    }
    if (!customer.up()) {
      turn.effect(call, new Effect.Answer(customer.key()));
    } else if (call.held() || !Parts.accompanied(call)) {
      musicAlone(turn, call);
    } else {
      turn.effect(call, new Effect.Join(customer.key(), bridge(call)));
    }
  }

  /** After a restart or a lost link: whatever should be so is ordered again. */
  void resumed(Turn turn, Call call) {
    for (Segment part : List.copyOf(call.segments())) {
      if (!part.talking()) {
        continue;
      }
      if (part.lostAt() != 0) {
        if (registered(turn, part)) {
          rejoin(turn, call, part);
        }
      } else if (call.leg(part.leg()).filter(Leg::alive).isEmpty()) {
        // the last agent hung up, and the order to end the customer's leg was lost
        turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
        return;
      } else if (pageAway(turn, part)) {
        waitedFor.put(call.id(), turn.now() + PAGE_GRACE);
      }
    }
    connect(turn, call);
    joined(turn, call);
    call.recordings().stream()
        .filter(life -> life.writing() && !Parts.withCustomer(call).isEmpty())
        .forEach(life -> agree(turn, call, life));
  }

  /** When it is looked at whether the agent's browser phone came back after a restart. */
  long pageDue(Call call) {
    return waitedFor.getOrDefault(call.id(), Long.MAX_VALUE);
  }

  /** Whether an agent talks at a browser phone that is not there. */
  boolean pageAway(Turn turn, Segment segment) {
    return segment.talking() && browser(segment) && !registered(turn, segment);
  }

  void forget(CallId call) {
    waitedFor.remove(call);
  }

  /** A switch plays no music to a leg that is in a bridge, or not answered. */
  static void musicAlone(Turn turn, Call call) {
    LegKey customer = call.customerLeg().key();
    if (!call.reached()) {
      return;
    }
    if (call.customerLeg().up()) {
      turn.effect(call, new Effect.Leave(customer, bridge(call)));
      turn.effect(call, new Effect.Music(customer, true));
    } else {
      turn.effect(call, new Effect.Answer(customer));
    }
  }

  private boolean registered(Turn turn, Segment segment) {
    return device(segment)
        .filter(d -> turn.agents().device(d.switchId(), d.address()).registered())
        .isPresent();
  }

  /** A desk phone that is not registered for a moment may still talk; a page that is gone may not. */
  boolean browser(Segment segment) {
    return device(segment).filter(d -> d.phone() != Directory.Phone.SIP).isPresent();
  }

  // ---- recording -----------------------------------------------------------------------------

  /** Recording begins when both are together, on a line that announced it to a caller who agreed. */
  void joined(Turn turn, Call call) {
    Optional<Segment> talk = Parts.withCustomer(call).stream().findFirst();
    if (talk.isPresent() && together(call, talk.get()) && mayRecord(call) && !call.recordingPaused()) {
      boolean begun = call.recordings().stream().anyMatch(life -> goesOn(call, life));
      if (!begun) {
        startRecording(turn, call, talk.get());
      }
    }
  }

  /** Of a conference it belongs to the part of whoever had the customer first. */
  private static boolean goesOn(Call call, RecordingLife life) {
    return !life.over() && life.segment() != 0 && call.segment(life.segment()).talking();
  }

  private void startRecording(Turn turn, Call call, Segment segment) {
    long take = call.recordings().stream().filter(r -> r.segment() == segment.n()).count() + 1;
    String name = "r-%s-%d-%d".formatted(call.id(), segment.n(), take);
    turn.record(call, new RecordingOrdered(turn.now(), segment.n(), name));
    turn.effect(
        call, new Effect.Record(call.customerLeg().key(), name, Effect.Recording.START));
  }

  private static boolean together(Call call, Segment segment) {
    String bridge = bridge(call);
    return bridge.equals(call.customerLeg().bridge())
        && call.leg(segment.leg()).map(leg -> bridge.equals(leg.bridge())).orElse(false);
  }

  /** Whether this call is recorded at all: by the line, announced to the end, not refused. */
  boolean mayRecord(Call call) {
    return call.read()
            .flatMap(read -> directory.get().line(read.line()))
            .map(Line::recorded)
            .orElse(false)
        && call.announced().isPresent()
        && !call.refusedRecording();
  }

  void pauseRecording(Turn turn, Call call, AgentId by, boolean pause) {
    if (!mayRecord(call)) {
      throw new Fault.Refused("This call is not recorded, so there is nothing to pause or resume.");
    }
    turn.record(call, new RecordingPauseSet(turn.now(), by, pause));
    Optional<RecordingLife> running =
        call.recordings().stream().filter(life -> !life.over()).findFirst();
    if (running.isPresent()) {
      order(
          turn, call, running.get(), pause ? Effect.Recording.PAUSE : Effect.Recording.RESUME);
    } else if (!pause) {
      joined(turn, call);
    }
  }

  /** A recording runs; what was decided since it was ordered holds for it too. */
  void recordingStarted(Turn turn, Call call, String name) {
    call.recordings().stream()
        .filter(life -> life.name().equals(name))
        .forEach(
            life -> {
              if (LeaveMessage.message(life)) {
                return;
              }
              if (life.over() || !mayRecord(call)) {
                order(turn, call, life, Effect.Recording.STOP);
              } else {
                agree(turn, call, life);
              }
            });
  }

  /** The switch has lost one side: it has both again when it begins anew. */
  void recordingSilent(Turn turn, Call call) {
    call.recordings().stream()
        .filter(life -> !life.over() && toBeginAnew(call, life))
        .forEach(life -> order(turn, call, life, Effect.Recording.STOP));
  }

  void recordingEnded(Turn turn, Call call, String name) {
    boolean anew =
        call.recordings().stream()
            .anyMatch(life -> life.name().equals(name) && toBeginAnew(call, life));
    if (anew && call.talk().filter(segment -> segment.lostAt() == 0).isPresent()) {
      joined(turn, call);
    }
  }

  /** Once for each side in a segment: where it does not help, the recording is not cut in ever more pieces. */
  private static boolean toBeginAnew(Call call, RecordingLife life) {
    return life.silent() != null
        && !LeaveMessage.message(life)
        && call.recordings().stream()
            .filter(other -> other.segment() == life.segment() && other.silent() == life.silent())
            .findFirst()
            .filter(life::equals)
            .isPresent();
  }

  /** Orders again what was decided before: an order may have been lost with us. */
  private static void agree(Turn turn, Call call, RecordingLife life) {
    if (toBeginAnew(call, life)) {
      order(turn, call, life, Effect.Recording.STOP);
    } else if (call.recordingPaused()) {
      order(turn, call, life, Effect.Recording.PAUSE);
    } else if (life.paused()) {
      order(turn, call, life, Effect.Recording.RESUME);
    }
  }

  private static void order(Turn turn, Call call, RecordingLife life, Effect.Recording what) {
    turn.effect(call, new Effect.Record(call.customerLeg().key(), life.name(), what));
  }

  static void stopRecording(Turn turn, Call call) {
    call.recordings().stream()
        .filter(life -> !life.over())
        .forEach(life -> order(turn, call, life, Effect.Recording.STOP));
  }

  // ---- hold ----------------------------------------------------------------------------------

  void hold(Turn turn, Call call, AgentId by, boolean on) {
    if (call.held() == on) {
      return;
    }
    turn.record(call, new HoldSet(turn.now(), by, on));
    if (call.talk().isPresent()) {
      customer(turn, call);
    }
  }

  // ---- the agent's phone is lost -------------------------------------------------------------

  void agentLegGone(Turn turn, Call call, Segment segment, EndCause cause) {
    boolean hungUp = cause.side() == EndCause.Side.FAR || cause.side() == EndCause.Side.US;
    if (segment.lostAt() != 0) {
      return;
    }
    if (OutboundCall.dialling(call, segment) && hungUp) {
      OutboundCall.giveUp(turn, call);
    } else if (hungUp) {
      turn.effect(call, new Effect.End(call.customerLeg().key(), HangUp.NORMAL));
    } else {
      lost(turn, call, segment);
    }
  }

  /** The customer hears music until the agent is back, or the call goes on without them. */
  void lost(Turn turn, Call call, Segment segment) {
    if (segment.lostAt() != 0 || !segment.talking()) {
      return;
    }
    turn.record(call, new AgentLost(turn.now(), segment.n()));
    if (!segment.aside() && Parts.withCustomer(call).isEmpty()) {
      stopRecording(turn, call);
      customer(turn, call);
    }
    if (call.leg(segment.leg()).map(Leg::alive).orElse(false)) {
      turn.effect(call, new Effect.End(segment.leg(), HangUp.NORMAL));
    }
    turn.touch(segment.agent());
  }

  /** The phone is back: it is rung, and answers by itself because the agent is in this call. */
  void rejoin(Turn turn, Call call, Segment segment) {
    Optional<Directory.Device> device = device(segment);
    if (device.isEmpty() || segment.lostAt() == 0 || ringsAgain(call, segment)) {
      return;
    }
    LegKey leg = Offers.another(call, segment, "j");
    turn.record(call, new Rejoining(turn.now(), segment.n(), leg));
    turn.effect(
        call,
        new Effect.Dial(
            leg,
            new DialOrder(
                leg.channel(), call.id(), device.get().address(), shown(call, segment), null,
                REJOIN_RING_SECONDS, true, call.customerLeg().key())));
  }

  private @Nullable String shown(Call call, Segment segment) {
    return call.inside()
        ? InsideCall.extensionFor(call, segment.n(), directory.get())
        : Offers.shownNumber(call);
  }

  private static boolean ringsAgain(Call call, Segment segment) {
    return segment.rejoining() && call.leg(segment.leg()).map(Leg::alive).orElse(false);
  }

  /** The agent did not come back in time: the customer goes to the front of the queue. */
  void giveBack(Turn turn, Call call, Segment segment, String outcome, String agentReason) {
    if (OutboundCall.dialling(call, segment)) {
      // there is nobody whom another agent could serve
      turn.effect(call, new Effect.End(segment.leg(), HangUp.NORMAL));
      turn.record(call, new SegmentEnded(turn.now(), segment.n(), outcome));
      turn.record(call, new WrappedUp(turn.now(), segment.n(), true));
      turn.signal(segment.agent(), AgentSignal.PHONE_LOST, agentReason, null);
      OutboundCall.giveUp(turn, call);
      return;
    }
    long now = turn.now();
    turn.record(call, new SegmentEnded(now, segment.n(), outcome));
    turn.record(call, new WrappedUp(turn.now(), segment.n(), true));
    turn.signal(segment.agent(), AgentSignal.PHONE_LOST, agentReason, null);
    Line line = call.read().flatMap(r -> directory.get().line(r.line())).orElse(null);
    String queue = line == null ? call.queued().map(Queued::queue).orElse("") : line.queue();
    long wait = line == null ? 600 : line.maxWaitSeconds();
    long since = call.queued().map(Queued::since).orElse(now);
    turn.record(
        call,
        new Queued(
            turn.now(), queue, since, true, now + wait * SECOND, Offers.priority(call)));
    if (call.held()) {
      turn.record(call, new HoldSet(turn.now(), segment.agent(), false));
    }
    stopRecording(turn, call);
    musicAlone(turn, call);
    turn.effect(call, new Effect.End(segment.leg(), HangUp.NORMAL));
  }

  private Optional<Directory.Device> device(Segment segment) {
    return Optional.ofNullable(directory.get().agents().get(segment.agent()))
        .flatMap(agent -> agent.deviceOn(segment.leg().switchId()));
  }
}
