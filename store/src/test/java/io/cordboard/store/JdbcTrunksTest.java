package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.IceServers.IceServer;
import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.core.identity.TrunkStore.Change;
import io.cordboard.core.identity.TrunkStore.Version;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JdbcTrunksTest {
  private static final TrunkRules RULES =
      TrunkRules.of(new Place("CN", "0755", List.of("9", "0")))
          .rewriting(
              RewriteRule.of("00852|.", "+852$"),
              new RewriteRule(Set.of(Side.LINE), DialPattern.of("XXXX"), "+867558210$"))
          .findingLineIn(LineSource.HISTORY_INFO, LineSource.TO)
          .trustingAsserted()
          .owning("8XXX", "+8675582100000-+8675582100099");

  private static final TrunkRules US = TrunkRules.of(Place.of("US"));

  private final Database database = PostgresForTests.migrated();

  private static Change change(@Nullable Integer basedOn, long at) {
    return new Change(basedOn, new Stamp(at, "user:boss"));
  }

  @Test
  void rulesComeBackAsTheyWereSet() {
    try (var pool = database.pool("test", 2)) {
      JdbcTrunks trunks = new JdbcTrunks(pool);
      assertThat(trunks.save("acme", RULES, change(null, 5)))
          .isEqualTo(new Version(1, new Stamp(5, "user:boss"), RULES));
      trunks.save("default", US, change(0, 6));
      assertThat(trunks.load())
          .isEqualTo(
              Map.of(
                  "acme", new Version(1, new Stamp(5, "user:boss"), RULES),
                  "default", new Version(1, new Stamp(6, "user:boss"), US)));
      trunks.save("acme", US, change(1, 7));
      assertThat(trunks.load().get("acme").rules()).isEqualTo(US);
      trunks.save("acme", null, change(2, 8));
      assertThat(trunks.load()).containsOnlyKeys("default");
    }
  }

  @Test
  void everyVersionStaysAndIsListedNewestFirstInPages() {
    try (var pool = database.pool("test", 2)) {
      JdbcTrunks trunks = new JdbcTrunks(pool);
      trunks.save("acme", RULES, change(null, 5));
      trunks.save("acme", null, change(null, 6));
      trunks.save("acme", US, change(null, 7));
      List<Version> page = trunks.history("acme", Integer.MAX_VALUE, 2);
      assertThat(page).extracting(Version::n).containsExactly(3, 2);
      assertThat(page.getLast().rules()).isNull();
      assertThat(trunks.history("acme", 2, 2))
          .containsExactly(new Version(1, new Stamp(5, "user:boss"), RULES));
      assertThat(trunks.history("nobody", Integer.MAX_VALUE, 2)).isEmpty();
    }
  }

  @Test
  void ofTwoWhoChangeTheSameVersionTheSecondIsRefused() {
    try (var pool = database.pool("test", 2)) {
      JdbcTrunks trunks = new JdbcTrunks(pool);
      trunks.save("acme", RULES, change(0, 5));
      assertThatThrownBy(() -> trunks.save("acme", US, change(0, 6)))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("meanwhile");
      assertThat(trunks.history("acme", Integer.MAX_VALUE, 9)).hasSize(1);
    }
  }

  @Test
  void rulesThatWereRemovedAreSetAgainByWhoeverSawNone() {
    try (var pool = database.pool("test", 2)) {
      JdbcTrunks trunks = new JdbcTrunks(pool);
      trunks.save("default", RULES, change(0, 5));
      trunks.save("default", null, change(1, 6));
      assertThat(trunks.save("default", US, change(0, 7)).n()).isEqualTo(3);
      assertThatThrownBy(() -> trunks.save("default", RULES, change(0, 8)))
          .isInstanceOf(Fault.Refused.class);
      assertThat(trunks.load().get("default").rules()).isEqualTo(US);
    }
  }

  @Test
  void rulesOfAnEarlierVersionOfTheProductAreTheFirstOnesOfTheHistory() {
    Database before = PostgresForTests.empty();
    Flyway.configure()
        .dataSource(before.url(), before.user(), before.password())
        .target("11")
        .load()
        .migrate();
    Rows rows = new Rows(before);
    rows.execute(
        """
        insert into trunk values ('acme', 'CN', '0755', '{9,0}', '{HISTORY_INFO,TO}', true,
          '{8XXX,+8675582100000-+8675582100099}')
        """,
        "insert into trunk_rewrite values ('acme', 1, '{LINE}', 'XXXX', '+867558210$')",
        "insert into trunk_rewrite values ('acme', 0, '{CALLER,LINE}', '00852|.', '+852$')",
        "insert into trunk values ('bare', 'US', '', '{}', '{REQUEST_LINE,TO}', false, '{}')");
    before.migrate();
    try (var pool = before.pool("test", 2)) {
      JdbcTrunks trunks = new JdbcTrunks(pool);
      assertThat(trunks.load())
          .isEqualTo(
              Map.of(
                  "acme", new Version(1, new Stamp(0, ""), RULES),
                  "bare", new Version(1, new Stamp(0, ""), US)));
    }
  }

  @Test
  void stunAndTurnServersComeBackInTheirOrder() {
    try (var pool = database.pool("test", 2)) {
      JdbcIceServers servers = new JdbcIceServers(pool);
      assertThat(servers.list()).isEmpty();
      IceServer stun = new IceServer("stun:b.example", null, null);
      IceServer turn = new IceServer("turns:a.example:443?transport=tcp", "u", "p");
      servers.replace(List.of(stun, turn));
      servers.replace(List.of(turn, stun));
      assertThat(servers.list()).containsExactly(turn, stun);
      assertThatThrownBy(() -> servers.replace(List.of(stun, stun)))
          .isInstanceOf(Fault.BadRequest.class);
      assertThat(servers.list()).hasSize(2);
    }
  }
}
