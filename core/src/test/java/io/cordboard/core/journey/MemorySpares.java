package io.cordboard.core.journey;

import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Second phones without a database: what was chosen is put into the directory when it is read again. */
final class MemorySpares implements SparePhones {
  final Map<AgentId, Phone.Kind> chosen = new HashMap<>();
  boolean away;

  @Override
  public Map<AgentId, Phone> all() {
    return Map.of();
  }

  @Override
  public void give(AgentId user, @Nullable Phone phone) {
    throw new UnsupportedOperationException("Agents of a floor are given phones by withDevices.");
  }

  @Override
  public void use(AgentId user, Phone.Kind kind) {
    if (away) {
      throw new Fault.Unreachable("The database is away.", null);
    }
    chosen.put(user, kind);
  }

  Directory applied(Directory before) {
    Map<AgentId, Agent> agents = new HashMap<>(before.agents());
    chosen.forEach((id, kind) -> agents.computeIfPresent(id, (same, agent) -> using(agent, kind)));
    return new Directory(before.lines(), before.queues(), agents, before.dispositions());
  }

  private static Agent using(Agent agent, Phone.Kind kind) {
    Device spare = agent.spare().orElseThrow();
    Device rung = agent.devices().getFirst();
    return spare.phone().name().equals(kind.name())
        ? new Agent(agent.id(), agent.user(), agent.name(), List.of(spare), Optional.of(rung))
        : agent;
  }
}
