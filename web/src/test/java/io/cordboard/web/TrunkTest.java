package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
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
