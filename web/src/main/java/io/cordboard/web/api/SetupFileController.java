package io.cordboard.web.api;

import io.cordboard.core.identity.TrunkBook;
import io.cordboard.core.setup.Setup.Person;
import io.cordboard.core.setup.Setup.Section;
import io.cordboard.core.setup.SetupBook;
import io.cordboard.core.setup.SetupBook.Newcomer;
import io.cordboard.core.setup.SetupBook.Password;
import io.cordboard.core.setup.SetupBook.Plan;
import io.cordboard.core.setup.SetupDiff;
import io.cordboard.core.setup.SetupForm;
import io.cordboard.core.setup.Wrong;
import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.guard.ShownOnce;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import io.cordboard.web.session.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that is set up, as one file. */
@Tag(name = "setup")
@RestController
@RequestMapping("/api/v1/setup")
class SetupFileController {
  private static final Logger LOG = LoggerFactory.getLogger(SetupFileController.class);
  private static final int MOST_TOLD = 20;

  private final SetupBook book;
  private final Users users;
  private final Sessions sessions;
  private final Audit audit;
  private final Runnable reload;

  SetupFileController(
      SetupBook book, Users users, Sessions sessions, Audit audit, SetupReload reload) {
    this.book = book;
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.reload = reload;
  }

  /** Everybody in this process learns of another set-up. */
  record SetupReload(TrunkBook trunks, TeamChanges team) implements Runnable {
    @Override
    public void run() {
      trunks.reload();
      team.changed();
    }
  }

  /**
   * What is set up.
   *
   * @param basedOn sent back with a change, so that nobody's change is overwritten unseen
   * @param yaml the file
   * @param sections the same as objects; without users for those who may not see them
   */
  record SetupFile(
      String basedOn, String yaml, Map<String, List<Map<String, Object>>> sections) {}

  /**
   * What a file changes.
   *
   * @param basedOn names the set-up that it was compared with
   * @param applied whether it was done
   * @param wrong what cannot be used; only where the changes were only to be shown
   * @param passwords of new users, for once
   */
  record SetupAnswer(
      String basedOn,
      boolean applied,
      List<WrongView> wrong,
      List<ChangeView> changes,
      List<Password> passwords) {}

  /**
   * A part that cannot be used.
   *
   * @param line in the file, from 1
   * @param path such as lines/0/queue
   */
  record WrongView(int line, int column, String path, String detail) {
    static WrongView of(Wrong wrong, SetupYaml yaml) {
      SetupYaml.Place place = yaml.place(wrong.path());
      return new WrongView(place.line(), place.column(), wrong.path(), wrong.detail());
    }

    private String words() {
      return line == 0
          ? detail
          : "line %d, column %d%s: %s"
              .formatted(line, column, path.isEmpty() ? "" : " (" + path + ")", detail);
    }
  }

  /** An entry that is not as it was; section as the file names it. */
  record ChangeView(
      String section, String name, SetupDiff.Kind kind, List<SetupDiff.Field> fields) {
    static ChangeView of(SetupDiff.Change change) {
      return new ChangeView(
          change.section().key(), change.name(), change.kind(), change.fields());
    }
  }

  @Operation(summary = "Everything that is set up, as the file that can be applied")
  @Needs({Permission.MANAGE_SYSTEM, Permission.SEE_SYSTEM})
  @GetMapping
  SetupFile export(Principal who) {
    // a file without a word: its plan tells the present
    Plan plan = book.plan(Map.of());
    Map<String, List<Map<String, Object>>> sections = SetupForm.of(plan.now());
    if (!who.may(Permission.MANAGE_USERS)) {
      sections.remove("users");
    }
    return new SetupFile(plan.basedOn(), SetupYaml.write(sections), sections);
  }

  @Operation(
      summary = "Make everything as the file says, all or nothing; with dryRun only tell what would change",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = {
                @Content(mediaType = "application/yaml", schema = @Schema(type = "string")),
                @Content(mediaType = "application/json", schema = @Schema(type = "object"))
              }))
  @Needs(Permission.MANAGE_SYSTEM)
  @ShownOnce
  @PutMapping(consumes = {"application/yaml", "application/json"})
  SetupAnswer apply(
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestParam(required = false) @Nullable String basedOn,
      @RequestBody byte[] file,
      Principal who) {
    SetupYaml yaml = SetupYaml.read(file);
    // a plan tells of the users there are, even where it is only shown
    if (yaml.tree() instanceof Map<?, ?> told && told.containsKey(Section.USERS.key())) {
      mayManageUsers(who);
    }
    Plan plan = book.plan(yaml.wrong().isEmpty() ? yaml.tree() : Map.of());
    List<WrongView> wrong =
        (yaml.wrong().isEmpty() ? plan.wrong() : yaml.wrong())
            .stream().map(one -> WrongView.of(one, yaml)).toList();
    if (dryRun) {
      return answer(plan, false, wrong, List.of());
    }
    if (!wrong.isEmpty()) {
      throw new Fault.BadRequest(words(wrong));
    }
    if (basedOn != null && !basedOn.equals(plan.basedOn())) {
      throw new Fault.Refused(
          "Somebody changed the set-up meanwhile: look at what would change now, then apply again.");
    }
    if (plan.touchesUsers()) {
      mayManageUsers(who);
    }
    List<Password> passwords = plan.changes().isEmpty() ? List.of() : carryOut(plan, who);
    return answer(plan, true, List.of(), passwords);
  }

  private static void mayManageUsers(Principal who) {
    if (!who.may(Permission.MANAGE_USERS)) {
      throw new Denied(
          Kind.FORBIDDEN,
          "The file tells of users, and the role %s lacks MANAGE_USERS; leave 'users' out, or let an administrator grant it."
              .formatted(who.role()));
    }
  }

  private static SetupAnswer answer(
      Plan plan, boolean applied, List<WrongView> wrong, List<Password> passwords) {
    return new SetupAnswer(
        plan.basedOn(), applied, wrong, plan.changes().stream().map(ChangeView::of).toList(),
        passwords);
  }

  private static String words(List<WrongView> wrong) {
    String first =
        wrong.stream().limit(MOST_TOLD).map(WrongView::words).collect(Collectors.joining("\n"));
    int more = wrong.size() - MOST_TOLD;
    return more > 0 ? first + "\nand %d more.".formatted(more) : first;
  }

  // ---- done ------------------------------------------------------------------------------------

  private List<Password> carryOut(Plan plan, Principal who) {
    List<Newcomer> newcomers = book.newcomers(plan);
    List<Affected> affected = affected(plan, newcomers);
    List<AuditEntry> entries = new ArrayList<>();
    affected.forEach(one -> entries.add(one.entry(who)));
    entries.add(applied(plan, who));
    List<Password> passwords =
        Audited.run(
            audit, entries,
            () -> carriedOut(() -> book.apply(plan, newcomers, who.auditName()), affected));
    quietly("audit each change", () -> trail(plan, who));
    return passwords;
  }

  /** Once it is done nothing may fail any more: nobody would get the passwords, nor do the rest. */
  private List<Password> carriedOut(Supplier<List<Password>> work, List<Affected> affected) {
    try {
      List<Password> passwords = work.get();
      known(affected);
      return passwords;
    } catch (Fault.OutcomeUnknown perhapsDone) {
      known(affected);
      throw perhapsDone;
    }
  }

  private void known(List<Affected> affected) {
    // open sockets too: what was taken away must not go on being shown
    for (Affected one : affected) {
      if (one.mayLess()) {
        quietly("end sessions", () -> sessions.endAll(one.after().id()));
      }
    }
    for (Affected one : affected) {
      quietly("read rights", () -> sessions.changed(one.after().id()));
    }
    quietly("read the set-up again", reload);
  }

  private static void quietly(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      LOG.error("A set-up was applied, but could not {}", what, failed);
    }
  }

  private void trail(Plan plan, Principal who) {
    for (SetupDiff.Change change : plan.changes()) {
      if (change.section() != Section.USERS) {
        String subject = change.section().key() + ":" + change.name();
        audit.record(entry(who, "setup-" + kind(change), subject, change));
      }
    }
  }

  private static String kind(SetupDiff.Change change) {
    return change.kind().name().toLowerCase(Locale.ROOT);
  }

  private static AuditEntry applied(Plan plan, Principal who) {
    return new AuditEntry(
        who.auditName(), "setup-applied", "setup", Outcome.DONE, null,
        Map.of("basedOn", plan.basedOn(), "changes", String.valueOf(plan.changes().size())));
  }

  private static AuditEntry entry(
      Principal who, String what, String subject, SetupDiff.Change change) {
    String fields =
        change.fields().stream().map(SetupDiff.Field::name).collect(Collectors.joining(" "));
    return new AuditEntry(
        who.auditName(), what, subject, Outcome.DONE, null, Map.of("fields", fields));
  }

  // ---- whom it affects -------------------------------------------------------------------------

  /**
   * A user who is added or changed.
   *
   * @param before null for a new one
   */
  private record Affected(@Nullable User before, User after) {
    private AuditEntry entry(Principal who) {
      Set<Permission> had = before == null ? Set.of() : before.grants();
      return new AuditEntry(
          who.auditName(), before == null ? "user-created" : "user-changed",
          "user:" + after.id(), Outcome.DONE, null,
          Map.of(
              "role", after.role().name(), "active", String.valueOf(after.active()),
              "granted", more(after.grants(), had), "withdrawn", more(had, after.grants())));
    }

    // all of them may be longer than an entry is
    private static String more(Set<Permission> some, Set<Permission> than) {
      return some.stream()
          .filter(one -> !than.contains(one))
          .sorted()
          .map(Permission::name)
          .collect(Collectors.joining(" "));
    }

    private boolean mayLess() {
      return before != null && (!after.active() || UserController.mayLess(after, before));
    }
  }

  private List<Affected> affected(Plan plan, List<Newcomer> newcomers) {
    List<Affected> affected = new ArrayList<>();
    newcomers.forEach(one -> affected.add(new Affected(null, one.user())));
    for (User user : plan.touchesUsers() ? users.list() : List.<User>of()) {
      Person wanted = plan.wanted().users().get(user.username().value());
      if (wanted != null && !wanted.equals(plan.now().users().get(user.username().value()))) {
        affected.add(new Affected(user, as(user, wanted)));
      }
    }
    return affected;
  }

  private static User as(User user, Person wanted) {
    return new User(
        user.id(), user.username(), wanted.shown(), wanted.role(), wanted.grants(),
        wanted.active(), wanted.phone(), user.mustChangePassword(), user.createdAt());
  }
}
