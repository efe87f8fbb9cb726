package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.CallerMatched;
import io.cordboard.core.call.LedgerFact.Offered;
import io.cordboard.core.call.LedgerFact.Terms;
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

  private static final long SECOND = 1_000_000;
  private static final int CANDIDATES = 32;

  private final Supplier<Directory> directory;
  private final Policy policy;
  private final WaitingRoom room = new WaitingRoom();

  Offers(Supplier<Directory> directory, Policy policy) {
    this.directory = directory;
    this.policy = policy;
  }

  /** Keeps the waiting room in step with a call. A call waits for its look-up before it is held out. */
  void changed(Call call) {
    boolean ready = call.waiting() && call.match().isPresent();
    Waiting waiting =
        ready
            ? call.queued()
                .map(q -> new Waiting(call.id(), q.queue(), q.since(), q.front()))
                .orElse(null)
            : null;
    room.set(call.id(), waiting);
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
      offer(turn, next.call(), next.agent());
    }
  }

  private record Pair(Call call, AgentId agent) {}

  /** The first call that somebody can take. {@code exhausted}: switches on which nobody can. */
  private @Nullable Pair next(Turn turn, Directory.Queue queue, Set<String> exhausted) {
    for (Waiting waiting : room.turn(queue.id())) {
      Call call = turn.call(waiting.call()).orElse(null);
      String switchId = call == null ? "" : call.customerLeg().key().switchId();
      if (call == null || exhausted.contains(switchId)) {
        continue;
      }
      List<Idle> candidates = candidates(turn, queue, switchId);
      if (candidates.isEmpty()) {
        exhausted.add(switchId);
        continue;
      }
      Optional<Policy.Choice> choice = policy.choose(waiting, candidates);
      if (choice.isPresent()) {
        return new Pair(call, choice.get().agent());
      }
    }
    return null;
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
        && known.deviceOn(switchId).filter(d -> state(turn, d) == DeviceState.IDLE).isPresent()
        && known.devices().stream().noneMatch(d -> state(turn, d) == DeviceState.BUSY);
  }

  private static DeviceState state(Turn turn, Device device) {
    return turn.agents().device(device.switchId(), device.address());
  }

  private Optional<Device> device(AgentId agent, String switchId) {
    return Optional.ofNullable(directory.get().agents().get(agent))
        .flatMap(known -> known.deviceOn(switchId));
  }

  private void offer(Turn turn, Call call, AgentId agent) {
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
                line.map(Line::wrapUpSeconds).orElse(60),
                line.map(Line::rejoinSeconds).orElse(60))));
    turn.signal(agent, AgentSignal.OFFER, null, call.id());
    dial(turn, call, leg, device, ring);
  }

  /** The order to ring may have been lost with a link or a crash; a repeated one makes no second leg. */
  void ringAgain(Turn turn, Call call, Segment segment) {
    boolean unheard =
        call.leg(segment.leg()).filter(leg -> leg.state() == LegState.DIALLED).isPresent();
    long left = (segment.offered().deadline() - turn.now()) / SECOND - DEADLINE_MARGIN_SECONDS;
    if (unheard && left > 0) {
      device(segment.agent(), segment.leg().switchId())
          .ifPresent(device -> dial(turn, call, segment.leg(), device, (int) left));
    }
  }

  private static void dial(Turn turn, Call call, LegKey leg, Device device, int ring) {
    turn.effect(
        call,
        new Effect.Dial(
            leg,
            new DialOrder(
                leg.channel(), call.id(), device.address(), shownNumber(call), shownName(call),
                ring, false, call.customerLeg().key())));
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
