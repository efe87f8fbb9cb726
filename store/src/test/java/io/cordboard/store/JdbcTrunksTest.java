package io.cordboard.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.desk.IceServers.IceServer;
import io.cordboard.core.identity.DialPattern;
import io.cordboard.core.identity.Place;
import io.cordboard.core.identity.RewriteRule;
import io.cordboard.core.identity.Side;
import io.cordboard.core.identity.TrunkRules;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final Database database = PostgresForTests.migrated();

  @Test
  void rulesComeBackAsTheyWereSet() {
    try (var pool = database.pool("test", 2)) {
      JdbcTrunks trunks = new JdbcTrunks(pool);
      trunks.save("acme", RULES);
      trunks.save("default", TrunkRules.of(Place.of("US")));
      assertThat(trunks.load())
          .isEqualTo(Map.of("acme", RULES, "default", TrunkRules.of(Place.of("US"))));
      trunks.save("acme", TrunkRules.of(Place.of("CN")));
      assertThat(trunks.load().get("acme")).isEqualTo(TrunkRules.of(Place.of("CN")));
      assertThat(trunks.delete("acme")).isTrue();
      assertThat(trunks.delete("acme")).isFalse();
      assertThat(trunks.load()).containsOnlyKeys("default");
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
