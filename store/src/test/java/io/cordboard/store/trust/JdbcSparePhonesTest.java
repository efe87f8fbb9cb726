package io.cordboard.store.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.trust.DisplayName;
import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.core.trust.Username;
import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import io.cordboard.store.PostgresForTests;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSparePhonesTest {
  private static final AgentId ANN = new AgentId(new UUID(5, 1));
  private static final AgentId BOB = new AgentId(new UUID(5, 2));
  private static final Phone BROWSER = new Phone("asterisk", "2001", Phone.Kind.BROWSER);
  private static final Phone SIP = new Phone("asterisk", "1001", Phone.Kind.SIP);

  private final HikariDataSource pool = PostgresForTests.migrated().pool("test", 2);
  private final JdbcUsers users = new JdbcUsers(pool);
  private final JdbcSparePhones spares = new JdbcSparePhones(pool);

  private static User user(AgentId id, String name, @Nullable Phone phone) {
    return new User(
        id, new Username(name), new DisplayName(name), Role.AGENT, Set.of(), true, phone, false, 0);
  }

  @BeforeEach
  void annWithABrowserPhoneAndBobWithNone() {
    users.create(user(ANN, "ann", BROWSER), "x");
    users.create(user(BOB, "bob", null), "x");
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private @Nullable Phone rings(AgentId user) {
    return users.byId(user).orElseThrow().phone();
  }

  @Test
  void theOneThatIsChosenRingsAndTheOtherIsTheSpare() {
    spares.give(ANN, SIP);
    assertThat(spares.all()).isEqualTo(Map.of(ANN, SIP));
    spares.use(ANN, Phone.Kind.SIP);
    spares.use(ANN, Phone.Kind.SIP);
    assertThat(rings(ANN)).isEqualTo(SIP);
    assertThat(spares.all()).isEqualTo(Map.of(ANN, BROWSER));
    spares.use(ANN, Phone.Kind.BROWSER);
    assertThat(rings(ANN)).isEqualTo(BROWSER);
    spares.give(ANN, null);
    assertThat(spares.all()).isEmpty();
    assertThatThrownBy(() -> spares.use(ANN, Phone.Kind.SIP)).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void aDeviceIsOneUsersRungOrNot() {
    assertThatThrownBy(() -> spares.give(BOB, BROWSER))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("2001");
    spares.give(ANN, SIP);
    assertThatThrownBy(() -> users.update(user(BOB, "bob", SIP)))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("1001");
    assertThatThrownBy(() -> spares.give(BOB, SIP)).isInstanceOf(Fault.Refused.class);
  }

  @Test
  void twoPhonesOfOneKindAreRefused() {
    Phone other = new Phone("asterisk", "2002", Phone.Kind.BROWSER);
    assertThatThrownBy(() -> spares.give(ANN, other)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> spares.give(new AgentId(new UUID(5, 9)), SIP))
        .isInstanceOf(Fault.NotFound.class);
  }
}
