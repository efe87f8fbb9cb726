package io.cordboard.web.fake;

import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Users in memory, with the rules of the real ones. */
public final class FakeUsers implements Users {
  private final Map<AgentId, Login> byId = new ConcurrentHashMap<>();
  private volatile boolean away;

  /** The database goes away or comes back. */
  public void away(boolean now) {
    away = now;
  }

  private void check() {
    if (away) {
      throw new Fault.Unreachable("The database is away.", null);
    }
  }

  @Override
  public void create(User user, String passwordHash) {
    check();
    if (login(user.username()).isPresent()) {
      throw new Fault.Refused("The user name belongs to somebody else.");
    }
    byId.put(user.id(), new Login(user, passwordHash));
  }

  @Override
  public Optional<User> byId(AgentId id) {
    check();
    return Optional.ofNullable(byId.get(id)).map(Login::user);
  }

  @Override
  public Optional<Login> login(Username username) {
    check();
    return byId.values().stream().filter(l -> l.user().username().equals(username)).findFirst();
  }

  @Override
  public List<User> list() {
    check();
    return byId.values().stream()
        .map(Login::user)
        .sorted(Comparator.comparing(u -> u.username().value()))
        .toList();
  }

  @Override
  public void update(User user) {
    check();
    byId.computeIfPresent(user.id(), (id, login) -> new Login(user, login.passwordHash()));
  }

  @Override
  public void changePassword(AgentId id, String passwordHash, boolean mustChange) {
    check();
    byId.computeIfPresent(
        id,
        (same, login) -> {
          User u = login.user();
          User next =
              new User(
                  u.id(),
                  u.username(),
                  u.displayName(),
                  u.role(),
                  u.grants(),
                  u.active(),
                  u.phone(),
                  mustChange,
                  u.createdAt());
          return new Login(next, passwordHash);
        });
  }
}
