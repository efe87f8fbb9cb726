package io.cordboard.web.api;

import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user shall be.
 *
 * @param username cannot be changed later
 * @param grants what this user may do beyond the role; none when not told
 */
record UserOrder(
    String username,
    String name,
    Role role,
    @Nullable List<Permission> grants,
    @Nullable Phone phone) {

  User created(AgentId id, long at) {
    return new User(
        id, new Username(username), new DisplayName(name), role, granted(), true, phone, true, at);
  }

  User appliedTo(User user) {
    return new User(
        user.id(),
        user.username(),
        new DisplayName(name),
        role,
        granted(),
        user.active(),
        phone,
        user.mustChangePassword(),
        user.createdAt());
  }

  private Set<Permission> granted() {
    if (grants == null) {
      return Set.of();
    }
    if (grants.stream().anyMatch(one -> one == null)) {
      throw new Fault.BadRequest("'grants' has an empty entry.");
    }
    return Set.copyOf(grants);
  }

  static User active(User user, boolean active) {
    return new User(
        user.id(),
        user.username(),
        user.displayName(),
        user.role(),
        user.grants(),
        active,
        user.phone(),
        user.mustChangePassword(),
        user.createdAt());
  }
}
