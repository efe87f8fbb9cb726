package io.cordboard.core.trust;

import static io.cordboard.core.trust.Role.ADMINISTRATOR;
import static io.cordboard.core.trust.Role.AGENT;
import static io.cordboard.core.trust.Role.INTEGRATION;
import static io.cordboard.core.trust.Role.SUPERVISOR;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What may be done, each with the roles that may do it. This is the whole table: a role that does
 * not stand here may not.
 */
public enum Permission {
  /** Be offered calls and answer them; one's own desk, states, notes and wrap-up. */
  TAKE_CALLS(AGENT, SUPERVISOR),
  /** Call numbers outside. */
  DIAL_OUT(AGENT, SUPERVISOR),
  /** See a customer's card, timeline and calls; search customers. */
  SEE_CUSTOMERS(AGENT, SUPERVISOR),
  /** Confirm, correct, create, merge and verify customers. */
  EDIT_CUSTOMERS(AGENT, SUPERVISOR),
  /** Bring files of customers and what belongs to them, and load them. */
  IMPORT_CUSTOMERS(ADMINISTRATOR),
  /** See and close tasks of call-back. */
  WORK_TASKS(AGENT, SUPERVISOR),
  /** See privacy incidents and say how they were dealt with. */
  SEE_INCIDENTS(ADMINISTRATOR),
  /** Play a recording of a segment that was one's own. */
  PLAY_OWN_RECORDINGS(AGENT, SUPERVISOR),
  /** Play every recording. */
  PLAY_EVERY_RECORDING(SUPERVISOR),
  /** See who waits, who talks and every agent's state. */
  SEE_TEAM(SUPERVISOR, ADMINISTRATOR),
  /** Release a stuck agent, sign somebody out. */
  RELEASE_AGENTS(SUPERVISOR, ADMINISTRATOR),
  /** Change an agent's state and queues, move a waiting call. */
  LEAD_TEAM(SUPERVISOR, ADMINISTRATOR),
  /** Place a test call, ask how it stands. */
  PLACE_TEST_CALLS(AGENT, SUPERVISOR, ADMINISTRATOR),
  /** Try a number against the rules of a trunk. */
  TRY_NUMBERS(SUPERVISOR, ADMINISTRATOR),
  /** Tell events of a switch that has no adapter. */
  SEND_EVENTS(INTEGRATION),
  /** Health in detail, metrics, dead letters. */
  SEE_SYSTEM(ADMINISTRATOR),
  /** Retry or dismiss dead letters; change lines, queues, trunks and switches. */
  MANAGE_SYSTEM(ADMINISTRATOR),
  /** Join other systems and take them away, see samples of their records, change how fields go together. */
  CONNECT_SYSTEMS(ADMINISTRATOR),
  /** Create, change and disable users. */
  MANAGE_USERS(ADMINISTRATOR),
  /** Create and revoke API keys. */
  MANAGE_KEYS(ADMINISTRATOR),
  /** Read the audit trail and verify its chains. */
  READ_AUDIT(ADMINISTRATOR);

  private static final Map<Role, Set<Permission>> TABLE = table();
  private final Set<Role> roles;

  Permission(Role... roles) {
    this.roles = Collections.unmodifiableSet(EnumSet.copyOf(Arrays.asList(roles)));
  }

  /** The roles that may do this without a grant. */
  public Set<Role> roles() {
    return roles;
  }

  static Set<Permission> of(Role role) {
    return TABLE.getOrDefault(role, Set.of());
  }

  private static Map<Role, Set<Permission>> table() {
    Map<Role, Set<Permission>> table = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      Set<Permission> may = EnumSet.noneOf(Permission.class);
      Arrays.stream(values()).filter(p -> p.roles.contains(role)).forEach(may::add);
      table.put(role, Collections.unmodifiableSet(may));
    }
    return Collections.unmodifiableMap(table);
  }
}
