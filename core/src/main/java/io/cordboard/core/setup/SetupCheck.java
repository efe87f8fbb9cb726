package io.cordboard.core.setup;

import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.Line;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.Setup.Section;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What cannot work, though each part of the file by itself can be read. */
final class SetupCheck {
  private static final int DISPOSITION_LEVELS = 3;

  private final Setup wanted;
  private final Map<String, String> places;
  private final List<Wrong> wrong = new ArrayList<>();

  private SetupCheck(Setup wanted, Map<String, String> places) {
    this.wanted = wanted;
    this.places = places;
  }

  static List<Wrong> of(SetupReader.Read read) {
    SetupCheck check = new SetupCheck(read.wanted(), read.places());
    // what the file does not touch was let in before: it is no reason to refuse the rest
    if (tells(read, Section.USERS, Section.TEAMS)) {
      check.users();
    }
    if (tells(read, Section.USERS, Section.TEAMS, Section.QUEUES)) {
      read.wanted().queues().forEach(check::queue);
    }
    if (tells(read, Section.QUEUES, Section.HOURS, Section.LINES)) {
      read.wanted().lines().values().forEach(check::line);
    }
    if (tells(read, Section.DISPOSITIONS)) {
      read.wanted().dispositions().values().forEach(check::disposition);
    }
    if (tells(read, Section.LINES, Section.FIELDS, Section.TEMPLATES)) {
      read.wanted().fields().values().forEach(f -> check.lines(Section.FIELDS, f.id(), f.lines()));
      read.wanted()
          .templates()
          .values()
          .forEach(t -> check.lines(Section.TEMPLATES, t.id(), t.lines()));
    }
    return List.copyOf(check.wrong);
  }

  /** Those of these queues only: the others were let in before. */
  static List<Wrong> queues(Setup wanted, Set<String> ids) {
    SetupCheck check = new SetupCheck(wanted, Map.of());
    ids.forEach(id -> check.queue(id, Objects.requireNonNull(wanted.queues().get(id))));
    return List.copyOf(check.wrong);
  }

  private static boolean tells(SetupReader.Read read, Section... sections) {
    return Arrays.stream(sections).anyMatch(read.told()::contains);
  }

  /** At the key of the entry; at the section where the file does not tell the entry. */
  private void wrong(Section section, String name, String key, String detail) {
    String place = places.get(SetupReader.place(section, name));
    wrong.add(
        place == null
            ? new Wrong(section.key(), "%s: %s".formatted(name, detail))
            : new Wrong(place + "/" + key, detail));
  }

  private void users() {
    Map<String, String> phones = new HashMap<>();
    wanted.users().forEach((name, person) -> user(name, person, phones));
    boolean administrator =
        wanted.users().values().stream()
            .anyMatch(person -> person.active() && person.role() == Role.ADMINISTRATOR);
    if (!administrator) {
      wrong.add(
          new Wrong(
              Section.USERS.key(),
              "No active administrator would be left: give somebody the role administrator."));
    }
  }

  private void user(String name, Person person, Map<String, String> phones) {
    String team = person.team();
    if (team != null && !wanted.teams().containsKey(team)) {
      wrong(Section.USERS, name, "team", missing("team", team, wanted.teams().keySet()));
    }
    Phone spare = person.spare();
    phone(name, "phone", person.phone(), phones);
    phone(name, "sparePhone", spare, phones);
    if (spare != null && spare.kind() == Phone.Kind.VIRTUAL) {
      wrong(Section.USERS, name, "sparePhone", "A second phone is of kind browser or sip.");
    } else if (spare != null && person.phone() != null && person.phone().kind() == spare.kind()) {
      wrong(
          Section.USERS, name, "sparePhone",
          "The second phone has to be of another kind than the first: change one of them, or write 'none'.");
    }
  }

  private void phone(
      String name, String key, @Nullable Phone phone, Map<String, String> phones) {
    String other =
        phone == null ? null : phones.put(phone.switchId() + " " + phone.address(), name);
    if (phone != null && other != null) {
      wrong(
          Section.USERS, name, key,
          "The phone %s on the switch %s belongs to %s too: give each user another."
              .formatted(phone.address(), phone.switchId(), other));
    }
  }

  private void queue(String id, Group group) {
    for (String agent : group.agents()) {
      String detail = agent(agent);
      if (detail != null) {
        wrong(Section.QUEUES, id, "agents/" + group.agents().indexOf(agent), detail);
      }
    }
    for (String team : group.teams()) {
      if (!wanted.teams().containsKey(team)) {
        wrong(Section.QUEUES, id, "teams", missing("team", team, wanted.teams().keySet()));
      }
    }
    boolean served =
        wanted.users().entrySet().stream()
            .anyMatch(user -> user.getValue().takesCalls() && serves(user.getKey(), user.getValue(), group));
    if (!served) {
      wrong(
          Section.QUEUES, id, "agents",
          "The queue '%s' has no agents, so its callers would wait in vain: give it 'agents', or 'teams' with somebody in them who may take calls."
              .formatted(id));
    }
  }

  private static boolean serves(String name, Person person, Group group) {
    return group.agents().contains(name)
        || person.team() != null && group.teams().contains(person.team());
  }

  private @Nullable String agent(String name) {
    Person person = wanted.users().get(name);
    if (person == null) {
      return missing("user", name, wanted.users().keySet());
    }
    return !person.active() || person.takesCalls()
        ? null
        : "'%s' may not take calls: give this user the role agent, or the grant take-calls."
            .formatted(name);
  }

  private void line(Line line) {
    if (!wanted.queues().containsKey(line.queue())) {
      wrong(
          Section.LINES, line.did(), "queue",
          missing("queue", line.queue(), wanted.queues().keySet()));
    }
    String hours = line.access().hours();
    if (hours != null && !wanted.hours().containsKey(hours)) {
      wrong(
          Section.LINES, line.did(), "hours", missing("hours", hours, wanted.hours().keySet()));
    }
  }

  private void disposition(Disposition one) {
    String group = one.group();
    int level = 1;
    for (String up = group; up != null && level <= DISPOSITION_LEVELS; level++) {
      Disposition above = wanted.dispositions().get(up);
      if (above == null) {
        wrong(
            Section.DISPOSITIONS, one.code(), "in",
            missing("disposition", up, wanted.dispositions().keySet()));
        return;
      }
      up = above.group();
    }
    if (level > DISPOSITION_LEVELS) {
      wrong(
          Section.DISPOSITIONS, one.code(), "in",
          "'%s' stands more than %d levels deep, or in itself: let 'in' name another group."
              .formatted(one.code(), DISPOSITION_LEVELS));
    }
  }

  private void lines(Section section, String id, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (!wanted.lines().containsKey(lines.get(i))) {
        wrong(
            section, id, "lines/" + i, missing("line", lines.get(i), wanted.lines().keySet()));
      }
    }
  }

  private static String missing(String what, String name, Collection<String> known) {
    return "There is no %s '%s': add it to the file, or name one that is there%s"
        .formatted(what, name, Form.meant(name, known));
  }
}
