package io.cordboard.core.routing;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines, queues and agents as they are set up: immutable, replaced as a whole on a change.
 *
 * @param lines by canonical DID
 * @param queues by id
 * @param agents by id
 * @param dispositions codes that an agent may choose from, in their order
 * @param hours opening hours by id
 * @param outcome what an agent fills in beside the disposition
 */
public record Directory(
    Map<String, Line> lines,
    Map<String, Queue> queues,
    Map<AgentId, Agent> agents,
    List<Disposition> dispositions,
    Map<String, Hours> hours,
    OutcomeForm outcome) {

  /** Nothing to fill in but the disposition. */
  public Directory(
      Map<String, Line> lines, Map<String, Queue> queues, Map<AgentId, Agent> agents,
      List<Disposition> dispositions, Map<String, Hours> hours) {
    this(lines, queues, agents, dispositions, hours, OutcomeForm.NONE);
  }

  /** Without opening hours. */
  public Directory(
      Map<String, Line> lines, Map<String, Queue> queues, Map<AgentId, Agent> agents,
      List<Disposition> dispositions) {
    this(lines, queues, agents, dispositions, Map.of());
  }

  public Directory {
    lines = Map.copyOf(lines);
    queues = Map.copyOf(queues);
    agents = Map.copyOf(agents);
    dispositions = List.copyOf(dispositions);
    hours = Map.copyOf(hours);
  }

  /**
   * A queue and those who serve it.
   *
   * @param autoAnswer whether browser phones answer its calls by themselves, after a tone
   * @param comfort for its callers
   */
  public record Queue(
      String id, String label, Set<AgentId> members, boolean autoAnswer, Comfort comfort) {
    public Queue {
      members = Set.copyOf(members);
    }

    /** A queue whose calls are answered by hand. */
    public Queue(String id, String label, Set<AgentId> members) {
      this(id, label, members, false, Comfort.MUSIC_ALONE);
    }
  }

  /**
   * What becomes of a queue's callers while no agent has them: what they hear besides music, how long they
   * stay parked, and whose they are when the agent who consults somebody drops out.
   *
   * @param announceSeconds how often they are told their place and the expected wait; 0 for never
   * @param callBackKey who presses it is called back when it is their turn; offered in what they are
   *     told; null for not at all
   * @param callBackTries how often they are called before only the task is left
   * @param callBackMinutes from one time to the next
   * @param parkSeconds after that a parked call rings back
   */
  public record Comfort(
      int announceSeconds, @Nullable String callBackKey, int callBackTries, int callBackMinutes,
      int parkSeconds, DropOut dropOut) {
    public static final int TRIES = 3;
    public static final int MINUTES = 15;
    /** How long one is parked where nothing else is set up. */
    public static final int PARK_SECONDS = 120;

    /** More often would be a nuisance. */
    public static final int OFTENEST_SECONDS = 15;

    /** As usual in everything else. */
    public Comfort(int announceSeconds, @Nullable String callBackKey) {
      this(announceSeconds, callBackKey, TRIES, MINUTES, PARK_SECONDS, DropOut.COMPLETE);
    }

    /** Nothing else. */
    public static final Comfort MUSIC_ALONE = new Comfort(0, null);
  }

  /** Whose the customer is when the agent who consults somebody hangs up, or is lost for good. */
  public enum DropOut {
    /** Whoever was asked, when they have answered; else the customer waits in the queue again. */
    COMPLETE,
    /** Nobody's: the customer waits in the queue again, and whoever was asked is let go. */
    BACK
  }

  /**
   * An agent and the devices that may ring: at most one on each switch.
   *
   * @param user the user name
   * @param spare the agent's own too, but not rung
   */
  public record Agent(
      AgentId id, String user, String name, List<Device> devices, Optional<Device> spare) {
    public Agent {
      devices = List.copyOf(devices);
    }

    /** An agent without a second phone. */
    public Agent(AgentId id, String user, String name, List<Device> devices) {
      this(id, user, name, devices, Optional.empty());
    }

    /** All that are the agent's, rung or not. */
    public Stream<Device> phones() {
      return Stream.concat(devices.stream(), spare.stream());
    }

    /** Whether this device is the agent's, rung or not. */
    public boolean has(String switchId, String address) {
      return phones()
          .anyMatch(own -> own.switchId().equals(switchId) && own.address().equals(address));
    }

    /** The device on this switch. */
    public Optional<Device> deviceOn(String switchId) {
      return devices.stream().filter(device -> device.switchId().equals(switchId)).findFirst();
    }
  }

  /** Whose extension this is, whether it rings now or the other phone; one on a switch of {@code by}'s first. */
  public Optional<Agent> byExtension(String typed, AgentId by) {
    String extension = typed.strip();
    return agents.values().stream()
        .filter(agent -> agent.phones().anyMatch(device -> device.address().equals(extension)))
        .min(
            Comparator.comparing((Agent agent) -> !meets(by, agent, extension))
                .thenComparing(Agent::user));
  }

  private boolean meets(AgentId by, Agent agent, String extension) {
    Agent own = agents.get(by);
    return own != null
        && agent.phones()
            .filter(device -> device.address().equals(extension))
            .anyMatch(device -> own.deviceOn(device.switchId()).isPresent());
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

  /**
   * An outcome that the agent may give a call, or a group of them.
   *
   * @param group code of the group that it stands in; null at the top
   */
  public record Disposition(
      String code, String labelZh, String labelEn, @Nullable String group) {
    /** One that stands at the top. */
    public Disposition(String code, String labelZh, String labelEn) {
      this(code, labelZh, labelEn, null);
    }
  }

  /**
   * The code of an outcome that may be given.
   *
   * @throws Fault.BadRequest for a group, and for a code that is not known
   */
  public String outcomeOf(String code) {
    if (dispositions.stream().noneMatch(one -> one.code().equals(code))) {
      throw new Fault.BadRequest(
          "'%s' is no disposition: choose one of the list.".formatted(Fault.excerpt(code)));
    }
    if (dispositions.stream().anyMatch(one -> code.equals(one.group()))) {
      throw new Fault.BadRequest(
          "'%s' is a group of dispositions: choose one that stands in it.".formatted(code));
    }
    return code;
  }

  /** Nothing set up. */
  public static Directory empty() {
    return new Directory(Map.of(), Map.of(), Map.of(), List.of());
  }

  /** The line that a caller reached, if it is one of ours. */
  public Optional<Line> line(String did) {
    return Optional.ofNullable(lines.get(did));
  }

  /** Whether the line is open at this moment; one whose hours are unknown is. */
  public boolean open(Line line, Instant at) {
    String id = line.access().hours();
    Hours own = id == null ? null : hours.get(id);
    return own == null || own.openAt(at);
  }

  /** The agent whose device this is. */
  public Optional<AgentId> ownerOf(String switchId, String address) {
    return agents.values().stream()
        .filter(agent -> agent.has(switchId, address))
        .map(Agent::id)
        .findFirst();
  }
}
