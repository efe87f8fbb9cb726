package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.web.phone.PhoneSettings.BrowserPhone;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentPhonesTest {
  private final Team team = new Team();
  private final List<String> reloads = new ArrayList<>();
  private final List<Phone> spares = new ArrayList<>();
  private final AgentPhones phones = new AgentPhones(team, () -> spares, () -> reloads.add("reload"));

  @Test
  void whoTakesCallsAndHasNoPhoneGetsTheFirstFreeOne() {
    team.add("ann", Role.AGENT, Set.of(), new Phone("asterisk", "2001", Phone.Kind.BROWSER));
    team.add("bob", Role.AGENT, Set.of(), null);
    team.add("eve", Role.SUPERVISOR, Set.of(), null);
    phones.set(browser("2001", "2002", "2003"));
    assertThat(team.phoneOf("ann")).isEqualTo("2001");
    assertThat(team.phoneOf("bob")).isEqualTo("2002");
    assertThat(team.phoneOf("eve")).isEqualTo("2003");
    assertThat(reloads).isNotEmpty();
  }

  @Test
  void aPhoneThatIsSomebodysSecondIsNotFree() {
    spares.add(new Phone("asterisk", "2001", Phone.Kind.BROWSER));
    team.add("ann", Role.AGENT, Set.of(), null);
    phones.set(browser("2001", "2002"));
    assertThat(team.phoneOf("ann")).isEqualTo("2002");
  }

  @Test
  void whoTakesNoCallsGetsNone() {
    team.add("boss", Role.ADMINISTRATOR, Set.of(), null);
    team.add("tester", Role.ADMINISTRATOR, Set.of(Permission.TAKE_CALLS), null);
    phones.set(browser("2001", "2002"));
    assertThat(team.phoneOf("boss")).isEmpty();
    assertThat(team.phoneOf("tester")).isEqualTo("2001");
  }

  @Test
  void aSipPhoneThatAnAdministratorGaveStays() {
    team.add("ann", Role.AGENT, Set.of(), new Phone("asterisk", "1001", Phone.Kind.SIP));
    phones.set(browser("2001"));
    assertThat(team.phoneOf("ann")).isEqualTo("1001");
  }

  @Test
  void whenPhonesRunOutTheRestGoesWithout() {
    team.add("ann", Role.AGENT, Set.of(), null);
    team.add("bob", Role.AGENT, Set.of(), null);
    phones.set(browser("2001"));
    assertThat(team.phoneOf("ann")).isEqualTo("2001");
    assertThat(team.phoneOf("bob")).isEmpty();
  }

  @Test
  void settingsAreToldOfPhonesThatAreThere() {
    phones.set(browser("2001"));
    assertThat(phones.of(new Phone("asterisk", "2001", Phone.Kind.BROWSER))).isPresent();
    assertThat(phones.of(new Phone("asterisk", "2009", Phone.Kind.BROWSER))).isEmpty();
    assertThat(phones.of(new Phone("other", "2001", Phone.Kind.BROWSER))).isEmpty();
    phones.set(List.of());
    assertThat(phones.of(new Phone("asterisk", "2001", Phone.Kind.BROWSER))).isEmpty();
  }

  private static List<BrowserPhone> browser(String... extensions) {
    return List.of(extensions).stream()
        .map(
            e ->
                new BrowserPhone(
                    e, "secret-" + e, "127.0.0.1", List.of(), URI.create("ws://127.0.0.1:1/ws")))
        .toList();
  }

  /** Users in memory. */
  private static final class Team implements Users {
    private final Map<AgentId, User> byId = new LinkedHashMap<>();

    void add(String name, Role role, Set<Permission> grants, @Nullable Phone phone) {
      AgentId id = new AgentId(new UUID(0, byId.size() + 1));
      byId.put(
          id,
          new User(
              id, new Username(name), new DisplayName(name), role, grants, true, phone, false, 0));
    }

    String phoneOf(String name) {
      return byId.values().stream()
          .filter(user -> user.username().value().equals(name))
          .map(User::phone)
          .flatMap(phone -> Optional.ofNullable(phone).stream())
          .map(Phone::address)
          .findFirst()
          .orElse("");
    }

    @Override
    public void create(User user, String passwordHash) {
      byId.put(user.id(), user);
    }

    @Override
    public Optional<User> byId(AgentId id) {
      return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Login> login(Username username) {
      return Optional.empty();
    }

    @Override
    public List<User> list() {
      return List.copyOf(byId.values());
    }

    @Override
    public void update(User user) {
      byId.put(user.id(), user);
    }

    @Override
    public void changePassword(AgentId id, String passwordHash, boolean mustChange) {}
  }
}
