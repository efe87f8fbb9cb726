package io.cordboard.core.call;

import io.cordboard.core.call.LedgerStore.AgentRow;
import io.cordboard.core.call.Tables.AgentSignal;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.CallId;
import io.cordboard.spi.telephony.DeviceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What agents and their devices are doing. Touched by the ledger's thread only. */
public final class AgentBook {
  private final Table<AgentState, AgentSignal> table;
  private final Map<AgentId, Agent> agents = new LinkedHashMap<>();
  private final TreeSet<Agent> ready =
      new TreeSet<>(Comparator.comparingLong(Agent::idleSince).thenComparing(Agent::id));
  private final Map<DeviceKey, DeviceState> devices = new HashMap<>();
  private final Set<String> linksUp = new LinkedHashSet<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, Long> epochs = new HashMap<>();

  AgentBook(Table<AgentState, AgentSignal> table) {
    this.table = table;
  }

  private record DeviceKey(String switchId, String address) {}

  /** One agent. Fields are read by stories; changed through {@link Turn} only. */
  public static final class Agent {
    private final AgentId id;
    AgentState state = AgentState.OFFLINE;
    @Nullable String reason;
    long since;
    long idleSince;
    @Nullable CallId call;
    final List<String> desks = new ArrayList<>();
    @Nullable String audioOwner;
    long awaySince;
    int calls;
    long talkMicros;

    Agent(AgentId id) {
      this.id = id;
    }

    public AgentId id() {
      return id;
    }

    public AgentState state() {
      return state;
    }

    public @Nullable String reason() {
      return reason;
    }

    /** Since when in this state, microseconds. */
    public long since() {
      return since;
    }

    /** Since when without a call: who waited longest is asked first. */
    public long idleSince() {
      return idleSince;
    }

    /** The call that holds the agent. */
    public @Nullable CallId call() {
      return call;
    }

    /** Open desk connections, oldest first. */
    public List<String> desks() {
      return desks;
    }

    /** Since when no desk has been open, microseconds; 0 while one is. */
    public long awaySince() {
      return awaySince;
    }

    public @Nullable String audioOwner() {
      return audioOwner;
    }

    public int calls() {
      return calls;
    }

    public long talkMicros() {
      return talkMicros;
    }
  }

  /** The agent; made offline when not known yet. */
  public Agent get(AgentId id) {
    return agents.computeIfAbsent(id, Agent::new);
  }

  /** Agents in state ready, longest idle first. Do not move an agent while walking it. */
  public Collection<Agent> ready() {
    return ready;
  }

  public Collection<Agent> all() {
    return agents.values();
  }

  /** What a device is doing; {@code UNREGISTERED} while its switch is not linked. */
  public DeviceState device(String switchId, String address) {
    return linksUp.contains(switchId)
        ? devices.getOrDefault(new DeviceKey(switchId, address), DeviceState.UNREGISTERED)
        : DeviceState.UNREGISTERED;
  }

  public boolean linkUp(String switchId) {
    return linksUp.contains(switchId);
  }

  /** Which run of this switch is linked; 0 when it never was. */
  public long epoch(String switchId) {
    return epochs.getOrDefault(switchId, 0L);
  }

  void epoch(String switchId, long epoch) {
    epochs.put(switchId, epoch);
  }

  /** Whether this switch is set up here, linked or not. */
  public boolean known(String switchId) {
    return known.contains(switchId);
  }

  /** A desk is open; the first one has the browser phone. */
  public void deskOpened(Agent agent, String connection) {
    agent.desks.add(connection);
    agent.awaySince = 0;
    if (agent.audioOwner == null) {
      agent.audioOwner = connection;
    }
  }

  /** A desk is gone; the next one takes the browser phone over. */
  public void deskClosed(Agent agent, String connection, long now) {
    if (agent.desks.remove(connection) && agent.desks.isEmpty()) {
      agent.awaySince = now;
    }
    if (connection.equals(agent.audioOwner)) {
      agent.audioOwner = agent.desks.isEmpty() ? null : agent.desks.getFirst();
    }
  }

  /** This desk wants the browser phone. */
  public void takeAudio(Agent agent, String connection) {
    if (agent.desks.contains(connection)) {
      agent.audioOwner = connection;
    }
  }

  void link(String switchId, boolean up) {
    known.add(switchId);
    if (up) {
      linksUp.add(switchId);
    } else {
      linksUp.remove(switchId);
    }
  }

  /** The switch was taken away. */
  void forget(String switchId) {
    linksUp.remove(switchId);
    known.remove(switchId);
    devices.keySet().removeIf(key -> key.switchId().equals(switchId));
  }

  DeviceState setDevice(String switchId, String address, DeviceState state) {
    DeviceState before = devices.put(new DeviceKey(switchId, address), state);
    return before == null ? DeviceState.UNREGISTERED : before;
  }

  /** Addresses of the devices that a switch has told of. */
  List<String> devicesOf(String switchId) {
    return devices.keySet().stream()
        .filter(key -> key.switchId().equals(switchId))
        .map(DeviceKey::address)
        .toList();
  }

  /** No desk has come back yet. */
  void restore(AgentRow row, long now) {
    Agent agent = get(row.agent());
    agent.state = row.state();
    agent.reason = row.reason();
    agent.since = row.since();
    agent.idleSince = row.since();
    agent.call = row.call();
    agent.awaySince = now;
    keepReady(agent);
  }

  private void keepReady(Agent agent) {
    if (agent.state == AgentState.READY) {
      ready.add(agent);
    }
  }

  /** Moves the agent; returns whether the state changed. */
  boolean signal(Agent agent, AgentSignal signal, @Nullable String reason, long now) {
    AgentState to = table.next(agent.state, signal);
    boolean moved = to != agent.state;
    boolean asked = signal == AgentSignal.GO_NOT_READY && to.resting();
    if (!moved && !asked) {
      return false;
    }
    ready.remove(agent);
    boolean wasBusy = agent.state.busy();
    agent.reason = !to.resting() ? null : reason != null ? reason : agent.reason;
    agent.state = to;
    agent.since = moved ? now : agent.since;
    if (wasBusy && !to.busy() || to == AgentState.READY && moved) {
      agent.idleSince = now;
    }
    keepReady(agent);
    return true;
  }
}
