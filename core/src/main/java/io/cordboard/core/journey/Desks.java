package io.cordboard.core.journey;

import io.cordboard.core.call.AgentBook;
import io.cordboard.core.call.Call;
import io.cordboard.core.call.Segment;
import io.cordboard.core.desk.CallView;
import io.cordboard.core.desk.DeskHub;
import io.cordboard.core.desk.DeskMessage.Me;
import io.cordboard.core.desk.DeskMessage.QueueLoad;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.WhoHas;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import java.util.ArrayList;
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
  private final Map<CustomerId, Set<CallId>> talking = new HashMap<>();
  private final Map<CallId, As> talkingAs = new HashMap<>();
  private final Map<CallId, Set<AgentId>> watchers = new HashMap<>();

  /** What waits beside the calls. */
  record Loads(Offers offers, TaskLoads tasks) {}

  /** As whom a caller is shown, and with whom they talk: what the customer's other agents are told. */
  private record As(CustomerId customer, @Nullable AgentId agent) {}

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
    dirty.forEach(call -> show(book, live, call));
    agents.forEach(agent -> hub.me(agent, me(book, book.get(agent))));
    closed.forEach(this::forget);
  }

  private void forget(CallId call) {
    faces.forget(call);
    watchers.remove(call);
    leave(call);
  }

  private void show(AgentBook book, Map<CallId, Call> live, Call call) {
    Set<AgentId> before = watchers.getOrDefault(call.id(), Set.of());
    Set<AgentId> now = new LinkedHashSet<>();
    for (AgentId agent : concerned(call)) {
      CallView.Phase phase =
          call.controlled() ? ScreenPop.phase(call, agent) : observedPhase(call);
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
  void showAgain(AgentBook book, Collection<Call> calls, AgentId agent) {
    for (Call call : calls) {
      if (watching(call.id()).contains(agent)) {
        CallView.Phase phase =
            call.controlled() ? ScreenPop.phase(call, agent) : observedPhase(call);
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
    if (!call.controlled()) {
      call.observedAgent().map(whoHas::name).ifPresent(agents::addAll);
    }
    return agents;
  }

  /** Who sees this call. */
  Set<AgentId> watching(CallId call) {
    return watchers.getOrDefault(call, Set.of());
  }

  private static CallView.Phase observedPhase(Call call) {
    return switch (call.customerLeg().state()) {
      case DIALLED, RINGING -> CallView.Phase.RINGING;
      case UP -> CallView.Phase.TALKING;
      case HELD -> CallView.Phase.HELD;
      case ENDED -> CallView.Phase.DONE;
    };
  }

  // ---- the same customer in two calls --------------------------------------------------------

  private List<Call> siblings(Call call, Map<CallId, Call> live) {
    CustomerId customer = call.endedAt() == 0 ? call.customer().orElse(null) : null;
    As now =
        customer == null
            ? null
            : new As(customer, call.talk().map(Segment::agent).orElse(null));
    As was = now == null ? talkingAs.remove(call.id()) : talkingAs.put(call.id(), now);
    if (Objects.equals(was, now)) {
      return List.of();
    }
    CustomerId before = was == null ? null : was.customer();
    if (before != null && !before.equals(customer)) {
      talking.getOrDefault(before, Set.of()).remove(call.id());
    }
    if (customer != null) {
      talking.computeIfAbsent(customer, c -> new LinkedHashSet<>()).add(call.id());
    }
    Set<Call> others = new LinkedHashSet<>();
    collect(before, call, live, others);
    collect(customer, call, live, others);
    return new ArrayList<>(others);
  }

  private void collect(
      @Nullable CustomerId customer, Call call, Map<CallId, Call> live,
      Set<Call> into) {
    if (customer == null) {
      return;
    }
    for (CallId id : talking.getOrDefault(customer, Set.of())) {
      Call other = live.get(id);
      if (other != null && other != call) {
        into.add(other);
      }
    }
  }

  private void leave(CallId call) {
    As was = talkingAs.remove(call);
    Set<CallId> calls = was == null ? null : talking.get(was.customer());
    if (was != null && calls != null) {
      calls.remove(call);
      if (calls.isEmpty()) {
        talking.remove(was.customer());
      }
    }
  }

  private List<String> alsoTalking(Map<CallId, Call> live, Call call) {
    Set<Call> others = new LinkedHashSet<>();
    collect(call.customer().orElse(null), call, live, others);
    return others.stream()
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
        agent.calls(),
        agent.talkMicros() / 1000);
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
  void queues(AgentBook book) {
    Map<Directory.Queue, QueueLoad> all = new LinkedHashMap<>();
    directory.get().queues().values().stream()
        .sorted(Comparator.comparing(Directory.Queue::id))
        .forEach(queue -> all.put(queue, load(queue)));
    for (AgentBook.Agent agent : book.all()) {
      if (!agent.desks().isEmpty()) {
        hub.queues(agent.id(), loads(agent.id(), all));
      }
    }
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

  private QueueLoad load(Directory.Queue queue) {
    long since = loads.offers().room().longestSince(queue.id());
    return new QueueLoad(
        queue.id(),
        queue.label(),
        loads.offers().room().size(queue.id()),
        since == 0 ? null : Clock.instant(since));
  }
}
