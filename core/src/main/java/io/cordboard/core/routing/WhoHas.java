package io.cordboard.core.routing;

import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.kernel.AgentId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who has a device or a name, found at one look however many agents there are. Made anew when the
 * directory is replaced. Not thread-safe.
 */
public final class WhoHas {
  private final Supplier<Directory> directory;
  private final Map<Device, Agent> devices = new HashMap<>();
  private final Map<String, Set<AgentId>> names = new HashMap<>();
  private @Nullable Directory of;

  private record Device(String switchId, String address) {}

  public WhoHas(Supplier<Directory> directory) {
    this.directory = directory;
  }

  /** The agent who has this device. */
  public Optional<Agent> device(String switchId, String address) {
    refresh();
    return Optional.ofNullable(devices.get(new Device(switchId, address)));
  }

  /** Agents of this user name, in any writing, or with a device of this address. */
  public Set<AgentId> name(String name) {
    refresh();
    Set<AgentId> found = new LinkedHashSet<>(names.getOrDefault(name, Set.of()));
    found.addAll(names.getOrDefault(user(name), Set.of()));
    return found;
  }

  private void refresh() {
    Directory now = directory.get();
    if (now != of) {
      of = now;
      devices.clear();
      names.clear();
      now.agents().values().forEach(this::add);
    }
  }

  private void add(Agent agent) {
    names.computeIfAbsent(user(agent.user()), n -> new LinkedHashSet<>()).add(agent.id());
    for (Directory.Device device : all(agent)) {
      devices.putIfAbsent(new Device(device.switchId(), device.address()), agent);
      names.computeIfAbsent(device.address(), n -> new LinkedHashSet<>()).add(agent.id());
    }
  }

  private static List<Directory.Device> all(Agent agent) {
    return Stream.concat(agent.devices().stream(), agent.spare().stream()).toList();
  }

  private static String user(String name) {
    return "@" + name.toLowerCase(Locale.ROOT);
  }
}
