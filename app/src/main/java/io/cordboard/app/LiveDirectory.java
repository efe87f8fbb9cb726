package io.cordboard.app;

import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.store.JdbcSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Lines, queues and agents as they are set up, read again whenever they change. Thread-safe. */
final class LiveDirectory implements Supplier<Directory> {
  private final JdbcSettings store;
  private final Users users;
  private final SparePhones spares;
  private final TrunkBook trunks;
  private final boolean demo;
  private volatile Directory current = Directory.empty();

  LiveDirectory(
      DataSource pool, Users users, SparePhones spares, TrunkBook trunks, boolean demo) {
    this.store = new JdbcSettings(pool);
    this.users = users;
    this.spares = spares;
    this.trunks = trunks;
    this.demo = demo;
  }

  @Override
  public Directory get() {
    return current;
  }

  /** One after the other: who read earlier must not publish later. */
  synchronized void reload() {
    Map<AgentId, Agent> agents = new HashMap<>();
    Map<AgentId, Phone> second = spares.all();
    for (User user : users.list()) {
      if (user.active()) {
        agents.put(user.id(), agent(user, second.get(user.id())));
      }
    }
    Directory stored = store.load();
    current =
        new Directory(
            stored.lines(), stored.queues(), agents, stored.dispositions(), stored.hours(),
            stored.outcome());
    trunks.companyOwns(ownNumbers(current));
  }

  /** Our lines and extensions: who calls from one of them is no customer. */
  private static List<String> ownNumbers(Directory directory) {
    List<String> own = new ArrayList<>(directory.lines().keySet());
    directory.agents().values().stream()
        .flatMap(agent -> Stream.concat(agent.devices().stream(), agent.spare().stream()))
        .map(Device::address)
        .forEach(own::add);
    return own;
  }

  /** Everybody has a phone without a body on the demo switch, beside their own. */
  private Agent agent(User user, @Nullable Phone spare) {
    List<Device> devices = new ArrayList<>();
    Phone phone = user.phone();
    if (phone != null) {
      devices.add(device(phone));
    }
    if (demo) {
      devices.add(new Device("demo", user.username().value(), Directory.Phone.VIRTUAL));
    }
    return new Agent(user.id(), user.username().value(), user.displayName().value(), devices,
        Optional.ofNullable(spare).map(LiveDirectory::device));
  }

  private static Device device(Phone phone) {
    return new Device(
        phone.switchId(), phone.address(), Directory.Phone.valueOf(phone.kind().name()));
  }
}
