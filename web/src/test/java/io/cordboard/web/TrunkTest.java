package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.web.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkTest {
  private static final String TRY = "/api/v1/numbers/try";
  private static final String CHECK = "/api/v1/numbers/check";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Client administrator() {
    return server.as(server.world().person(Role.ADMINISTRATOR));
  }

  @Test
  void theRulesOfATrunkAreSetShownTriedAndRemoved() {
    Client client = administrator();
    assertThat(client.get("/api/v1/trunks").text("/items/0/name")).isEqualTo("default");
    Answer set =
        client.post(
            "/api/v1/trunks/acme",
            Map.of(
                "region", "CN",
                "areaCode", "0755",
                "outsidePrefixes", List.of("9"),
                "lineFrom", List.of("DIVERSION", "TO"),
                "trustAsserted", true,
                "ownNumbers", List.of("8XXX"),
                "rewrites", List.of(Map.of("side", "CALLER", "pattern", "00852|.", "replacement", "+852$"))));
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(client.get("/api/v1/trunks").body())
        .contains("\"acme\"", "\"00852|.\"", "\"DIVERSION\"", "\"8XXX\"");
    assertThat(tried(client, "82100000", "acme")).isEqualTo("KNOWN +8675582100000");
    assertThat(tried(client, "82100000", "other")).isEqualTo("UNREADABLE null");
    assertThat(tried(client, "8123", "acme")).startsWith("INTERNAL");
    assertThat(tried(client, "0085291234567", "acme")).isEqualTo("KNOWN +85291234567");
    assertThat(client.delete("/api/v1/trunks/acme").status()).isEqualTo(204);
    assertThat(client.delete("/api/v1/trunks/acme").status()).isEqualTo(404);
    assertThat(tried(client, "82100000", "acme")).isEqualTo("UNREADABLE null");
    assertThat(server.world().audit.entries().stream().map(e -> e.what() + " " + e.subject()))
        .contains("trunk-changed trunk:acme", "trunk-removed trunk:acme");
  }

  @Test
  void rulesAreTriedBeforeTheyAreSet() {
    Client client = administrator();
    Answer read =
        client.post(
            TRY, Map.of("number", "82100000", "rules", Map.of("region", "CN", "areaCode", "0755")));
    assertThat(read.text("/number")).isEqualTo("+8675582100000");
    assertThat(client.get("/api/v1/trunks").body()).doesNotContain("0755");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"region\":\"China\"}",
        "{\"region\":\"CN\",\"areaCode\":\"abc\"}",
        "{\"region\":\"CN\",\"lineFrom\":[]}",
        "{\"region\":\"CN\",\"lineFrom\":[\"TO\",\"TO\"]}",
        "{\"region\":\"CN\",\"lineFrom\":[\"X\"]}",
        "{\"region\":\"CN\",\"outsidePrefixes\":[null]}",
        "{\"region\":\"CN\",\"ownNumbers\":[\"075582100000\"]}",
        "{\"region\":\"CN\",\"rewrites\":[{\"pattern\":\"(a+)+\",\"replacement\":\"1\"}]}",
        "{\"region\":\"CN\",\"rewrites\":[{\"pattern\":\"X\",\"replacement\":\"sip:x\"}]}",
      })
  void rulesThatCannotWorkAreRefusedWithTheMendAndNothingIsSet(String body) {
    Client client = administrator();
    Answer answer = client.send("POST", "/api/v1/trunks/bad", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("/detail")).isNotEmpty();
    assertThat(client.get("/api/v1/trunks").body()).doesNotContain("\"bad\"");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsPlace() {
    String body =
        """
        {"region":"China","areaCode":"07x","outsidePrefixes":["9","abc"],"ownNumbers":["8XXX","(x"],
         "rewrites":[{"pattern":"00852|.","replacement":"+852$"},{"pattern":"[9-1]","replacement":"sip:x"}]}
        """;
    Answer answer = administrator().send("POST", CHECK, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/wrong").valueStream().map(one -> one.get("field").asString()))
        .containsExactly(
            "region", "areaCode", "outsidePrefixes/1", "ownNumbers/1", "rewrites/1/pattern",
            "rewrites/1/replacement");
    assertThat(answer.text("/wrong/4/detail")).contains("[9-1]", "lower digit first");
  }

  @Test
  void whatTheCheckFindsNothingWrongWithCanBeSet() {
    Client client = administrator();
    Map<String, Object> good = Map.of("region", "CN", "rewrites", List.of(Map.of("pattern", "XXXX", "replacement", "+867558210$")));
    assertThat(client.post(CHECK, good).body()).isEqualTo("{\"wrong\":[]}");
    assertThat(client.post("/api/v1/trunks/checked", good).status()).isEqualTo(200);
    Map<String, Object> twice = Map.of("region", "CN", "lineFrom", List.of("TO", "TO"));
    assertThat(client.post(CHECK, twice).text("/wrong/0/field")).isEqualTo("rules");
    assertThat(client.post("/api/v1/trunks/checked", twice).status()).isEqualTo(400);
    assertThat(client.delete("/api/v1/trunks/checked").status()).isEqualTo(204);
  }

  @Test
  void theHistoryTellsWhoChangedWhatAndAnOlderVersionCanBeSetAgain() {
    User boss = server.world().person(Role.ADMINISTRATOR);
    Client client = server.as(boss);
    Map<String, Object> first = Map.of("region", "CN", "areaCode", "0755");
    assertThat(client.post("/api/v1/trunks/told", first).json().at("/version").asInt()).isEqualTo(1);
    assertThat(client.post("/api/v1/trunks/told?version=1", Map.of("region", "US")).status()).isEqualTo(200);
    assertThat(client.delete("/api/v1/trunks/told?version=2").status()).isEqualTo(204);
    Answer history = client.get("/api/v1/trunks/told/history?limit=2");
    assertThat(history.text("/items/0/by")).isEqualTo(boss.displayName().value());
    assertThat(history.json().at("/items/0/rules").isNull()).isTrue();
    assertThat(history.text("/items/1/rules/region")).isEqualTo("US");
    String next = history.text("/next");
    assertThat(client.get("/api/v1/trunks/told/history?cursor=" + next).text("/items/0/rules/areaCode")).isEqualTo("0755");
    assertThat(client.get("/api/v1/trunks/never/history").body()).contains("\"items\":[]");
    assertThat(client.get("/api/v1/trunks/told/history?cursor=x").status()).isEqualTo(400);
  }

  @Test
  void aChangeByAnOldPageIsRefused() {
    Client client = administrator();
    client.post("/api/v1/trunks/raced", Map.of("region", "CN"));
    client.post("/api/v1/trunks/raced?version=1", Map.of("region", "US"));
    Answer late = client.post("/api/v1/trunks/raced?version=1", Map.of("region", "GB"));
    assertThat(late.status()).isEqualTo(409);
    assertThat(client.delete("/api/v1/trunks/raced?version=1").status()).isEqualTo(409);
    assertThat(client.get("/api/v1/trunks").body()).contains("\"US\"").doesNotContain("\"GB\"");
    assertThat(audited("trunk:raced"))
        .containsExactly(
            "trunk-changed DONE whatever it is",
            "trunk-changed DONE 1",
            "trunk-changed DONE 1",
            "trunk-changed REFUSED 1",
            "trunk-removed DONE 1",
            "trunk-removed REFUSED 1");
    assertThat(client.delete("/api/v1/trunks/raced").status()).isEqualTo(204);
    assertThat(client.post("/api/v1/trunks/raced?version=0", Map.of("region", "GB")).status()).isEqualTo(200);
    assertThat(client.delete("/api/v1/trunks/raced").status()).isEqualTo(204);
  }

  private static List<String> audited(String subject) {
    return server.world().audit.entries().stream()
        .filter(entry -> entry.subject().equals(subject))
        .map(entry -> entry.what() + " " + entry.outcome() + " " + entry.details().get("version"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "%3Cscript%3E", "-x", "a%27b"})
  void aNameThatNoSwitchGivesIsRefused(String name) {
    assertThat(administrator().post("/api/v1/trunks/" + name, Map.of("region", "CN")).status())
        .isEqualTo(400);
  }

  @Test
  void stunAndTurnServersAreSetAndHandedToBrowserPhones() {
    Client client = administrator();
    Map<String, Object> turn =
        Map.of("url", "turn:turn.example:3478?transport=udp", "username", "desk", "credential", "open sesame");
    Answer set =
        client.post("/api/v1/ice-servers", Map.of("items", List.of(Map.of("url", "stun:stun.example"), turn)));
    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(client.get("/api/v1/ice-servers").body()).contains("stun:stun.example", "desk").doesNotContain("sesame");
    server.world().phones.socket(java.net.URI.create("ws://127.0.0.1:9/ws"));
    Answer phone = server.as(server.world().person(Role.AGENT)).get("/api/v1/phone");
    assertThat(phone.body()).contains("stun:stun.example", "turn:turn.example:3478", "open sesame");
    Map<String, Object> again = Map.of("url", "turn:turn.example:3478?transport=udp", "username", "desk");
    assertThat(client.post("/api/v1/ice-servers", Map.of("items", List.of(again))).status()).isEqualTo(200);
    assertThat(server.world().ice.list().getFirst().credential()).isEqualTo("open sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://x", "stun:", "turn:turn.example", "stun:a b", "javascript:1"})
  void aServerThatIsNoneIsRefused(String url) {
    Answer answer = administrator().post("/api/v1/ice-servers", Map.of("items", List.of(Map.of("url", url))));
    assertThat(answer.status()).isEqualTo(400);
  }

  private static String tried(Client client, String number, String trunk) {
    Answer answer = client.post(TRY, Map.of("number", number, "trunk", trunk));
    return answer.text("/state") + " " + (answer.json().at("/number").isNull() ? "null" : answer.text("/number"));
  }
}
