package io.cordboard.core.trust;

import java.util.Set;

/** What somebody is here for. What each may do stands in {@link Permission}, and nowhere else. */
public enum Role {
  /** Talks to customers. */
  AGENT,
  /** Watches over agents and may talk too. */
  SUPERVISOR,
  /** Sets the product up; sees no customer and hears no recording unless granted. */
  ADMINISTRATOR,
  /** A program. */
  INTEGRATION;

  /** Everything this role may do without a grant. */
  public Set<Permission> permissions() {
    return Permission.of(this);
  }
}
