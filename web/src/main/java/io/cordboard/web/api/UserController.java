package io.cordboard.web.api;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.web.guard.Needs;
import io.cordboard.web.guard.ShownOnce;
import io.cordboard.web.session.Sessions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People who may sign in. */
@Tag(name = "users")
@RestController
@RequestMapping("/api/v1/users")
class UserController {
  private final Users users;
  private final SparePhones spares;
  private final Sessions sessions;
  private final Audit audit;
  private final TeamChanges team;
  private final OneTimePasswords passwords;

  UserController(
      Users users, SparePhones spares, Sessions sessions, Audit audit, TeamChanges team,
      OneTimePasswords passwords) {
    this.users = users;
    this.spares = spares;
    this.sessions = sessions;
    this.audit = audit;
    this.team = team;
    this.passwords = passwords;
  }

  record UserList(List<UserView> items, @Nullable String next) {}

  /** A user with a password for once, which cannot be shown again. */
  record NewPassword(UserView user, String password) {}

  @Operation(summary = "Users, by name; all of them where no limit is told")
  @Needs(Permission.MANAGE_USERS)
  @GetMapping
  UserList list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    Page<User> page = Page.of(users.list(), cursor, limit, user -> user.id().toString());
    return new UserList(views(page.items()), page.next());
  }

  @Operation(summary = "Add a user; the answer has a password for once")
  @Needs(Permission.MANAGE_USERS)
  @ShownOnce
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewPassword add(@RequestBody UserOrder order, Principal who) {
    User user = passwords.user(order);
    String password = passwords.make();
    audit(who, "user-created", user.id());
    users.create(user, passwords.hash(password));
    team.changed();
    return new NewPassword(view(user), password);
  }

  @Operation(summary = "Change name, role, grants and phone; whoever may do less must sign in again")
  @Needs(Permission.MANAGE_USERS)
  @PostMapping("/{id}")
  UserView change(@PathVariable String id, @RequestBody UserOrder order, Principal who) {
    User before = existing(id);
    User after = order.appliedTo(before);
    audit.recordNow(
        new AuditEntry(
            who.auditName(), "user-changed", "user:" + before.id(), Outcome.DONE, null,
            Map.of("role", after.role().name(), "grants", after.grants().toString())));
    users.update(after);
    if (mayLess(after, before)) {
      // open sockets too: what was taken away must not go on being shown
      sessions.endAll(before.id());
    } else {
      sessions.changed(before.id());
    }
    team.changed();
    return view(after);
  }

  static boolean mayLess(User after, User before) {
    Principal now = Principal.of(after);
    Principal then = Principal.of(before);
    return Arrays.stream(Permission.values()).anyMatch(p -> then.may(p) && !now.may(p));
  }

  @Operation(summary = "Forbid signing in, and end all sessions")
  @Needs(Permission.MANAGE_USERS)
  @PostMapping("/{id}/disable")
  UserView disable(@PathVariable String id, Principal who) {
    UserView view = active(existing(id), false, who, "user-disabled");
    sessions.endAll(AgentId.parse(id));
    return view;
  }

  @Operation(summary = "Allow signing in again")
  @Needs(Permission.MANAGE_USERS)
  @PostMapping("/{id}/enable")
  UserView enable(@PathVariable String id, Principal who) {
    return active(existing(id), true, who, "user-enabled");
  }

  private UserView active(User user, boolean active, Principal who, String what) {
    User after = UserOrder.active(user, active);
    audit(who, what, user.id());
    users.update(after);
    team.changed();
    return view(after);
  }

  @Operation(summary = "Give another password for once, and end all sessions")
  @Needs(Permission.MANAGE_USERS)
  @ShownOnce
  @PostMapping("/{id}/password")
  NewPassword resetPassword(@PathVariable String id, Principal who) {
    User user = existing(id);
    String password = passwords.make();
    audit(who, "password-reset", user.id());
    users.changePassword(user.id(), passwords.hash(password), true);
    sessions.endAll(user.id());
    return new NewPassword(view(user), password);
  }

  /** The second phone; none takes it away. */
  record SpareOrder(@Nullable Phone phone) {}

  @Operation(summary = "Give a second phone, or take it away; the user chooses which one rings")
  @Needs(Permission.MANAGE_USERS)
  @PostMapping("/{id}/spare-phone")
  UserView spare(@PathVariable String id, @RequestBody SpareOrder order, Principal who) {
    User user = existing(id);
    audit(who, "spare-phone-given", user.id());
    spares.give(user.id(), order.phone());
    team.changed();
    return view(user);
  }

  private UserView view(User user) {
    return UserView.of(user, spares.all().get(user.id()));
  }

  private List<UserView> views(List<User> page) {
    Map<AgentId, Phone> second = spares.all();
    return page.stream().map(user -> UserView.of(user, second.get(user.id()))).toList();
  }

  private User existing(String id) {
    return users
        .byId(AgentId.parse(id))
        .orElseThrow(() -> new Fault.NotFound("There is no such user."));
  }

  private void audit(Principal who, String what, AgentId user) {
    audit.recordNow(AuditEntry.done(who, what, "user:" + user));
  }
}
