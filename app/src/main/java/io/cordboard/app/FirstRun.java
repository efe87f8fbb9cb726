package io.cordboard.app;

import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.PasswordHasher;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.core.trust.Users;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the first users and the first key; nothing has a default password. */
record FirstRun(
    Users users, PasswordHasher hasher, ApiKeys keys, Clock clock, Ids ids, SecureRandom random) {
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final Set<Permission> TRY_OUT =
      EnumSet.of(
          Permission.TAKE_CALLS,
          Permission.SEE_CUSTOMERS,
          Permission.EDIT_CUSTOMERS,
          Permission.WORK_TASKS,
          Permission.PLAY_OWN_RECORDINGS);

  /** What was just made, and is shown once; empty when all was there before. */
  record Made(
      String adminUser,
      @Nullable String adminPassword,
      @Nullable String apiKey,
      List<Login> demoLogins) {
    static Made nothing() {
      return new Made("", null, null, List.of());
    }

    @Override
    public String toString() {
      return "Made[...]";
    }
  }

  /** A user name with the password that was made for it. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  Made run(boolean demo) {
    if (!users.list().isEmpty()) {
      return Made.nothing();
    }
    String password = password();
    // with demo data the administrator may try the desk; a real installation grants nothing
    create("admin", "Administrator", Role.ADMINISTRATOR, demo ? TRY_OUT : Set.of(), password, true);
    List<Login> logins = new ArrayList<>();
    if (demo) {
      logins.add(demoUser("agent1", "坐席一 Agent 1", Role.AGENT));
      logins.add(demoUser("agent2", "坐席二 Agent 2", Role.AGENT));
      logins.add(demoUser("supervisor1", "班长 Supervisor", Role.SUPERVISOR));
    }
    String key = keys.create("first key", Role.ADMINISTRATOR).secret();
    return new Made("admin", password, key, logins);
  }

  private Login demoUser(String name, String shown, Role role) {
    String password = password();
    create(name, shown, role, Set.of(), password, false);
    return new Login(name, password);
  }

  private void create(
      String name, String shown, Role role, Set<Permission> grants, String password,
      boolean mustChange) {
    users.create(
        new User(
            new AgentId(ids.next()), new Username(name), new DisplayName(shown), role, grants,
            true, null, mustChange, clock.micros()),
        hasher.hash(password));
  }

  private String password() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 5 == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
