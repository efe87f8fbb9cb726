package io.cordboard.web.session;

import io.cordboard.core.desk.DeskDoor;
import io.cordboard.kernel.AgentId;
import java.util.Set;
import java.util.function.Predicate;

/** Whether an agent is in a call, or has just been. */
public final class AgentsInCall implements Predicate<AgentId> {
  private static final Set<String> FREE = Set.of("OFFLINE", "READY", "NOT_READY");
  private final DeskDoor desk;

  public AgentsInCall(DeskDoor desk) {
    this.desk = desk;
  }

  @Override
  public boolean test(AgentId agent) {
    return desk.agents().stream()
        .filter(status -> status.agentId().equals(agent.toString()))
        .anyMatch(status -> !FREE.contains(status.state()));
  }
}
