package io.cordboard.core.trust;

import io.cordboard.kernel.AgentId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in. The password's hash is kept apart, see {@link Users#login}.
 *
 * @param grants what this user may do beyond the role; normally empty
 * @param active whether signing in is allowed; a user is never deleted, audit names it
 * @param phone null for somebody who takes no calls
 * @param mustChangePassword nothing else is allowed until the password was changed
 * @param createdAt microseconds UTC
 */
public record User(
    AgentId id,
    Username username,
    DisplayName displayName,
    Role role,
    Set<Permission> grants,
    boolean active,
    @Nullable Phone phone,
    boolean mustChangePassword,
    long createdAt) {

  public User {
    grants = Set.copyOf(grants);
  }
}
