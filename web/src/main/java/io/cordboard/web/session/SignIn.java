package io.cordboard.web.session;

import io.cordboard.core.trust.Audit;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.LoginThrottle;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.Principal;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.core.trust.Users;
import io.cordboard.core.trust.Users.Login;
import io.cordboard.kernel.Fault;
import io.cordboard.web.problem.Denied;
import io.cordboard.web.problem.Problem.Kind;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks passwords. An unknown name takes as long as a wrong password. Thread-safe. */
public final class SignIn {
  private final Users users;
  private final PasswordHasher hasher;
  private final LoginThrottle throttle;
  private final Audit audit;
  private final Sessions sessions;
  private final String nobodysHash;

  public SignIn(
      Users users,
      PasswordHasher hasher,
      LoginThrottle throttle,
      Audit audit,
      Sessions sessions,
      Secrets secrets) {
    this.users = users;
    this.hasher = hasher;
    this.throttle = throttle;
    this.audit = audit;
    this.sessions = sessions;
    this.nobodysHash = hasher.hash(secrets.token());
  }

  /**
   * Signs in.
   *
   * @return the token of the new session
   * @throws Fault.Busy after too many failures
   * @throws Denied when name or password is wrong
   */
  public String open(String name, String password, InetAddress address) {
    throttle.begin(name, address);
    Optional<Login> login = login(name);
    boolean right = rightPassword(login, password);
    User user = login.map(Login::user).orElse(null);
    if (user == null || !right || !user.active()) {
      refused(user, address);
      throw new Denied(Kind.UNAUTHENTICATED, "User name or password is wrong.");
    }
    throttle.succeeded(name, address);
    audit.recordNow(entry(user, "signed-in", Outcome.DONE, address));
    return sessions.open(user);
  }

  private boolean rightPassword(Optional<Login> login, String password) {
    // unknown names are checked against a hash too, so that time does not tell them apart
    boolean readable = password.length() <= PasswordRule.MAX * 2 && PasswordRule.isText(password);
    String bounded = readable ? password : "";
    boolean matches = hasher.matches(bounded, login.map(Login::passwordHash).orElse(nobodysHash));
    return matches && login.isPresent();
  }

  private Optional<Login> login(String name) {
    try {
      return users.login(new Username(name));
    } catch (Fault.BadRequest noName) {
      return Optional.empty();
    }
  }

  private void refused(@Nullable User user, InetAddress address) {
    // a name nobody has is not written down: people type their password there
    audit.record(
        user == null
            ? new AuditEntry(
                "nobody", "sign-in-refused", "user:unknown", Outcome.REFUSED, null, from(address))
            : entry(user, "sign-in-refused", Outcome.REFUSED, address));
  }

  private static AuditEntry entry(User user, String what, Outcome outcome, InetAddress address) {
    String who = Principal.of(user).auditName();
    return new AuditEntry(who, what, who, outcome, null, from(address));
  }

  private static Map<String, String> from(InetAddress address) {
    return Map.of("address", address.getHostAddress());
  }

  /**
   * The user chooses another password; all their sessions end and a new one opens.
   *
   * @return the token of the new session
   */
  public String changePassword(User user, String current, String next, InetAddress address) {
    throttle.begin(user.username().value(), address);
    if (!rightPassword(users.login(user.username()), current)) {
      refused(user, address);
      throw new Fault.BadRequest("The current password is wrong.");
    }
    throttle.succeeded(user.username().value(), address);
    PasswordRule.check(next, user);
    if (next.equals(current)) {
      throw new Fault.BadRequest("The new password must differ from the current one.");
    }
    audit.recordNow(entry(user, "password-changed", Outcome.DONE, address));
    users.changePassword(user.id(), hasher.hash(next), false);
    sessions.endAll(user.id());
    return sessions.open(users.byId(user.id()).orElseThrow());
  }
}
