package io.cordboard.core.setup;

import io.cordboard.core.identity.Stamp;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.SetupDiff.Change;
import io.cordboard.core.setup.SetupStore.Fresh;
import io.cordboard.core.setup.SetupStore.Order;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.Sha256;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a file against what is set up, and makes it so. Thread-safe. */
public final class SetupBook {
  private final SetupStore store;
  private final Making making;

  /** How a new user comes into being. */
  public record Making(
      Clock clock, Ids ids, PasswordHasher hasher, Supplier<String> passwords) {}

  public SetupBook(SetupStore store, Making making) {
    this.store = store;
    this.making = making;
  }

  /**
   * What a file would do.
   *
   * @param now the present set-up
   * @param wrong what cannot be used; then there are no changes
   */
  public record Plan(Setup now, Setup wanted, List<Wrong> wrong, List<Change> changes) {
    public Plan {
      wrong = List.copyOf(wrong);
      changes = List.copyOf(changes);
    }

    /** Names the present set-up: another one has another. */
    public String basedOn() {
      return fingerprint(now);
    }

    /** Whether users would be added or changed. */
    public boolean touchesUsers() {
      return changes.stream().anyMatch(change -> change.section() == Setup.Section.USERS);
    }
  }

  /** A new user and the password for once. */
  public record Password(String user, String password) {
    @Override
    public String toString() {
      return "Password[" + user + "]";
    }
  }

  /** How it is now. */
  public Setup now() {
    return store.load();
  }

  /**
   * What this file would do.
   *
   * @param tree mappings, lists and texts
   */
  public Plan plan(@Nullable Object tree) {
    Setup now = store.load();
    SetupReader.Read read = SetupReader.read(tree, now);
    List<Wrong> wrong = read.wrong().isEmpty() ? SetupCheck.of(read) : read.wrong();
    return new Plan(
        now, read.wanted(), wrong,
        wrong.isEmpty() ? SetupDiff.of(now, read.wanted()) : List.of());
  }

  /**
   * What it would do that this user serves these queues, by name or by team.
   *
   * @throws Fault.BadRequest when a queue does not exist
   */
  public Plan serving(String user, Set<String> queues) {
    Setup now = store.load();
    queues.stream()
        .filter(queue -> !now.queues().containsKey(queue))
        .findFirst()
        .ifPresent(
            queue -> {
              throw new Fault.BadRequest(
                  "There is no queue '%s': name one of the list.".formatted(Fault.excerpt(queue)));
            });
    Map<String, Group> groups = new LinkedHashMap<>();
    now.queues().forEach((id, group) -> groups.put(id, with(group, user, queues.contains(id))));
    Setup wanted =
        new Setup(
            now.users(), now.teams(), groups, now.hours(), now.lines(), now.dispositions(), now.fields(),
            now.templates(),
            now.trunks());
    Set<String> changed = new LinkedHashSet<>(groups.keySet());
    changed.removeIf(id -> Objects.equals(groups.get(id), now.queues().get(id)));
    List<Wrong> wrong = SetupCheck.queues(wanted, changed);
    return new Plan(
        now, wanted, wrong, wrong.isEmpty() ? SetupDiff.of(now, wanted) : List.of());
  }

  private static Group with(Group group, String user, boolean serves) {
    if (group.agents().contains(user) == serves) {
      return group;
    }
    List<String> agents = new ArrayList<>(group.agents());
    agents.remove(user);
    if (serves) {
      agents.add(user);
    }
    return new Group(group.label(), agents, group.teams(), group.comfort(), group.autoAnswer());
  }

  /** A user whom a plan adds, and the password for once. */
  public record Newcomer(User user, String password) {
    @Override
    public String toString() {
      return "Newcomer[" + user.id() + "]";
    }
  }

  /** Whom the plan adds: known by id before it is carried out. */
  public List<Newcomer> newcomers(Plan plan) {
    List<Newcomer> newcomers = new ArrayList<>();
    plan.wanted()
        .users()
        .forEach(
            (name, person) -> {
              if (!plan.now().users().containsKey(name)) {
                newcomers.add(new Newcomer(user(name, person), making.passwords().get()));
              }
            });
    return newcomers;
  }

  /** Carries the plan out, all or nothing, where it adds nobody. */
  public void apply(Plan plan, String by) {
    apply(plan, List.of(), by);
  }

  /** Carries the plan out, all or nothing; tells the passwords of the newcomers. */
  public List<Password> apply(Plan plan, List<Newcomer> newcomers, String by) {
    List<Fresh> fresh =
        newcomers.stream()
            .map(one -> new Fresh(one.user(), making.hasher().hash(one.password())))
            .toList();
    store.apply(
        new Order(plan.now(), plan.wanted(), fresh, new Stamp(making.clock().micros(), by)));
    return newcomers.stream()
        .map(one -> new Password(one.user().username().value(), one.password()))
        .toList();
  }

  private User user(String name, Person person) {
    return new User(
        new AgentId(making.ids().next()), new Username(name), person.shown(), person.role(),
        person.grants(), person.active(), person.phone(), true, making.clock().micros());
  }

  private static String fingerprint(Setup setup) {
    byte[] text = SetupForm.of(setup).toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.digest().digest(text), 0, 16);
  }
}
