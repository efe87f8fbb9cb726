package io.cordboard.core.setup;

import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.routing.Directory;
import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Hours;
import io.cordboard.core.routing.Line;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.NoteTemplate;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is set up, each by its name and in the order of the file.
 *
 * @param users by user name
 * @param teams labels by id
 * @param queues by id
 * @param hours by id
 * @param lines by canonical number
 * @param dispositions by code
 * @param fields of the outcome, by id
 * @param templates of notes, by id
 * @param trunks by name; those without rules of their own do not stand here
 */
public record Setup(
    Map<String, Person> users,
    Map<String, String> teams,
    Map<String, Group> queues,
    Map<String, Hours> hours,
    Map<String, Line> lines,
    Map<String, Disposition> dispositions,
    Map<String, OutcomeField> fields,
    Map<String, NoteTemplate> templates,
    Map<String, TrunkRules> trunks) {

  /** Nothing set up. */
  public static final Setup NONE =
      new Setup(
          Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public Setup {
    users = kept(users);
    teams = kept(teams);
    queues = kept(queues);
    hours = kept(hours);
    lines = kept(lines);
    dispositions = kept(dispositions);
    fields = kept(fields);
    templates = kept(templates);
    trunks = kept(trunks);
  }

  // Map.copyOf would lose the order
  private static <T> Map<String, T> kept(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The parts of the file, in its order. */
  public enum Section {
    USERS,
    TEAMS,
    QUEUES,
    HOURS,
    LINES,
    DISPOSITIONS,
    FIELDS,
    TEMPLATES,
    TRUNKS;

    /** How the file names it. */
    public String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A user, but for the password.
   *
   * @param phone the one that rings
   * @param team id, null for none
   * @param spare the one that could ring instead
   */
  public record Person(
      DisplayName shown,
      Role role,
      Set<Permission> grants,
      boolean active,
      @Nullable Phone phone,
      @Nullable String team,
      @Nullable Phone spare) {
    public Person {
      grants = Set.copyOf(grants);
    }

    /** A user without a second phone. */
    public Person(
        DisplayName shown,
        Role role,
        Set<Permission> grants,
        boolean active,
        @Nullable Phone phone,
        @Nullable String team) {
      this(shown, role, grants, active, phone, team, null);
    }

    /** A user as set up. */
    public static Person of(User user, @Nullable String team, @Nullable Phone spare) {
      return new Person(
          user.displayName(), user.role(), user.grants(), user.active(), user.phone(), team, spare);
    }

    Person withSpare(@Nullable Phone other) {
      return new Person(shown, role, grants, active, phone, team, other);
    }

    /** Whether this device is the user's, rung or not. */
    boolean has(Phone device) {
      return phone != null && phone.isSameDevice(device)
          || spare != null && spare.isSameDevice(device);
    }

    /** Whether calls may be offered. */
    public boolean takesCalls() {
      return active
          && (grants.contains(Permission.TAKE_CALLS)
              || Permission.TAKE_CALLS.roles().contains(role));
    }
  }

  /**
   * A queue with those who serve it.
   *
   * @param agents user names
   * @param teams ids of teams whose members serve it
   * @param comfort for its callers
   * @param autoAnswer whether browser phones answer its calls by themselves
   */
  public record Group(
      String label,
      List<String> agents,
      List<String> teams,
      Directory.Comfort comfort,
      boolean autoAnswer) {
    public Group {
      agents = agents.stream().sorted().toList();
      teams = teams.stream().sorted().toList();
    }

    /** A queue in which one hears music alone. */
    public Group(String label, List<String> agents, List<String> teams) {
      this(label, agents, teams, Directory.Comfort.MUSIC_ALONE, false);
    }
  }
}
