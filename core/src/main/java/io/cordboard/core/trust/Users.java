package io.cordboard.core.trust;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Optional;

/**
 * The people who may sign in. Thread-safe; every method throws {@link Fault.Unreachable} while the
 * database is away.
 */
public interface Users {
  /**
   * Adds a user.
   *
   * @param passwordHash as {@link PasswordHasher} made it
   * @throws Fault.Refused when the user name, or the phone, belongs to somebody else
   */
  void create(User user, String passwordHash);

  /** A user, active or not. */
  Optional<User> byId(AgentId id);

  /** What is needed to check a password; empty for an unknown name. */
  Optional<Login> login(Username username);

  /** All users, by name. */
  List<User> list();

  /**
   * Replaces name, role, grants, active and phone of the user with this id; user name, password and
   * time of creation stay.
   *
   * @throws Fault.NotFound for an unknown id
   * @throws Fault.Refused when the phone belongs to somebody else, or when no active administrator
   *     would be left
   */
  void update(User user);

  /**
   * Sets another password.
   *
   * @param mustChange whether the user has to choose an own one at the next sign-in
   * @throws Fault.NotFound for an unknown id
   */
  void changePassword(AgentId id, String passwordHash, boolean mustChange);

  /** A user with the hash of the password. */
  record Login(User user, String passwordHash) {
    @Override
    public String toString() {
      return "Login[" + user.username() + "]";
    }
  }
}
