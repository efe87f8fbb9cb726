package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.CallDoor.CallStatus;
import io.cordboard.core.call.Effect;
import io.cordboard.core.call.Leg;
import io.cordboard.core.call.LedgerStore.TaskChange;
import io.cordboard.core.call.Segment;
import io.cordboard.core.call.Story;
import io.cordboard.core.call.Turn;
import io.cordboard.core.desk.DeskHub;
import io.cordboard.core.desk.DeskMessage.Caption;
import io.cordboard.core.profile.CardLoader;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Policy;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.CaptionSaid;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends what the ledger tells to the story that it belongs to. */
public final class Journeys implements Story {
  private final Supplier<Directory> directory;
  private final InboundCall inbound;
  private final ObservedCall observed;
  private final Talk talk;
  private final Offers offers;
  private final Due due;
  private final Desks desks;
  private final DeskHub hub;
  private final Faces faces = new Faces();
  private final RecentCalls recent = new RecentCalls();
  private final TaskLoads taskLoads = new TaskLoads();
  private final WhoHas whoHas;
  private final Map<CallId, Call> live = new HashMap<>();
  private @Nullable AgentBook book;

  public Journeys(
      Supplier<Directory> directory, Callers callers, CardLoader cards, Policy policy,
      Clock clock) {
    this.directory = directory;
    this.whoHas = new WhoHas(directory);
    this.hub = new DeskHub(clock);
    this.talk = new Talk(directory);
    IdentifyCaller identification = new IdentifyCaller(callers, cards, faces);
    this.offers = new Offers(directory, policy);
    this.inbound = new InboundCall(directory, identification, talk, offers);
    this.observed = new ObservedCall(identification, whoHas);
    this.due = new Due(inbound, talk);
    this.desks =
        new Desks(
            directory, new ScreenPop(directory, faces, talk), faces, new Desks.Loads(offers, taskLoads),
            hub);
  }

  @Override
  public void told(Turn turn, Call call, CallEvent event) {
    if (event instanceof CaptionSaid said) {
      caption(call, said);
    } else if (call.controlled()) {
      inbound.told(turn, call, event);
    } else {
      observed.told(turn, call, event);
    }
  }

  private void caption(Call call, CaptionSaid said) {
    String speaker =
        call.leg(said.leg()).map(Leg::role).orElse(Leg.Role.CUSTOMER) == Leg.Role.AGENT
            ? "agent"
            : "customer";
    Caption caption = new Caption(Clock.instant(said.at()), speaker, said.text());
    for (AgentId agent : desks.watching(call.id())) {
      hub.caption(agent, call.id().toString(), caption);
    }
  }

  @Override
  public void due(Turn turn, Call call) {
    due.come(turn, call);
  }

  @Override
  public long nextDue(Call call) {
    return due.next(call);
  }

  @Override
  public void changed(Call call) {
    live.put(call.id(), call);
    offers.changed(call);
  }

  @Override
  public void ended(CallId call, LegKey customerLeg) {
    recent.ended(customerLeg, call);
  }

  @Override
  public void tasked(TaskChange change) {
    taskLoads.changed(change);
  }

  @Override
  public void device(Turn turn, DeviceChanged change, DeviceState before) {
    Directory.Agent agent =
        whoHas.device(change.switchId(), change.address()).orElse(null);
    if (agent == null) {
      return;
    }
    turn.touch(agent.id());
    CallId held = turn.agent(agent.id()).call();
    Call call = held == null ? null : turn.call(held).orElse(null);
    Segment segment = call == null ? null : call.talk().orElse(null);
    if (call == null
        || segment == null
        || !segment.agent().equals(agent.id())
        || !segment.leg().switchId().equals(change.switchId())) {
      return;
    }
    if (change.state() == DeviceState.UNREGISTERED && talk.browser(segment)) {
      talk.lost(turn, call, segment);
    } else if (change.state().registered() && segment.lostAt() != 0) {
      talk.rejoin(turn, call, segment);
    }
  }

  @Override
  public void resumed(Turn turn, Call call) {
    if (call.controlled()) {
      inbound.resumed(turn, call);
    } else {
      observed.resumed(turn, call);
    }
  }

  @Override
  public void settle(Turn turn) {
    book = turn.agents();
    offers.handOut(turn);
  }

  @Override
  public void committed(
      Collection<Call> calls, Collection<CallId> closed, Collection<AgentId> agents) {
    AgentBook agentBook = book;
    if (agentBook == null) {
      return;
    }
    desks.committed(agentBook, live, calls, closed, agents);
    calls.forEach(
        call ->
            recent.set(call.arrival().leg(), LiveCalls.statusOf(call, directory.get())));
    closed.forEach(live::remove);
    closed.forEach(talk::forget);
  }

  @Override
  public void whenTold(Effect.Dial dial, Runnable then) {
    Call call = live.get(dial.order().callId());
    Optional<AgentId> rung =
        call == null
            ? Optional.empty()
            : call.leg(dial.leg()).map(leg -> call.segment(leg.offer()).agent());
    rung.ifPresentOrElse(agent -> hub.whenSent(agent, then), then);
  }

  // ---- for the doors -------------------------------------------------------------------------

  DeskHub hub() {
    return hub;
  }

  Desks desks() {
    return desks;
  }

  TaskLoads taskLoads() {
    return taskLoads;
  }

  Faces faces() {
    return faces;
  }

  Talk talk() {
    return talk;
  }

  InboundCall inbound() {
    return inbound;
  }

  Optional<CallId> callOf(LegKey leg) {
    return recent.callOf(leg);
  }

  Optional<CallStatus> status(CallId call) {
    return recent.status(call);
  }

  void whenKnown(LegKey leg, Consumer<CallId> then) {
    recent.whenKnown(leg, then);
  }

  Directory directory() {
    return directory.get();
  }
}
