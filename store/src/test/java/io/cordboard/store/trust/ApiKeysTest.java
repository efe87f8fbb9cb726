package io.cordboard.store.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.trust.ApiKey;
import io.cordboard.core.trust.ApiKeys;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private final Database database = PostgresForTests.migrated();
  private final HikariDataSource pool = database.pool("keys", 2);
  private final HandClock clock = new HandClock();
  private final SecureRandom random = new SecureRandom();
  private final ApiKeys keys =
      new ApiKeys(new JdbcApiKeyStore(pool), clock, new Ids(clock, random), random);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aKeyIsFoundByWhatWasShownOnce() {
    ApiKeys.Created created = keys.create("PBX gateway", Role.INTEGRATION);
    assertThat(keys.find(created.secret())).map(ApiKey::id).contains(created.key().id());
  }

  @Test
  void theSecretIsNowhereInTheDatabaseNorInTheText() {
    ApiKeys.Created created = keys.create("PBX gateway", Role.INTEGRATION);
    String secret = created.secret().substring(created.secret().lastIndexOf('_') + 1);
    String row = new Rows(database).one("select k::text from api_key k");
    assertThat(row).doesNotContain(secret);
    assertThat(created.toString()).doesNotContain(secret);
  }

  @Test
  void anotherSecretWithTheSameIdIsNotFound() {
    String one = keys.create("one", Role.INTEGRATION).secret();
    String two = keys.create("two", Role.ADMINISTRATOR).secret();
    String mixed = one.substring(0, 36) + two.substring(36);
    assertThat(keys.find(mixed)).isEmpty();
  }

  @Test
  void oneWrongCharacterIsNotFound() {
    String right = keys.create("one", Role.INTEGRATION).secret();
    for (int i = 0; i < right.length(); i++) {
      char other = right.charAt(i) == 'Z' ? 'Y' : 'Z';
      assertThat(keys.find(right.substring(0, i) + other + right.substring(i + 1)))
          .as("changed at %d", i)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cb_", "Bearer", "cb__", "'; drop table api_key; --", "密钥"})
  void whatIsNoKeyIsNotFound(String presented) {
    assertThat(keys.find(presented)).isEmpty();
    assertThat(keys.find("cb_" + "z".repeat(32) + "_" + "A".repeat(43))).isEmpty();
  }

  @Test
  void aRevokedKeyIsNotFoundAnyMoreButStillListed() {
    ApiKeys.Created created = keys.create("old", Role.INTEGRATION);
    keys.revoke(created.key().id());
    assertThat(keys.find(created.secret())).isEmpty();
    assertThat(keys.list()).extracting(ApiKey::revokedAt).containsExactly(clock.micros());
    assertThatThrownBy(() -> keys.revoke(created.key().id())).isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void useIsNotedOnceAnHour() {
    ApiKeys.Created created = keys.create("busy", Role.INTEGRATION);
    keys.find(created.secret());
    long first = clock.micros();
    clock.advance(Duration.ofMinutes(59));
    keys.find(created.secret());
    assertThat(lastUsed()).containsExactly(first);
    clock.advance(Duration.ofMinutes(1));
    keys.find(created.secret());
    assertThat(lastUsed()).containsExactly(clock.micros());
  }

  private List<Long> lastUsed() {
    return keys.list().stream().map(ApiKey::lastUsedAt).toList();
  }
}
