package io.cordboard.store.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Permission;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.PostgresForTests;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcUsersTest {
  private final HikariDataSource pool = PostgresForTests.migrated().pool("users", 4);
  private final JdbcUsers users = new JdbcUsers(pool);
  private long made;

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aUserComesBackAsCreated() {
    User user =
        new User(
            new AgentId(new UUID(7, 1)),
            new Username("wang.fang"),
            new DisplayName("王芳 👩‍💼"),
            Role.AGENT,
            Set.of(Permission.PLAY_EVERY_RECORDING),
            true,
            new Phone("asterisk", "2001", Phone.Kind.BROWSER),
            true,
            1_700_000_000_000_001L);
    users.create(user, "hash");
    assertThat(users.byId(user.id())).contains(user);
    assertThat(users.login(new Username("WANG.Fang")).orElseThrow().user()).isEqualTo(user);
    assertThat(users.login(user.username()).orElseThrow().passwordHash()).isEqualTo("hash");
  }

  @Test
  void aHashIsNeverPartOfTheText() {
    users.create(user("carol", Role.AGENT, null), "very-secret-hash");
    assertThat(users.login(new Username("carol")).orElseThrow().toString())
        .doesNotContain("very-secret-hash");
  }

  @Test
  void unknownUsersAreEmpty() {
    assertThat(users.byId(new AgentId(new UUID(1, 1)))).isEmpty();
    assertThat(users.login(new Username("nobody"))).isEmpty();
  }

  @Test
  void aNameIsTakenWhateverItsCase() {
    users.create(user("alice", Role.AGENT, null), "h");
    assertThatThrownBy(() -> users.create(user("ALICE", Role.AGENT, null), "h"))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("'alice' already");
  }

  @Test
  void aPhoneBelongsToOneUserOfItsSwitch() {
    users.create(user("alice", Role.AGENT, phone("asterisk", "2001")), "h");
    users.create(user("bob", Role.AGENT, phone("demo", "2001")), "h");
    assertThatThrownBy(() -> users.create(user("carl", Role.AGENT, phone("demo", "2001")), "h"))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("2001")
        .hasMessageContaining("demo");
  }

  @Test
  void aChangeReplacesAllButNamePasswordAndTime() {
    User before = user("alice", Role.AGENT, phone("demo", "1"));
    users.create(user("root", Role.ADMINISTRATOR, null), "h");
    users.create(before, "h");
    User after =
        new User(
            before.id(),
            new Username("other"),
            new DisplayName("Alice B"),
            Role.SUPERVISOR,
            Set.of(Permission.READ_AUDIT),
            false,
            null,
            true,
            5);
    users.update(after);
    User read = users.byId(before.id()).orElseThrow();
    assertThat(read.username()).isEqualTo(before.username());
    assertThat(read.createdAt()).isEqualTo(before.createdAt());
    assertThat(read.mustChangePassword()).isFalse();
    assertThat(read.role()).isEqualTo(Role.SUPERVISOR);
    assertThat(read.active()).isFalse();
    assertThat(read.phone()).isNull();
    assertThat(read.grants()).containsExactly(Permission.READ_AUDIT);
  }

  @Test
  void aPasswordIsChanged() {
    User user = user("alice", Role.AGENT, null);
    users.create(user, "old");
    users.changePassword(user.id(), "new", true);
    assertThat(users.login(user.username()).orElseThrow().passwordHash()).isEqualTo("new");
    assertThat(users.byId(user.id()).orElseThrow().mustChangePassword()).isTrue();
  }

  @Test
  void changingSomebodyUnknownIsNotFound() {
    User nobody = user("nobody", Role.AGENT, null);
    assertThatThrownBy(() -> users.update(nobody)).isInstanceOf(Fault.NotFound.class);
    assertThatThrownBy(() -> users.changePassword(nobody.id(), "h", false))
        .isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void theLastAdministratorStays() {
    User root = user("root", Role.ADMINISTRATOR, null);
    users.create(root, "h");
    assertThatThrownBy(() -> users.update(disabled(root)))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("last active administrator");
    assertThat(users.byId(root.id()).orElseThrow().active()).isTrue();
  }

  @Test
  void twoAdministratorsWhoDisableEachOtherAtOnceDoNotBothSucceed() throws Exception {
    for (int round = 0; round < 20; round++) {
      User one = user("one" + round, Role.ADMINISTRATOR, null);
      User two = user("two" + round, Role.ADMINISTRATOR, null);
      users.create(one, "h");
      users.create(two, "h");
      users.list().stream()
          .filter(u -> u.active() && !Set.of(one.id(), two.id()).contains(u.id()))
          .forEach(u -> users.update(disabled(u)));
      assertThat(raceToDisable(one, two)).isEqualTo(1);
    }
  }

  private long raceToDisable(User one, User two) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Boolean>> results =
          Stream.of(one, two).map(u -> threads.submit(() -> tryToDisable(u, go))).toList();
      go.countDown();
      long disabled = 0;
      for (Future<Boolean> result : results) {
        disabled += result.get() ? 1 : 0;
      }
      return disabled;
    }
  }

  private boolean tryToDisable(User user, CountDownLatch go) throws InterruptedException {
    go.await();
    try {
      users.update(disabled(user));
      return true;
    } catch (Fault.Refused last) {
      return false;
    }
  }

  private User user(String name, Role role, @Nullable Phone phone) {
    made++;
    return new User(
        new AgentId(new UUID(9, made)),
        new Username(name),
        new DisplayName("Name"),
        role,
        Set.of(),
        true,
        phone,
        false,
        made);
  }

  private static User disabled(User u) {
    return new User(
        u.id(), u.username(), u.displayName(), u.role(), u.grants(), false, u.phone(), false, 0);
  }

  private static Phone phone(String switchId, String address) {
    return new Phone(switchId, address, Phone.Kind.VIRTUAL);
  }
}
