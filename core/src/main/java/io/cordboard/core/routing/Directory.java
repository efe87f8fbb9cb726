package io.cordboard.core.routing;

import io.cordboard.kernel.AgentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lines, queues and agents as they are set up: immutable, replaced as a whole on a change.
 *
 * @param lines by canonical DID
 * @param queues by id
 * @param agents by id
 * @param dispositions codes that an agent may choose from, in their order
 */
public record Directory(
    Map<String, Line> lines,
    Map<String, Queue> queues,
    Map<AgentId, Agent> agents,
    List<Disposition> dispositions) {

  public Directory {
    lines = Map.copyOf(lines);
    queues = Map.copyOf(queues);
    agents = Map.copyOf(agents);
    dispositions = List.copyOf(dispositions);
  }

  /** A queue and those who serve it. */
  public record Queue(String id, String label, Set<AgentId> members) {
    public Queue {
      members = Set.copyOf(members);
    }
  }

  /**
   * An agent and the devices that may ring: at most one on each switch.
   *
   * @param user the user name
   */
  public record Agent(AgentId id, String user, String name, List<Device> devices) {
    public Agent {
      devices = List.copyOf(devices);
    }

    /** The device on this switch. */
    public Optional<Device> deviceOn(String switchId) {
      return devices.stream().filter(device -> device.switchId().equals(switchId)).findFirst();
    }
  }

  /**
   * A device.
   *
   * @param switchId the switch it is on
   * @param address its name there, such as {@code 2001}
   * @param phone how it is answered
   */
  public record Device(String switchId, String address, Phone phone) {}

  /** How an agent's device is answered. */
  public enum Phone {
    /** By the page itself, over WebRTC. */
    BROWSER,
    /** At the device: a desk phone or a soft phone. */
    SIP,
    /** By a command to the switch (the demo switch). */
    VIRTUAL
  }

  /** An outcome that the agent may give a call. */
  public record Disposition(String code, String labelZh, String labelEn) {}

  /** Nothing set up. */
  public static Directory empty() {
    return new Directory(Map.of(), Map.of(), Map.of(), List.of());
  }

  /** The line that a caller reached, if it is one of ours. */
  public Optional<Line> line(String did) {
    return Optional.ofNullable(lines.get(did));
  }

  /** The agent whose device this is. */
  public Optional<AgentId> ownerOf(String switchId, String address) {
    return agents.values().stream()
        .filter(
            agent ->
                agent.deviceOn(switchId).filter(own -> own.address().equals(address)).isPresent())
        .map(Agent::id)
        .findFirst();
  }
}
