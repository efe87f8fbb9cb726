package io.cordboard.core.trust;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking: a signed-in user, a program with a key, the product itself, or a receiver of webhooks that is
 * shown something.
 *
 * @param id of the user or key; all zero for the product itself
 * @param name the user's or key's name, for people to read
 * @param grants what this one may do beyond the role
 */
public record Principal(Kind kind, UUID id, String name, Role role, Set<Permission> grants) {

  public Principal {
    grants = Set.copyOf(grants);
  }

  /** What stands behind it. */
  public enum Kind {
    USER,
    KEY,
    SYSTEM,
    RECEIVER
  }

  /** A signed-in user. */
  public static Principal of(User user) {
    return new Principal(
        Kind.USER, user.id().value(), user.username().value(), user.role(), user.grants());
  }

  /** A program that showed its key. */
  public static Principal of(ApiKey key) {
    return new Principal(Kind.KEY, key.id(), key.name(), key.role(), Set.of());
  }

  /** The product itself, for audit only: it holds no role's rights at any door. */
  public static Principal system(String part) {
    return new Principal(Kind.SYSTEM, new UUID(0, 0), part, Role.INTEGRATION, Set.of());
  }

  /** A receiver of webhooks: somebody who sees customers let it see them, without protected fields. */
  public static Principal receiver(UUID endpoint) {
    return new Principal(
        Kind.RECEIVER, endpoint, "webhook", Role.INTEGRATION, Set.of(Permission.SEE_CUSTOMERS));
  }

  /** Whether this may be done; everything not granted is denied. */
  public boolean may(Permission permission) {
    return kind != Kind.SYSTEM
        && (grants.contains(permission) || permission.roles().contains(role));
  }

  /**
   * Goes on only where it may be done.
   *
   * @throws Fault.Refused naming the permission that is missing
   */
  public void mustHave(Permission permission) {
    if (!may(permission)) {
      throw new Fault.Refused(
          "%s may not do this: the role %s lacks %s; an administrator can grant it."
              .formatted(name, role, permission));
    }
  }

  /**
   * Whether the recording of a segment may be played: every one with {@link
   * Permission#PLAY_EVERY_RECORDING}, else one's own.
   *
   * @param segmentOf the agent whose segment was recorded
   */
  public boolean mayPlay(AgentId segmentOf) {
    return mayPlayAny()
        || may(Permission.PLAY_OWN_RECORDINGS) && agent().equals(Optional.of(segmentOf));
  }

  /**
   * Whether this one may play a recording: of an own segment, or every one; a message that a caller left is
   * nobody's own, and whoever works on tasks hears it.
   */
  public boolean mayPlay(@Nullable AgentId segmentOf, boolean message) {
    return segmentOf != null
        ? mayPlay(segmentOf)
        : mayPlayAny()
            || message
                && may(Permission.WORK_TASKS)
                && may(Permission.PLAY_OWN_RECORDINGS);
  }

  /** Whether every recording may be played, whoever talked. */
  public boolean mayPlayAny() {
    return may(Permission.PLAY_EVERY_RECORDING);
  }

  /** The user's id, where a user is asking. */
  public Optional<AgentId> agent() {
    return kind == Kind.USER ? Optional.of(new AgentId(id)) : Optional.empty();
  }

  /** How the audit trail names it, such as {@code user:0190...}. */
  public String auditName() {
    return switch (kind) {
      case USER -> "user:" + id;
      case KEY -> "key:" + id;
      case SYSTEM -> "system:" + name;
      case RECEIVER -> "webhook:" + id;
    };
  }
}
