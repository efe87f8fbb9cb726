package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook.Agent;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.LedgerFact.DialledOut;
import io.cordboard.core.call.LedgerFact.HandedOn;
import io.cordboard.core.call.LedgerFact.HoldSet;
import io.cordboard.core.call.LedgerFact.Queued;
import io.cordboard.core.call.LedgerFact.SegmentEnded;
import io.cordboard.core.call.LedgerFact.To;
import io.cordboard.core.call.LedgerFact.WrappedUp;
import io.cordboard.core.call.Parts;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskDoor.TargetAgent;
import io.cordboard.core.desk.DeskDoor.TargetQueue;
import io.cordboard.core.desk.DeskDoor.TransferTargets;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Line;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.LegControl.HangUp;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent hands the customer on without speaking to the next one first. The customer hears music in
 * the place that their age gives them, so whatever becomes of the next one they are in the queue already.
 */
final class HandingOn {
  private static final long SECOND = 1_000_000;
  private static final String OUTCOME = "TRANSFERRED";
  private static final List<String> RETURNS = List.of("not-taken-by-the-next");

  private final Supplier<Directory> directory;
  private final Offers offers;

  HandingOn(Supplier<Directory> directory, Offers offers) {
    this.directory = directory;
    this.offers = offers;
  }

  void toAgent(Turn turn, Mine mine, AgentId to) {
    checkThere(mine);
    checkAlone(mine);
    checkFree(turn, mine, to);
    Call call = mine.call();
    leave(turn, mine, To.AGENT, to.toString());
    offers.offer(turn, call, to, AgentSignal.OFFER, List.of("handed-on"));
  }

  /** A fault that says why, where this agent cannot be rung now. */
  void checkFree(Turn turn, Mine mine, AgentId to) {
    if (to.equals(mine.segment().agent())) {
      throw new Fault.Refused(
          "You have this call already: choose another agent, a queue or a number.");
    }
    Directory.Agent known = directory.get().agents().get(to);
    if (known == null) {
      throw new Fault.NotFound("This agent does not exist.");
    }
    String why = whyNot(turn, known, mine.call().customerLeg().key().switchId());
    if (why != null) {
      throw new Fault.Refused(known.name() + " " + why + ": choose somebody else, or a queue.");
    }
  }

  /** Why this agent cannot take a call now, as the end of a sentence; null when they can. */
  @Nullable String whyNot(Turn turn, Directory.Agent known, String switchId) {
    Agent agent = turn.agent(known.id());
    if (known.deviceOn(switchId).isEmpty()) {
      return "has no phone on this call's switch";
    }
    return switch (agent.state()) {
      case OFFLINE -> "is not signed in";
      case NOT_READY -> "takes no calls now";
      case OFFERED -> "has a call ringing";
      case TALKING, TALKING_BREAK_NEXT -> "is in a call";
      case WRAP_UP, WRAP_UP_BREAK_NEXT -> "finishes a record";
      case READY ->
          offers.reachable(turn, known.id(), switchId) ? null : "cannot be rung: the phone is away";
    };
  }

  void toQueue(Turn turn, Mine mine, String queueId) {
    checkThere(mine);
    checkAlone(mine);
    Directory.Queue queue = directory.get().queues().get(queueId);
    if (queue == null) {
      throw new Fault.NotFound("This queue does not exist.");
    }
    if (offers.nobodyThere(turn, queueId, mine.segment().agent())) {
      throw new Fault.Refused(
          "Nobody but you of %s is there: choose another queue, or an agent.".formatted(queue.label()));
    }
    leave(turn, mine, To.QUEUE, queueId, queueId);
  }

  /** {@code dials}: whether a switch dials numbers outside. */
  TransferTargets targets(Turn turn, AgentId asking, Predicate<String> dials) {
    String switchId =
        Optional.ofNullable(turn.agent(asking).call())
            .flatMap(turn::call)
            .map(call -> call.customerLeg().key().switchId())
            .orElse("");
    List<TargetAgent> agents =
        directory.get().agents().values().stream()
            .filter(known -> !known.id().equals(asking) && takesCalls(turn, known.id()))
            .sorted(Comparator.comparing(Directory.Agent::name).thenComparing(Directory.Agent::user))
            .map(known -> target(turn, known, asking, switchId))
            .toList();
    List<TargetQueue> queues =
        directory.get().queues().values().stream()
            .sorted(Comparator.comparing(Directory.Queue::id))
            .map(
                queue ->
                    new TargetQueue(
                        queue.id(), queue.label(), offers.room().size(queue.id()),
                        !offers.nobodyThere(turn, queue.id(), asking)))
            .toList();
    return new TransferTargets(agents, queues, dials.test(switchId));
  }

  /** Who serves no queue, such as an administrator, is no target unless they sit at a desk now. */
  private boolean takesCalls(Turn turn, AgentId id) {
    return turn.agent(id).state() != AgentState.OFFLINE
        || directory.get().queues().values().stream().anyMatch(queue -> queue.members().contains(id));
  }

  private TargetAgent target(
      Turn turn, Directory.Agent known, AgentId asking, String switchId) {
    Agent agent = turn.agent(known.id());
    return new TargetAgent(
        known.id().toString(), known.user(), known.name(), agent.state().name(),
        Clock.instant(agent.since()), free(turn, known, asking, switchId), extension(turn, known, asking));
  }

  /** On the switch of the call that is handed on; on any of the asking agent's own while there is none. */
  private boolean free(Turn turn, Directory.Agent known, AgentId asking, String switchId) {
    return known.devices().stream()
        .map(Directory.Device::switchId)
        .filter(on -> switchId.isEmpty() ? linked(turn, asking, on) : on.equals(switchId))
        .anyMatch(on -> whyNot(turn, known, on) == null);
  }

  private boolean linked(Turn turn, AgentId agent, String switchId) {
    Directory.Agent own = directory.get().agents().get(agent);
    return turn.agents().linkUp(switchId) && own != null && own.deviceOn(switchId).isPresent();
  }

  /** Where the asking agent can reach it, and a real phone's before the demo's. */
  private @Nullable String extension(Turn turn, Directory.Agent known, AgentId asking) {
    return known.devices().stream()
        .min(
            Comparator.comparing((Directory.Device on) -> !linked(turn, asking, on.switchId()))
                .thenComparing(on -> on.phone() == Directory.Phone.VIRTUAL))
        .map(Directory.Device::address)
        .orElse(null);
  }

  static void checkAlone(Mine mine) {
    if (Parts.consultation(mine.call()).isPresent() || Parts.askedOutside(mine.call()).isPresent()) {
      throw new Fault.Refused("You consult somebody: complete that transfer, or cancel it first.");
    }
    if (!Parts.others(mine.call(), mine.segment()).isEmpty() || mine.call().outside().isPresent()) {
      throw new Fault.Refused(
          "Others talk to this customer too: leave the conference, and they go on.");
    }
  }

  static void checkThere(Mine mine) {
    if (mine.segment().lostAt() != 0) {
      throw new Fault.Refused("Your phone is being connected again: transfer when it is back.");
    }
  }

  /** Whether an agent who drops out of a consultation has handed the customer over by that. */
  boolean completes(Call call) {
    Directory.Queue queue = directory.get().queues().get(queueOf(call));
    return queue == null || queue.comfort().dropOut() == Directory.DropOut.COMPLETE;
  }

  /** The queue in which the customer waits when nobody has them. */
  static String queueOf(Call call) {
    return call.queued()
        .map(Queued::queue)
        .or(() -> call.dialledOut().map(DialledOut::queue))
        .orElse("");
  }

  /** The agent's part is over; the customer waits in their queue, as old as before. */
  void leave(Turn turn, Mine mine, To to, String target) {
    leave(turn, mine, to, target, queueOf(mine.call()));
  }

  /** The agent's part is over; the customer waits in this queue, as old as before. */
  private void leave(Turn turn, Mine mine, To to, String target, String queue) {
    Call call = mine.call();
    Segment segment = mine.segment();
    long now = turn.now();
    turn.record(call, new HandedOn(now, segment.n(), to, target));
    turn.record(call, new SegmentEnded(turn.now(), segment.n(), OUTCOME));
    waits(turn, call, segment, queue);
    turn.effect(call, new Effect.End(segment.leg(), HangUp.NORMAL));
    InboundCall.wrapUp(turn, call, segment);
  }

  /** Nobody has the customer any more: they wait in this queue, as old as before. */
  void waits(Turn turn, Call call, Segment segment, String queue) {
    long now = turn.now();
    long wait =
        call.read()
            .flatMap(read -> directory.get().line(read.line()))
            .map(Line::maxWaitSeconds)
            .orElse(600);
    long since = call.queued().map(Queued::since).orElse(now);
    turn.record(
        call,
        new Queued(
            turn.now(), queue, since, false, now + wait * SECOND, Offers.priority(call)));
    music(turn, call, segment);
  }

  /** The customer hears music, and nothing of it is recorded. */
  void music(Turn turn, Call call, Segment segment) {
    if (call.held()) {
      turn.record(call, new HoldSet(turn.now(), segment.agent(), false));
    }
    Talk.stopRecording(turn, call);
    Talk.musicAlone(turn, call);
  }

  /** Nobody took what was handed to them: it rings at who handed it on, if they are free for it. */
  void comesBack(Turn turn, Call call, Segment before) {
    Agent agent = turn.agent(before.agent());
    if (!offers.reachable(turn, agent.id(), call.customerLeg().key().switchId())) {
      return;
    }
    if (agent.state() == AgentState.READY) {
      offers.offer(turn, call, agent.id(), AgentSignal.OFFER, RETURNS);
    } else if (agent.state() == AgentState.WRAP_UP && call.id().equals(agent.call())) {
      turn.record(call, new WrappedUp(turn.now(), before.n(), true));
      offers.offer(turn, call, agent.id(), AgentSignal.CALL_RETURNS, RETURNS);
    }
  }
}
