package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.AgentState;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.LedgerFact;
import io.cordboard.core.call.Segment;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskHub;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.DeskMessage.ParkedCall;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.core.desk.DeskMessage.Spare;
import io.cordboard.core.desk.TeamView.AgentDay;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** After each commit, tells the desks concerned what has changed. Used on the ledger's thread only. */
final class Desks {
  private static final int MOST_NAMES = 10;

  private final Supplier<Directory> directory;
  private final WhoHas whoHas;
  private final ScreenPop pop;
  private final Faces faces;
  private final Loads loads;
  private final DeskHub hub;
  private final SameCustomer same = new SameCustomer();
  private final Map<CallId, Set<AgentId>> watchers = new HashMap<>();
  private @Nullable Map<AgentId, AgentDay> days;

  /** What waits beside the calls. */
  record Loads(Offers offers, TaskLoads tasks) {}

  Desks(
      Supplier<Directory> directory, ScreenPop pop, Faces faces, Loads loads, DeskHub hub) {
    this.directory = directory;
    this.whoHas = new WhoHas(directory);
    this.pop = pop;
    this.faces = faces;
    this.loads = loads;
    this.hub = hub;
  }

  void committed(AgentBook book, Map<CallId, Call> live, Collection<Call> calls,
      Collection<CallId> closed, Collection<AgentId> agents) {
    Set<Call> dirty = new LinkedHashSet<>(calls);
    for (Call call : calls) {
      siblings(call, live).forEach(dirty::add);
    }
    dirty.forEach(call -> show(live, call));
    agents.forEach(agent -> hub.me(agent, me(book, book.get(agent))));
    closed.forEach(this::forget);
  }

  private void forget(CallId call) {
    faces.forget(call);
    watchers.remove(call);
    same.changed(call, null, null);
  }

  private void show(Map<CallId, Call> live, Call call) {
    Set<AgentId> before = watchers.getOrDefault(call.id(), Set.of());
    Set<AgentId> now = new LinkedHashSet<>();
    for (AgentId agent : concerned(call)) {
      CallView.Phase phase = ScreenPop.phase(call, agent);
      if (phase != null) {
        now.add(agent);
        hub.call(agent, pop.view(call, agent, phase, alsoTalking(live, call)), pop.card(call));
      }
    }
    before.stream()
        .filter(agent -> !now.contains(agent))
        .forEach(agent -> hub.gone(agent, call.id().toString()));
    watchers.put(call.id(), now);
  }

  /** What an agent sees of these calls, before a desk of theirs is shown it. */
  void showAgain(Collection<Call> calls, AgentId agent) {
    for (Call call : calls) {
      if (watching(call.id()).contains(agent)) {
        CallView.Phase phase = ScreenPop.phase(call, agent);
        if (phase != null) {
          CallView shown = hub.shown(agent, call.id().toString());
          List<String> others = shown == null ? List.of() : shown.alsoTalking();
          hub.call(agent, pop.view(call, agent, phase, others), pop.card(call));
        }
      }
    }
  }

  private Set<AgentId> concerned(Call call) {
    Set<AgentId> agents = new LinkedHashSet<>();
    call.segments().stream().map(Segment::agent).forEach(agents::add);
    // one of a time without us is over: nobody's desk opens for it
    if (!call.controlled() && !call.fallback()) {
      call.observedAgent().map(whoHas::name).ifPresent(agents::addAll);
    }
    return agents;
  }

  /** Who sees this call. */
  Set<AgentId> watching(CallId call) {
    return watchers.getOrDefault(call, Set.of());
  }

  // ---- the same customer in two calls --------------------------------------------------------

  /** Other live calls whose agents must be told because of this one. */
  private List<Call> siblings(Call call, Map<CallId, Call> live) {
    CustomerId customer = call.endedAt() == 0 ? call.customer().orElse(null) : null;
    AgentId agent = customer == null ? null : call.talk().map(Segment::agent).orElse(null);
    return same.changed(call.id(), customer, agent).stream()
        .map(live::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private List<String> alsoTalking(Map<CallId, Call> live, Call call) {
    CustomerId customer = call.customer().orElse(null);
    if (customer == null) {
      return List.of();
    }
    return same.of(customer).stream()
        .map(live::get)
        .filter(other -> other != null && other != call)
        .limit(MOST_NAMES)
        .map(other -> other.talk().map(segment -> name(segment.agent())).orElse(""))
        .toList();
  }

  private String name(AgentId agent) {
    Directory.Agent known = directory.get().agents().get(agent);
    return known == null ? "" : known.name();
  }

  // ---- the agent -----------------------------------------------------------------------------

  Me me(AgentBook book, AgentBook.Agent agent) {
    Directory.Agent known = directory.get().agents().get(agent.id());
    Device device = device(book, known);
    return new Me(
        agent.id().toString(),
        known == null ? "" : known.user(),
        known == null ? "" : known.name(),
        agent.state().name(),
        agent.reason(),
        Clock.instant(agent.since()),
        device == null ? "NONE" : device.phone().name(),
        device == null ? "" : device.address(),
        device == null ? "UNREGISTERED" : book.device(device.switchId(), device.address()).name(),
        device != null && book.linkUp(device.switchId()),
        agent.audioOwner(),
        day(agent).answered(),
        day(agent).talkMillis(),
        known == null ? null : known.spare().map(spare -> spare(book, spare)).orElse(null),
        day(agent).wrapUpMillis(),
        day(agent).missed());
  }

  /** Until the day is counted after a start, what this server has seen of it. */
  private AgentDay day(AgentBook.Agent agent) {
    Map<AgentId, AgentDay> counted = days;
    return counted == null
        ? new AgentDay(0, agent.calls(), 0, agent.talkMicros() / 1000, 0)
        : counted.getOrDefault(agent.id(), AgentDay.NONE);
  }

  /** Tells each agent their own day, where it changed. */
  void days(AgentBook book, Map<AgentId, AgentDay> counted) {
    days = counted;
    for (AgentBook.Agent agent : book.all()) {
      if (!agent.desks().isEmpty()) {
        hub.me(agent.id(), me(book, agent));
      }
    }
  }

  private static Spare spare(AgentBook book, Device device) {
    return new Spare(
        device.phone().name(), device.address(),
        book.device(device.switchId(), device.address()).name());
  }

  /**
   * The device that is shown: a real one before the demo's, also while its switch is away, because a
   * talk may go on there that nobody here can hear of.
   */
  private static @Nullable Device device(AgentBook book, Directory.@Nullable Agent agent) {
    return agent == null
        ? null
        : agent.devices().stream().max(Comparator.comparing(d -> rank(book, d))).orElse(null);
  }

  private static int rank(AgentBook book, Device device) {
    boolean real = device.phone() != Directory.Phone.VIRTUAL;
    if (!book.known(device.switchId())) {
      return 0;
    }
    return real ? 2 : 1;
  }

  /** Tells each agent the load of their queues, if it changed. */
  void queues(AgentBook book, Collection<Call> calls) {
    Map<Directory.Queue, QueueLoad> all = all(book, calls);
    for (AgentBook.Agent agent : book.all()) {
      if (!agent.desks().isEmpty()) {
        hub.queues(agent.id(), loads(agent.id(), all));
      }
    }
  }

  /** The same for one agent: when a whole floor comes back at once, each is told once a second of all others. */
  void queues(AgentBook book, Collection<Call> calls, AgentId agent) {
    hub.queues(agent, loads(book, calls, agent));
  }

  /** The load of this agent's queues. */
  List<QueueLoad> loads(AgentBook book, Collection<Call> calls, AgentId agent) {
    return loads(agent, all(book, calls));
  }

  private Map<Directory.Queue, QueueLoad> all(AgentBook book, Collection<Call> calls) {
    Map<Directory.Queue, QueueLoad> all = new LinkedHashMap<>();
    directory.get().queues().values().stream()
        .sorted(Comparator.comparing(Directory.Queue::id))
        .forEach(queue -> all.put(queue, load(book, queue, calls)));
    return all;
  }

  /** Tells each agent how many call-backs their queues owe, if that changed. */
  void tasks(AgentBook book) {
    for (AgentBook.Agent agent : book.all()) {
      if (!agent.desks().isEmpty()) {
        tasks(agent.id());
      }
    }
  }

  /** The same for one agent. */
  void tasks(AgentId agent) {
    hub.tasks(agent, loads.tasks().of(agent, directory.get()));
  }

  private static List<QueueLoad> loads(AgentId agent, Map<Directory.Queue, QueueLoad> loads) {
    return loads.entrySet().stream()
        .filter(load -> load.getKey().members().contains(agent))
        .map(Map.Entry::getValue)
        .toList();
  }

  private ParkedCall parked(Call call, LedgerFact.Parked parked) {
    return new ParkedCall(
        call.id().toString(), parked.place(), Offers.shownNumber(call),
        name(call.segment(parked.n()).agent()), Clock.instant(parked.at()),
        Clock.instant(parked.until()));
  }

  private QueueLoad load(AgentBook book, Directory.Queue queue, Collection<Call> calls) {
    int ready = 0;
    int busy = 0;
    for (AgentId member : queue.members()) {
      AgentBook.Agent agent = book.get(member);
      ready += agent.state() == AgentState.READY && !agent.desks().isEmpty() ? 1 : 0;
      busy += agent.state().busy() ? 1 : 0;
    }
    long since = loads.offers().room().longestSince(queue.id());
    return new QueueLoad(
        queue.id(),
        queue.label(),
        loads.offers().room().size(queue.id()),
        since == 0 ? null : Clock.instant(since),
        ready,
        busy,
        Parking.in(queue.id(), calls).stream()
            .flatMap(call -> call.parked().map(parked -> parked(call, parked)).stream())
            .toList());
  }
}
