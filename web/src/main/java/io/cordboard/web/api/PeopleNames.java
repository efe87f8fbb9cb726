package io.cordboard.web.api;

import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names of people for the ids that were kept instead of them, for one answer. */
final class PeopleNames {
  private static final String USER = "user:";
  private final Users users;
  private final Map<AgentId, Optional<String>> known = new HashMap<>();

  PeopleNames(Users users) {
    this.users = users;
  }

  /** Whom an id means; null for nobody, and for somebody who is unknown here. */
  @Nullable String agent(@Nullable AgentId agent) {
    return agent == null ? null : known.computeIfAbsent(agent, this::read).orElse(null);
  }

  private Optional<String> read(AgentId agent) {
    return users.byId(agent).map(user -> user.displayName().value());
  }

  /** The person behind a name of the audit; whatever else stands there stays as it is. */
  String of(String auditName) {
    if (!auditName.startsWith(USER)) {
      return auditName;
    }
    try {
      String name = agent(new AgentId(UUID.fromString(auditName.substring(USER.length()))));
      return name == null ? auditName : name;
    } catch (IllegalArgumentException nobody) {
      return auditName;
    }
  }
}
