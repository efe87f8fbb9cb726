package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.web.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of customers over HTTP. */
class ImportTest {
  private static final String IMPORTS = "/api/v1/imports";
  private static TestServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = server.as(server.world().person(Role.ADMINISTRATOR));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer bring(String text) {
    client.header("Content-Type", "text/csv");
    Answer answer = client.send("POST", IMPORTS + "?kind=customers&name=a.csv", text);
    client.header("Content-Type", null);
    return answer;
  }

  private static Map<String, Object> reading(boolean goodRows) {
    return Map.of(
        "columns", List.of(Map.of("index", 0, "target", "name"), Map.of("index", 1, "target", "mobile")),
        "goodRows", goodRows);
  }

  @Test
  void aFileIsBroughtLookedAtTriedDryAndLoaded() {
    Answer brought = bring("姓名,手机\n王小明,13800138000\n");
    assertThat(brought.status()).as(brought.body()).isEqualTo(201);
    String path = IMPORTS + "/" + brought.text("/id");
    Answer preview = client.get(path + "/preview");
    assertThat(preview.text("/guesses/0")).isEqualTo("name");
    assertThat(preview.text("/rows/0/1")).isEqualTo("13800138000");
    assertThat(preview.text("/required/0")).isEqualTo("name");
    int before = server.world().imports.loaded().size();
    assertThat(client.post(path + "/check", reading(false)).status()).isEqualTo(202);
    assertThat(client.get(path).text("/state")).isEqualTo("CHECKED");
    assertThat(server.world().imports.loaded()).hasSize(before);
    Answer loaded = client.post(path + "/load", reading(false));
    assertThat(loaded.status()).isEqualTo(202);
    assertThat(client.get(path).text("/state")).isEqualTo("LOADED");
    assertThat(server.world().imports.loaded()).hasSize(before + 1);
    assertThat(client.get(IMPORTS).text("/items/0/kind")).isEqualTo("customers");
  }

  @Test
  void aBrokenRowIsToldWithItsColumnAndCanBeFetchedAsATable() {
    String path = IMPORTS + "/" + bring("姓名,手机\n王,13800138000\n李,+x\n").text("/id");
    assertThat(client.post(path + "/load", reading(false)).status()).isEqualTo(202);
    Answer refused = client.get(path);
    assertThat(refused.text("/state")).isEqualTo("REFUSED");
    assertThat(refused.text("/why")).startsWith("Row 3, column '手机'");
    Answer errors = client.get(path + "/errors");
    assertThat(errors.header("Content-Type")).startsWith("text/csv");
    assertThat(errors.body()).contains("3,3,手机,\"'+x\",");
    assertThat(client.post(path + "/load", reading(true)).status()).isEqualTo(202);
    assertThat(client.get(path).text("/good")).isEqualTo("1");
  }

  @Test
  void aFileOfMoreBytesThanAnyOtherBodyIsTaken() {
    Answer brought = bring("name,mobile\n" + "王小明,13800138000\n".repeat(20_000));
    assertThat(brought.status()).as(brought.body()).isEqualTo(201);
    assertThat(client.delete(IMPORTS + "/" + brought.text("/id")).status()).isEqualTo(204);
    assertThat(client.get(IMPORTS + "/" + brought.text("/id")).status()).isEqualTo(404);
  }

  @Test
  void whatCannotBeImportedIsRefusedWithWords() {
    assertThat(bring("").status()).isEqualTo(400);
    assertThat(bring("\"name\n").status()).isEqualTo(400);
    String path = IMPORTS + "/" + bring("a\n1\n").text("/id");
    assertThat(client.post(path + "/load", Map.of("columns", List.of())).status()).isEqualTo(400);
    assertThat(client.post(path + "/load", Map.of("columns", List.of(Map.of("index", 0, "target", "x")))).status())
        .isEqualTo(400);
    assertThat(client.send("POST", path + "/check", "{\"columns\":[null]}").status()).isEqualTo(400);
    assertThat(client.get(path + "/errors").status()).isEqualTo(404);
    assertThat(client.send("POST", IMPORTS + "?kind=cats", "a").status()).isEqualTo(400);
    assertThat(client.send("POST", IMPORTS + "?kind=customers&name=..%2F..%2Fetc%2Fx", "a\n1\n").text("/file"))
        .isEqualTo("x");
  }
}
