package io.cordboard.core.setup;

import io.cordboard.core.routing.Directory.Comfort;
import io.cordboard.core.routing.Directory.DropOut;
import io.cordboard.core.routing.Line;
import io.cordboard.core.setup.Setup.Group;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.Setup.Section;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file over what is set up now: a section that it does not tell stays as it is, and so do users
 * whom it does not name.
 */
final class SetupReader {
  private static final String NO_PHONE = "none";
  private static final String ID = "[a-z0-9][a-z0-9-]{0,39}";

  private final Setup present;
  private final List<Wrong> wrong = new ArrayList<>();
  private final Map<String, String> places = new LinkedHashMap<>();

  private SetupReader(Setup present) {
    this.present = present;
  }

  /**
   * What was read.
   *
   * @param wanted how everything shall be
   * @param told the sections of the file
   * @param places where each entry stands, by {@link #place}
   */
  record Read(Setup wanted, Set<Section> told, Map<String, String> places, List<Wrong> wrong) {}

  /** The key of an entry in {@link Read#places}. */
  static String place(Section section, String name) {
    return section.key() + ":" + name;
  }

  /** Reads texts, lists and mappings. */
  static Read read(@Nullable Object tree, Setup present) {
    SetupReader reader = new SetupReader(present);
    Form file = Form.of("", tree, reader.wrong);
    Set<Section> told = EnumSet.noneOf(Section.class);
    for (Section section : Section.values()) {
      if (file.has(section.key())) {
        told.add(section);
      }
    }
    Setup wanted =
        new Setup(
            reader.users(file),
            reader.section(file, Section.TEAMS, present.teams(), "id", ID, SetupReader::team),
            reader.section(file, Section.QUEUES, present.queues(), "id", ID, SetupReader::group),
            reader.section(file, Section.HOURS, present.hours(), "id", ID, RoutingForms::hours),
            reader.lines(file),
            reader.section(
                file, Section.DISPOSITIONS, present.dispositions(), "code", ID,
                OutcomeForms::disposition),
            reader.section(
                file, Section.FIELDS, present.fields(), "id", ID, OutcomeForms::field),
            reader.section(
                file, Section.TEMPLATES, present.templates(), "id", ID, OutcomeForms::template),
            reader.section(
                file, Section.TRUNKS, present.trunks(), "name",
                "[A-Za-z0-9][A-Za-z0-9._-]{0,99}", (name, form) -> TrunkForms.rules(form)));
    file.done();
    return new Read(wanted, told, reader.places, reader.wrong);
  }

  private <T> Map<String, T> section(
      Form file, Section section, Map<String, T> now, String key, String rule,
      BiFunction<String, Form, @Nullable T> make) {
    if (!file.has(section.key())) {
      return now;
    }
    Map<String, T> found = new LinkedHashMap<>();
    for (Form form : file.forms(section.key())) {
      String name = form.needed(key);
      if (name != null && !name.matches(rule)) {
        form.wrong(key, nameRule(name, rule));
        name = null;
      }
      put(section, form, key, name, make.apply(name == null ? "" : name, form), found);
    }
    return found;
  }

  private static String nameRule(String name, String rule) {
    return "'%s' cannot be: write %s."
        .formatted(
            Fault.excerpt(name),
            rule.equals(ID)
                ? "1 to 40 small letters, digits and dashes"
                : "letters, digits and . _ -, as the switch names the trunk");
  }

  private <T> void put(
      Section section, Form form, String key, @Nullable String name, @Nullable T made,
      Map<String, T> into) {
    form.done();
    if (name == null) {
      return;
    }
    String before = places.putIfAbsent(place(section, name), form.at());
    if (before != null) {
      form.wrong(
          key,
          "'%s' stands in the file twice, first at %s: give one of them another, or take it away."
              .formatted(Fault.excerpt(name), before));
    } else if (made != null) {
      into.put(name, made);
    }
  }

  // ---- users -----------------------------------------------------------------------------------

  private Map<String, Person> users(Form file) {
    Map<String, Person> all = new LinkedHashMap<>(present.users());
    Map<String, Person> told = new LinkedHashMap<>();
    if (file.has(Section.USERS.key())) {
      for (Form form : file.forms(Section.USERS.key())) {
        String text = form.needed("name");
        String name = form.made("name", text, t -> new Username(t).value());
        put(Section.USERS, form, "name", name, person(name == null ? "" : name, form), told);
      }
    }
    all.putAll(told);
    told.keySet().forEach(name -> all.computeIfPresent(name, (n, person) -> letGo(n, person, all)));
    return all;
  }

  /** Whoever gets the first phone back keeps the other one, unless it is somebody else's now. */
  private Person letGo(String name, Person person, Map<String, Person> all) {
    Person before = present.users().get(name);
    Phone spare = person.spare();
    boolean putAside =
        spare != null && before != null && spare.equals(before.phone());
    boolean elsewhere =
        spare != null
            && all.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(name) && other.getValue().has(spare));
    return putAside && elsewhere ? person.withSpare(null) : person;
  }

  private @Nullable Person person(String name, Form form) {
    Person before = present.users().get(name);
    DisplayName shown = form.made("shown", form.needed("shown"), DisplayName::new);
    form.needed("role");
    Role role = form.one("role", Role.class);
    Set<Permission> grants = form.some("grants", Permission.class);
    boolean active = form.flag("active", true);
    Phones phones = phones(form, before);
    String team = form.text("team");
    return shown == null || role == null
        ? null
        : new Person(shown, role, grants, active, phones.rings(), team, phones.spare());
  }

  /** The two phones of a user. */
  private record Phones(@Nullable Phone rings, @Nullable Phone spare) {
    static Phones of(@Nullable Person person) {
      return person == null ? new Phones(null, null) : new Phones(person.phone(), person.spare());
    }

    Phones swapped() {
      return new Phones(spare, rings);
    }
  }

  /**
   * A phone that the file does not tell stays: the server gives browser phones out by itself. Which of two
   * rings is the user's choice, unless the file tells the first alone: then that one rings.
   */
  private static Phones phones(Form user, @Nullable Person person) {
    Phones before = Phones.of(person);
    Phone rings = phone(user, "phone", before.rings());
    Phone spare = phone(user, "sparePhone", before.spare());
    if (!user.has("sparePhone")) {
      boolean chosenBack = rings != null && spare != null && rings.isSameDevice(spare);
      return new Phones(rings, chosenBack ? before.rings() : spare);
    }
    Phones told = new Phones(rings, spare);
    return told.equals(before.swapped()) ? before : told;
  }

  private static @Nullable Phone phone(Form user, String key, @Nullable Phone before) {
    if (!user.has(key)) {
      return before;
    }
    if (user.isText(key)) {
      if (!NO_PHONE.equals(user.text(key))) {
        user.wrong(
            key, "Here belong switch, extension and kind, or '%s' for no phone.".formatted(NO_PHONE));
      }
      return null;
    }
    Form form = user.form(key);
    if (form == null) {
      return null;
    }
    String switchId = form.needed("switch");
    String extension = form.needed("extension");
    form.needed("kind");
    Phone.Kind kind = form.one("kind", Phone.Kind.class);
    form.done();
    return switchId == null || extension == null || kind == null
        ? null
        : user.made(key, extension, e -> new Phone(switchId, e, kind));
  }

  // ---- the rest --------------------------------------------------------------------------------

  private static @Nullable String team(String id, Form form) {
    return label(form);
  }

  static @Nullable String label(Form form) {
    String label = form.needed("label");
    return form.made("label", label, text -> new DisplayName(text).value());
  }

  private static @Nullable Group group(String id, Form form) {
    String label = label(form);
    List<String> agents = form.texts("agents");
    List<String> teams = form.texts("teams");
    int seconds = form.number("announceSeconds", 0, Comfort.OFTENEST_SECONDS, 3_600);
    String key = callBackKey(form, seconds);
    int tries = form.number("callBackTries", Comfort.TRIES, 1, 10);
    int minutes = form.number("callBackMinutes", Comfort.MINUTES, 1, 120);
    int park = form.number("parkSeconds", Comfort.PARK_SECONDS, 30, 3_600);
    DropOut dropOut = form.one("dropOut", DropOut.class);
    Comfort comfort =
        new Comfort(
            seconds, key, tries, minutes, park, dropOut == null ? DropOut.COMPLETE : dropOut);
    boolean autoAnswer = form.flag("autoAnswer", false);
    return label == null ? null : new Group(label, agents, teams, comfort, autoAnswer);
  }

  private static @Nullable String callBackKey(Form form, int announceSeconds) {
    String key = form.text("callBackKey");
    if (key != null && !key.matches("[0-8]")) {
      form.wrong(
          "callBackKey",
          "'%s' cannot be: write one digit from '0' to '8'; 9 says no to being recorded."
              .formatted(Fault.excerpt(key)));
      return null;
    }
    if (key != null && announceSeconds == 0) {
      form.wrong(
          "callBackKey",
          "Nobody would hear of it: it is offered where callers are told their place, so give 'announceSeconds' too.");
      return null;
    }
    return key;
  }

  private Map<String, Line> lines(Form file) {
    if (!file.has(Section.LINES.key())) {
      return present.lines();
    }
    Map<String, Line> found = new LinkedHashMap<>();
    for (Form form : file.forms(Section.LINES.key())) {
      String did = form.made("number", form.needed("number"), RoutingForms::did);
      put(
          Section.LINES, form, "number", did,
          RoutingForms.line(did == null ? "" : did, form), found);
    }
    return found;
  }
}
