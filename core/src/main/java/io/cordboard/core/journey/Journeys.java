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
import io.cordboard.core.service.CallBackTasks;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallEvent;
import io.cordboard.kernel.CallEvent.CaptionSaid;
import io.cordboard.kernel.CallEvent.TransferAsked;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.LegKey;
import io.cordboard.spi.telephony.DeviceState;
import io.cordboard.spi.telephony.SwitchSignal.DeviceChanged;
import io.cordboard.spi.telephony.SwitchSignal.PhoneDials;
import io.cordboard.kernel.PhoneNumber;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends what the ledger tells to the story that it belongs to. */
public final class Journeys implements Story {
  private final Supplier<Directory> directory;
  private final IdentifyCaller identification;
  private final InboundCall inbound;
  private final OutboundCall outbound;
  private final ObservedCall observed;
  private final Talk talk;
  private final Offers offers;
  private final Due due;
  private final Outcomes outcomes;
  private final Desks desks;
  private final DeskHub hub;
  private final Faces faces = new Faces();
  private final RecentCalls recent = new RecentCalls();
  private final TaskLoads taskLoads = new TaskLoads();
  private final WhoHas whoHas;
  private final Map<CallId, Call> live = new HashMap<>();
  private @Nullable AgentBook book;
  private @Nullable AtPhone atPhones;
  private boolean callsChanged = true;

  public Journeys(
      Supplier<Directory> directory, Callers callers, CardLoader cards, Policy policy,
      Clock clock) {
    this.directory = directory;
    this.whoHas = new WhoHas(directory);
    this.hub = new DeskHub(clock);
    this.talk = new Talk(directory);
    this.identification = new IdentifyCaller(callers, cards, faces);
    this.offers = new Offers(directory, policy, new CallBacks(directory, hub));
    this.inbound = new InboundCall(directory, identification, talk, offers);
    this.outcomes = new Outcomes(directory);
    this.outbound =
        new OutboundCall(directory, identification, talk, offers, inbound, outcomes);
    offers.callBacks().dialledBy(new DialBack(directory, identification, offers, inbound));
    this.observed = new ObservedCall(directory, identification, whoHas);
    this.due = new Due(inbound, talk, offers);
    this.desks =
        new Desks(
            directory, new ScreenPop(directory, faces, talk), faces, new Desks.Loads(offers, taskLoads),
            hub);
  }

  @Override
  public void told(Turn turn, Call call, CallEvent event) {
    if (event instanceof CaptionSaid said) {
      caption(call, said);
    } else if (event instanceof TransferAsked asked) {
      transferAsked(turn, call, asked);
    } else if (call.dialledOut().isPresent()) {
      outbound.told(turn, call, event);
    } else if (call.controlled()) {
      inbound.told(turn, call, event);
    } else {
      observed.told(turn, call, event);
    }
  }

  private void transferAsked(Turn turn, Call call, TransferAsked asked) {
    AtPhone phones = atPhones;
    if (phones != null) {
      call.segments().stream()
          .filter(part -> part.talking() && part.leg().equals(asked.leg()))
          .findFirst()
          .ifPresent(part -> phones.transfers(turn, call, part.agent(), asked));
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
  public void dials(Turn turn, PhoneDials dialled) {
    AtPhone phones = atPhones;
    if (phones != null) {
      phones.dialled(turn, dialled);
    }
  }

  @Override
  public void device(Turn turn, DeviceChanged change, DeviceState before) {
    Directory.Agent agent =
        whoHas.device(change.switchId(), change.address()).orElse(null);
    if (agent == null) {
      return;
    }
    turn.touch(agent.id());
    if (agent.deviceOn(change.switchId())
        .filter(rung -> rung.address().equals(change.address()))
        .isEmpty()) {
      // the spare phone: nobody talks there
      return;
    }
    CallId held = turn.agent(agent.id()).call();
    Call call = held == null ? null : turn.call(held).orElse(null);
    if (call != null) {
      ringing(turn, call, agent.id(), change.state());
    }
    Segment segment =
        call == null
            ? null
            : call.segments().stream()
                .filter(part -> part.talking() && part.agent().equals(agent.id()))
                .findFirst()
                .orElse(null);
    if (call == null || segment == null || !segment.leg().switchId().equals(change.switchId())) {
      return;
    }
    if (change.state() == DeviceState.UNREGISTERED && talk.browser(segment)) {
      inbound.phoneLost(turn, call, segment);
    } else if (change.state().registered() && segment.lostAt() != 0) {
      talk.rejoin(turn, call, segment);
    }
  }

  /** A page that is loaded anew while a call rings at it has lost the ring. */
  private void ringing(Turn turn, Call call, AgentId agent, DeviceState state) {
    call.segments().stream()
        .filter(part -> part.offer().open() && part.agent().equals(agent) && talk.browser(part))
        .findFirst()
        .ifPresent(
            part -> {
              if (state == DeviceState.UNREGISTERED) {
                Offers.ringLost(turn, call, part);
              } else if (state == DeviceState.IDLE || state == DeviceState.BUSY) {
                offers.ringsAgain(turn, call, part);
              }
            });
  }

  @Override
  public void resumed(Turn turn, Call call) {
    if (call.dialledOut().isPresent()) {
      outbound.resumed(turn, call);
    } else if (call.controlled()) {
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
    callsChanged |= !calls.isEmpty();
    desks.committed(agentBook, live, calls, closed, agents);
    calls.forEach(
        call ->
            recent.set(call.arrival().leg(), LiveCalls.statusOf(call, directory.get())));
    closed.stream()
        .map(live::remove)
        .filter(Objects::nonNull)
        .forEach(inbound.tellTurn()::over);
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

  /** How long the last talks of each queue took, microseconds, the oldest first. Before the start. */
  public void paceBefore(Map<String, List<Long>> took) {
    inbound.tellTurn().pace().took(took);
  }

  /**
   * Callers whom we do not know are asked for there, beside the ring. Before the start.
   *
   * @param others completes, soon and never with a fault, with whether somebody of this number was taken over from one
   *     of the systems that are joined
   */
  public void askElsewhere(Function<PhoneNumber, CompletionStage<Boolean>> others) {
    identification.askElsewhere(others::apply);
  }

  /** Call-backs whose turn has come are given from there. Before the start. */
  public void callBacksFrom(CallBackTasks tasks, Executor slow) {
    offers.callBacks().from(tasks, slow);
  }

  /** What may be dialled for them, and on which switches. */
  void callBacksDialled(
      Predicate<String> switches, BiFunction<String, String, OutboundCall.Wish> allowed) {
    offers.callBacks().dialledWhere(switches, allowed);
  }

  /** Who looks after what agents do at their phones by hand. Before the start. */
  void usedAtPhones(AtPhone by) {
    atPhones = by;
  }

  /** Whether a call has changed since this was asked last. */
  boolean takeCallsChanged() {
    boolean changed = callsChanged;
    callsChanged = false;
    return changed;
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

  Outcomes outcomes() {
    return outcomes;
  }

  Talk talk() {
    return talk;
  }

  Offers offers() {
    return offers;
  }

  OutboundCall outbound() {
    return outbound;
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
