package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.DialledOut;
import io.cordboard.core.call.LedgerFact.Offered;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.RingLost;
import io.cordboard.core.call.LedgerFact.RungAgain;
import io.cordboard.core.call.LedgerFact.Terms;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.LegState;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.Policy;
import io.cordboard.core.routing.Policy.Idle;
import io.cordboard.core.routing.Policy.Waiting;
import io.cordboard.core.routing.WaitingRoom;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.DialOrder;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds waiting calls out to free agents, whoever the policy chooses. */
final class Offers {
  /** The device's own time-out comes first; ours is for a switch that forgets. */
  private static final int DEADLINE_MARGIN_SECONDS = 2;

  private static final int OWN_RING_SECONDS = 20;
  private static final int REJOIN_SECONDS = 60;
  private static final long SECOND = 1_000_000;

  /** A page that is loaded again, or a restart of ours, closes every desk for a moment. */
  static final long DESK_GRACE = 60 * SECOND;

  private static final int CANDIDATES = 32;
  private static final String PICKED_UP = "picked-up";

  private final Supplier<Directory> directory;
  private final Policy policy;
  private final CallBacks callBacks;
  private final WaitingRoom room = new WaitingRoom();
  private final Set<AgentId> changing = new HashSet<>();

  Offers(Supplier<Directory> directory, Policy policy, CallBacks callBacks) {
    this.directory = directory;
    this.policy = policy;
    this.callBacks = callBacks;
  }

  /** Keeps the waiting room in step with a call. A call waits for its look-up before it is held out. */
  void changed(Call call) {
    boolean ready = call.waiting() && call.match().isPresent() || call.placeKept();
    Waiting waiting =
        ready
            ? call.queued()
                .map(q -> 
                        new Waiting(
                            call.id(), q.queue(), q.since(), q.front(), q.priority()))
                .orElse(null)
            : null;
    room.set(call.id(), waiting);
    callBacks.changed(call);
  }

  /** Whether the agent's phone is being exchanged for the other one: nothing is offered meanwhile. */
  void changingPhone(AgentId agent, boolean now) {
    if (now) {
      changing.add(agent);
    } else {
      changing.remove(agent);
    }
  }

  boolean changesPhone(AgentId agent) {
    return changing.contains(agent);
  }

  CallBacks callBacks() {
    return callBacks;
  }

  WaitingRoom room() {
    return room;
  }

  /** Hands out what can be handed out. */
  void handOut(Turn turn) {
    if (room.empty() || turn.agents().ready().isEmpty()) {
      return;
    }
    for (String name : room.queues()) {
      Directory.Queue queue = directory.get().queues().get(name);
      if (queue != null) {
        handOut(turn, queue);
      }
    }
  }

  private void handOut(Turn turn, Directory.Queue queue) {
    Set<String> exhausted = new HashSet<>();
    for (Pair next = next(turn, queue, exhausted);
        next != null;
        next = next(turn, queue, exhausted)) {
      if (next.call().placeKept()) {
        callBacks.give(turn, next.call(), next.agent());
      } else {
        offer(turn, next.call(), next.agent(), AgentSignal.OFFER, next.why());
      }
    }
  }

  private record Pair(Call call, AgentId agent, List<String> why) {}

  /** The first call that somebody can take. {@code exhausted}: switches on which nobody can. */
  private @Nullable Pair next(Turn turn, Directory.Queue queue, Set<String> exhausted) {
    for (Waiting waiting : room.turn(queue.id())) {
      Call call = turn.call(waiting.call()).orElse(null);
      String switchId = call == null ? "" : call.customerLeg().key().switchId();
      boolean rests =
          call != null && call.placeKept() && !callBacks.ready(call, turn.now());
      if (call == null || rests || exhausted.contains(switchId)) {
        continue;
      }
      List<Idle> candidates = candidates(turn, queue, switchId);
      if (candidates.isEmpty()) {
        exhausted.add(switchId);
        continue;
      }
      AgentId but = call.handedOnBy().orElse(null);
      List<Idle> asked =
          but == null
              ? candidates
              : candidates.stream().filter(idle -> !idle.agent().equals(but)).toList();
      Optional<Policy.Choice> choice =
          asked.isEmpty() ? Optional.empty() : policy.choose(waiting, asked);
      if (choice.isPresent()) {
        List<String> why = new ArrayList<>(room.why(waiting));
        why.add(choice.get().reason());
        return new Pair(call, choice.get().agent(), why);
      }
    }
    return null;
  }

  /** Whom of this queue the policy would ask now, as if the call waited there; these ones are not asked. */
  Optional<AgentId> whoOf(Turn turn, Call call, Directory.Queue queue, Set<AgentId> but) {
    List<Idle> asked =
        candidates(turn, queue, call.customerLeg().key().switchId()).stream()
            .filter(idle -> !but.contains(idle.agent()))
            .toList();
    Waiting waiting =
        new Waiting(
            call.id(), queue.id(), call.queued().map(Queued::since).orElse(turn.now()), false,
            priority(call));
    return asked.isEmpty()
        ? Optional.empty()
        : policy.choose(waiting, asked).map(Policy.Choice::agent);
  }

  /** The first that could take it, longest idle first: enough for a choice, however many are free. */
  private List<Idle> candidates(Turn turn, Directory.Queue queue, String switchId) {
    List<Idle> candidates = new ArrayList<>();
    for (Agent agent : turn.agents().ready()) {
      boolean there = !agent.desks().isEmpty() && queue.members().contains(agent.id());
      if (there && canRing(turn, agent.id(), switchId)) {
        candidates.add(new Idle(agent.id(), agent.idleSince()));
      }
      if (candidates.size() == CANDIDATES) {
        break;
      }
    }
    return candidates;
  }

  /**
   * Only a device on the call's own switch can be put together with it; and whoever talks at another
   * device, in a call that is none of ours, is busy.
   */
  private boolean canRing(Turn turn, AgentId agent, String switchId) {
    Directory.Agent known = directory.get().agents().get(agent);
    return known != null
        && !changing.contains(agent)
        && !callBacks.busy(agent)
        && known.deviceOn(switchId).filter(d -> state(turn, d) == DeviceState.IDLE).isPresent()
        && known.devices().stream().noneMatch(d -> state(turn, d) == DeviceState.BUSY)
        && known.spare().filter(d -> state(turn, d) == DeviceState.BUSY).isEmpty();
  }

  /** Whether waiting is pointless: nobody of the queue, but for this one, is signed in at an open desk. */
  boolean nobodyThere(Turn turn, String queueId, @Nullable AgentId but) {
    Directory.Queue queue = directory.get().queues().get(queueId);
    long now = turn.now();
    return queue == null
        || queue.members().stream()
            .filter(member -> !member.equals(but))
            .map(turn::agent)
            .noneMatch(agent -> there(agent, now));
  }

  private static boolean there(Agent agent, long now) {
    boolean deskOpen =
        !agent.desks().isEmpty()
            || agent.awaySince() != 0 && now - agent.awaySince() < DESK_GRACE;
    return agent.state() != AgentState.OFFLINE && (deskOpen || agent.state().busy());
  }

  private static DeviceState state(Turn turn, Device device) {
    return turn.agents().device(device.switchId(), device.address());
  }

  private Optional<Device> device(AgentId agent, String switchId) {
    return Optional.ofNullable(directory.get().agents().get(agent))
        .flatMap(known -> known.deviceOn(switchId));
  }

  /** Whether this agent, free or not, sits at a desk with a phone that this call can ring. */
  boolean reachable(Turn turn, AgentId agent, String switchId) {
    return !turn.agent(agent).desks().isEmpty() && canRing(turn, agent, switchId);
  }

  /** Holds the call out to this agent, whom the signal takes for it. */
  void offer(Turn turn, Call call, AgentId agent, AgentSignal signal, List<String> why) {
    offer(turn, call, agent, signal, why, 0);
  }

  /** The agent asked for it themselves: a phone that can answers at once. */
  void pickedUp(Turn turn, Call call, AgentId agent, AgentSignal signal) {
    offer(turn, call, agent, signal, List.of(PICKED_UP));
  }

  /** The same; {@code by} is the segment whose agent asks this one for advice, 0 for nobody's. */
  void offer(
      Turn turn, Call call, AgentId agent, AgentSignal signal, List<String> why, int by) {
    LegKey customer = call.customerLeg().key();
    Device device = device(agent, customer.switchId()).orElseThrow();
    Optional<Line> line = call.read().flatMap(read -> directory.get().line(read.line()));
    int ring = line.map(Line::ringSeconds).orElse(20);
    int n = call.segments().size() + 1;
    LegKey leg =
        new LegKey(customer.switchId(), customer.epoch(), "o-%s-%d".formatted(call.id(), n));
    long now = turn.now();
    turn.record(
        call,
        new Offered(
            now, n, agent, leg, now + (ring + DEADLINE_MARGIN_SECONDS) * SECOND,
            new Terms(
                call.inside() ? 0 : line.map(Line::wrapUpSeconds).orElse(60),
                line.map(Line::rejoinSeconds).orElse(60)),
            why,
            by));
    turn.signal(agent, signal, null, call.id());
    dial(turn, call, leg, device, ring);
  }

  /** Until when the phone rings; we wait a little longer, for an answer that is on its way. */
  static long ringsUntil(Segment segment) {
    return segment.offered().deadline() - DEADLINE_MARGIN_SECONDS * SECOND;
  }

  /** The order to ring may have been lost with a link or a crash; a repeated one makes no second leg. */
  void ringAgain(Turn turn, Call call, Segment segment) {
    boolean unheard =
        call.leg(segment.leg())
            .filter(
                leg ->
                    leg.state() == LegState.DIALLED
                        || isHandset(call, leg.key()) && leg.state() == LegState.RINGING)
            .isPresent();
    long left = (ringsUntil(segment) - turn.now()) / SECOND;
    if (unheard && left > 0) {
      device(segment.agent(), segment.leg().switchId())
          .ifPresent(device -> dial(turn, call, segment.leg(), device, (int) left));
    }
  }

  /** The page at which it rings is gone. */
  static void ringLost(Turn turn, Call call, Segment segment) {
    if (!segment.ringLost()) {
      turn.record(call, new RingLost(turn.now(), segment.n()));
    }
  }

  /** The page is back: it knows of no ring any more, and rings for as long as is left. */
  void ringsAgain(Turn turn, Call call, Segment segment) {
    long left = (ringsUntil(segment) - turn.now()) / SECOND;
    Optional<Device> device = device(segment.agent(), segment.leg().switchId());
    if (!segment.ringLost() || left <= 0 || device.isEmpty()) {
      return;
    }
    LegKey before = segment.leg();
    LegKey leg = another(call, segment, "o");
    turn.record(call, new RungAgain(turn.now(), segment.n(), leg));
    turn.effect(call, new Effect.End(before, HangUp.NORMAL));
    dial(turn, call, leg, device.get(), (int) left);
  }

  /** The key of one more leg to the segment's agent. */
  static LegKey another(Call call, Segment segment, String kind) {
    long tries = call.legs().stream().filter(leg -> leg.offer() == segment.n()).count();
    String channel = "%s-%s-%d-%d".formatted(kind, call.id(), segment.n(), tries);
    return new LegKey(segment.leg().switchId(), segment.leg().epoch(), channel);
  }

  /** Holds a call-back out to an agent; nobody is dialled before they answer. */
  void callBack(Turn turn, Call call, AgentId agent, Line line) {
    Device device = device(agent, call.customerLeg().key().switchId()).orElseThrow();
    own(turn, call, agent, device, line, line.ringSeconds(), AgentSignal.OFFER);
  }

  /** Rings the phone of the agent who dials; it answers by itself where it can. */
  void own(Turn turn, Call call, AgentId agent, Device device, Line line) {
    own(turn, call, agent, device, line, OWN_RING_SECONDS, AgentSignal.DIAL);
  }

  /** The same where a colleague is called: nothing is to be written up afterwards. */
  void inside(Turn turn, Call call, AgentId agent, Device device) {
    own(
        turn, call, device,
        new Own(agent, OWN_RING_SECONDS, new Terms(0, REJOIN_SECONDS), AgentSignal.DIAL, InsideCall.WHY));
  }

  private void own(
      Turn turn, Call call, AgentId agent, Device device, Line line, int ring,
      AgentSignal signal) {
    Terms terms = new Terms(line.wrapUpSeconds(), line.rejoinSeconds());
    String why = signal == AgentSignal.DIAL ? "DIALS" : "call-back";
    own(turn, call, device, new Own(agent, ring, terms, signal, why));
  }

  private record Own(AgentId agent, int ring, Terms terms, AgentSignal signal, String why) {}

  private void own(Turn turn, Call call, Device device, Own own) {
    LegKey customer = call.customerLeg().key();
    LegKey handset = call.dialledOut().map(DialledOut::handset).orElse(null);
    LegKey leg =
        handset == null
            ? new LegKey(customer.switchId(), customer.epoch(), "o-%s-1".formatted(call.id()))
            : handset;
    // first, because of a leg that is there already things may have been told: it may be over
    turn.signal(own.agent(), own.signal(), null, call.id());
    long now = turn.now();
    turn.record(
        call,
        new Offered(
            now, 1, own.agent(), leg, now + (own.ring() + DEADLINE_MARGIN_SECONDS) * SECOND,
            own.terms(), List.of(own.why()), 0));
    if (call.segment(1).offer().open()) {
      dial(turn, call, leg, device, own.ring());
    }
  }

  private void dial(Turn turn, Call call, LegKey leg, Device device, int ring) {
    if (isHandset(call, leg)) {
      turn.effect(call, new Effect.Answer(leg));
      return;
    }
    int part = call.leg(leg).map(Leg::offer).orElse(1);
    boolean own = call.dialledOut().isPresent() && !call.reached() && call.segment(part).by() == 0;
    boolean byItself =
        own && call.dialledOut().map(DialledOut::callBack).isEmpty() || pickedUp(call, leg);
    turn.effect(
        call,
        new Effect.Dial(
            leg,
            new DialOrder(
                leg.channel(), call.id(), device.address(),
                call.inside()
                    ? InsideCall.extensionFor(call, part, directory.get())
                    : shownNumber(call),
                call.inside() ? InsideCall.nameFor(call, part, directory.get()) : shownName(call),
                ring, byItself, own || call.inside() ? null : call.customerLeg().key())));
  }

  /** Whether the agent dialled by hand at this leg: it is there, and only to be answered. */
  private static boolean isHandset(Call call, LegKey leg) {
    return call.dialledOut().map(DialledOut::handset).filter(leg::equals).isPresent();
  }

  /** Of the line that was called, wherever the call waits. */
  static int priority(Call call) {
    return call.queued().map(Queued::priority).orElse(0);
  }

  private static boolean pickedUp(Call call, LegKey leg) {
    return call.leg(leg)
        .map(known -> call.segment(known.offer()).offered().why().contains(PICKED_UP))
        .orElse(false);
  }

  static @Nullable String shownNumber(Call call) {
    return call.read()
        .filter(read -> !read.state().equals("WITHHELD"))
        .map(read -> read.number())
        .orElse(null);
  }

  private static @Nullable String shownName(Call call) {
    return call.match()
        .filter(match -> match.shown() != null)
        .map(CallerMatched::candidates)
        .filter(candidates -> !candidates.isEmpty())
        .map(candidates -> candidates.getFirst().name())
        .orElse(null);
  }
}
