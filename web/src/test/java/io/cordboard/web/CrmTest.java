package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Role;
import io.cordboard.kernel.Fault;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.crm.CrmYaml;
import io.cordboard.web.fake.FakeCrmAdapter;
import io.cordboard.web.fake.World;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CrmTest {
  private static final String CRMS = "/api/v1/crms";
  private static final String HOOK = "/api/v1/hooks/example";
  private TestServer server;
  private World world;
  private Client admin;

  @BeforeEach
  void start() {
    server = TestServer.start();
    world = server.world();
    admin = server.as(world.person(Role.ADMINISTRATOR));
  }

  @AfterEach
  void stop() {
    world.connections.close();
    server.close();
  }

  private Answer add() {
    return admin.post(CRMS, Map.of("file", FakeCrmAdapter.FILE, "settings", Map.of("key", "s3cret")));
  }

  @Test
  void aDryRunShowsRealRecordsAndKeepsNothing() {
    JsonNode tried =
        admin.post(CRMS + "/dry-run", Map.of("file", FakeCrmAdapter.FILE, "settings", Map.of("key", "s3cret"))).json();
    assertThat(tried.get("ok").asBoolean()).as(tried.toString()).isTrue();
    assertThat(tried.at("/kinds/0/read/0/theirs/name").asString()).isEqualTo(" 李雷 ");
    assertThat(tried.at("/kinds/0/read/0/theirs/rank").asString()).isEqualTo("•••");
    assertThat(tried.at("/kinds/0/read/0/ours/name").asString()).isEqualTo("李雷");
    assertThat(tried.at("/kinds/0/written/0/theirs/name").asString()).isEqualTo("王小明");
    assertThat(tried.get("capabilities").toString()).contains("customer:write", "customer:hooks");
    assertThat(admin.get(CRMS).json().get("items").size()).isZero();
    assertThat(world.audit.actions()).contains("crm-tried").doesNotContain("crm-added");
  }

  @Test
  void aDryRunNamesEachMistakeWithItsPlace() {
    JsonNode wrong =
        admin
            .post(
                CRMS + "/dry-run",
                Map.of("file", FakeCrmAdapter.FILE + "nonsense: 1\n", "settings", Map.of("key", "s3cret")))
            .json();
    assertThat(wrong.get("ok").asBoolean()).isFalse();
    assertThat(wrong.at("/mistakes/0/path").asString()).isEqualTo("nonsense");
    JsonNode field =
        admin
            .post(
                CRMS + "/dry-run",
                Map.of(
                    "file",
                    "crm: {name: example, adapter: memory}\nsync: {mapping: {customer: [{ours: name, theirs: nobody}]}}\n",
                    "settings", Map.of("key", "s3cret")))
            .json();
    assertThat(field.at("/mistakes/0/path").asString()).isEqualTo("sync.mapping.customer[0].theirs");
    JsonNode missing = admin.post(CRMS + "/dry-run", Map.of("file", FakeCrmAdapter.FILE)).json();
    assertThat(missing.at("/mistakes/0/detail").asString()).contains("'key'");
    JsonNode refused =
        admin.post(CRMS + "/dry-run", Map.of("file", FakeCrmAdapter.FILE, "settings", Map.of("key", "wrong"))).json();
    assertThat(refused.get("trouble").asString()).contains("not accepted");
  }

  @Test
  void aConnectionIsAddedShownSwitchedOffAndRemovedAndItsSecretIsNeverShown() {
    Answer made = add();
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.body()).doesNotContain("s3cret");
    assertThat(made.text("/settings/0")).isEqualTo("key");
    assertThat(admin.get(CRMS).text("/items/0/state")).isEqualTo("RUNNING");
    assertThat(admin.get(CRMS).json().at("/items/0/flow/waiting").asLong()).isEqualTo(3);
    assertThat(admin.post(CRMS + "/example/test", Map.of()).json().get("ok").asBoolean()).isTrue();
    assertThat(admin.post(CRMS + "/example", Map.of("on", false)).text("/crm/state")).isEqualTo("OFF");
    assertThat(admin.post(CRMS + "/example", Map.of("version", 1, "on", true)).status()).isEqualTo(409);
    Answer changed = admin.post(CRMS + "/example", Map.of("settings", Map.of("more", "0ther"), "on", true));
    assertThat(changed.json().get("settings").toString()).isEqualTo("[\"key\",\"more\"]");
    assertThat(admin.delete(CRMS + "/example").status()).isEqualTo(204);
    assertThat(admin.get(CRMS + "/example").status()).isEqualTo(404);
    assertThat(world.audit.actions()).contains("crm-added", "crm-tested", "crm-changed", "crm-removed");
    assertThat(world.audit.entries().stream().map(AuditEntry::toString).toList())
        .noneMatch(entry -> entry.contains("s3cret") || entry.contains("0ther"));
  }

  @Test
  void allCustomersAreHandedIn() {
    add();
    assertThat(admin.post(CRMS + "/example/send-all", Map.of()).status()).isEqualTo(202);
    assertThat(world.sync.marked()).containsExactly("0190a1b2-0000-7000-8000-0000000000c1");
    admin.post(CRMS + "/example", Map.of("on", false));
    assertThat(admin.post(CRMS + "/example/send-all", Map.of()).status()).isEqualTo(409);
  }

  @Test
  void aSystemIsMadeReadyWithAKeyThatIsNeitherKeptNorTold() {
    add();
    String path = CRMS + "/example/prepare";
    String address = "https://cordboard.example/api/v1/hooks/example";
    Answer told = admin.post(path, Map.of("administratorKey", "adm1n", "noticesTo", address));
    assertThat(told.status()).as(told.body()).isEqualTo(200);
    Answer silent = admin.post(path, Map.of("administratorKey", "adm1n"));
    assertThat(world.crmAdapter.prepared()).containsExactly("adm1n " + address, "adm1n null");
    assertThat(told.body() + silent.body() + admin.get(CRMS + "/example").body()).doesNotContain("adm1n");
    assertThat(world.audit.actions()).filteredOn("crm-prepared"::equals).hasSize(2);
    assertThat(world.audit.entries().stream().map(AuditEntry::toString).toList())
        .noneMatch(entry -> entry.contains("adm1n"));
  }

  @Test
  void aSystemIsMadeReadyByItsFileBeforeItIsJoinedAndNothingIsKept() {
    Answer ready =
        admin.post(
            CRMS + "/prepare",
            Map.of("file", FakeCrmAdapter.FILE, "settings", Map.of("key", "s3cret"), "administratorKey", "adm1n"));
    assertThat(ready.status()).as(ready.body()).isEqualTo(204);
    assertThat(world.crmAdapter.prepared()).containsExactly("adm1n null");
    assertThat(admin.get(CRMS).json().get("items").size()).isZero();
    assertThat(world.audit.entries().stream().map(AuditEntry::toString).toList())
        .anyMatch(entry -> entry.contains("crm-prepared"))
        .noneMatch(entry -> entry.contains("adm1n") || entry.contains("s3cret"));
  }

  @Test
  void whatCannotBeMadeReadyIsRefusedWithTheReason() {
    add();
    String path = CRMS + "/example/prepare";
    assertThat(admin.post(path, Map.of("administratorKey", " ")).status()).isEqualTo(400);
    for (String address : List.of("ftp://cordboard.example/", "https://name:word@cordboard.example/", "not one", "/hooks")) {
      assertThat(admin.post(path, Map.of("administratorKey", "adm1n", "noticesTo", address)).status())
          .as(address)
          .isEqualTo(400);
    }
    Answer wrong = admin.post(path, Map.of("administratorKey", "wrong"));
    assertThat(wrong.status()).isGreaterThanOrEqualTo(400);
    assertThat(wrong.body()).contains("not accepted");
    assertThat(world.crmAdapter.prepared()).isEmpty();

    admin.post(CRMS + "/example", Map.of("settings", Map.of("key", "bare")));
    Answer bare = admin.post(path, Map.of("administratorKey", "adm1n"));
    assertThat(bare.status()).isEqualTo(409);
    assertThat(bare.body()).contains("needs no preparation");
    assertThat(server.as(world.person(Role.AGENT)).post(path, Map.of("administratorKey", "adm1n")).status())
        .isEqualTo(403);
  }

  @Test
  void aMappingIsTriedSavedAndTakenBack() {
    add();
    String path = CRMS + "/example/mappings/customer";
    JsonNode now = admin.get(path).json();
    assertThat(now.get("version").asLong()).isZero();
    assertThat(now.at("/rules/0/theirs").asString()).isEqualTo("name");
    assertThat(now.at("/theirs/1/readOnly").asBoolean()).isTrue();
    assertThat(now.get("ours").toString()).contains("\"phones\"", "\"GOLD\"");

    Map<String, Object> in = Map.of("ours", "name", "theirs", "name", "way", "in");
    Map<String, Object> rank =
        Map.of(
            "ours", "level", "theirs", "rank", "way", "in", "table",
            Map.of("STANDARD", "B", "SILVER", "B", "GOLD", "A", "PLATINUM", "A"));
    JsonNode wrong =
        admin.post(path + "/preview", Map.of("rules", List.of(Map.of("ours", "level", "theirs", "rank", "way", "both")))).json();
    assertThat(wrong.at("/mistakes/0/detail").asString()).contains("can only be read");
    JsonNode preview = admin.post(path + "/preview", Map.of("rules", List.of(in, rank))).json();
    assertThat(preview.get("mistakes").size()).isZero();
    assertThat(preview.at("/written/0/theirs").size()).as("nothing flows out").isZero();

    assertThat(admin.post(path, Map.of("version", 0, "rules", List.of(in, rank))).json().get("version").asLong())
        .isEqualTo(1);
    assertThat(admin.post(path, Map.of("version", 0, "rules", List.of(in))).status()).isEqualTo(409);
    assertThat(admin.post(path, Map.of("version", 1, "rules", List.of(in))).json().get("version").asLong())
        .isEqualTo(2);
    JsonNode back = admin.post(path + "/take-back", Map.of("version", 2, "to", 1)).json();
    assertThat(back.get("version").asLong()).isEqualTo(3);
    assertThat(back.at("/rules/1/table/GOLD").asString()).isEqualTo("A");
    assertThat(admin.get(path + "/versions").json().get("items").size()).isEqualTo(3);
    assertThat(admin.get(CRMS + "/example/mappings/nonsense").status()).isEqualTo(400);
  }

  @Test
  void whatASystemTellsIsTakenWhenItIsSignedAndNothingElse() {
    add();
    Client crm = server.anybody();
    assertThat(crm.send("POST", HOOK, "7").status()).isEqualTo(401);
    crm.header("X-Key", "s3cret").header("Authorization", "Basic Y3JtOmNybQ==");
    assertThat(crm.send("POST", HOOK, "7").status()).isEqualTo(202);
    assertThat(world.durable.added().stream().map(work -> work.key())).containsExactly("customer:7");
    assertThat(crm.send("PUT", "/api/v1/hooks/nobody/Task/7", "7").status()).isEqualTo(404);
    assertThat(crm.send("POST", "/api/v1/hooks/nobody", "7").status()).isEqualTo(404);
    assertThat(crm.send("POST", HOOK, "x".repeat((1 << 20) + 1)).status()).isEqualTo(413);
    assertThat(crm.send("POST", HOOK, "x".repeat(1 << 20)).status()).isEqualTo(202);
    world.durable.away.set(true);
    assertThat(crm.send("POST", HOOK, "7").status()).as("it must tell us again").isEqualTo(503);
  }

  @Test
  void whoCannotProveItIsHeldUpAndWhoCanIsNot() {
    add();
    Client stranger = server.anybody();
    for (int i = 0; i < 20; i++) {
      assertThat(stranger.send("POST", HOOK, "7").status()).isEqualTo(401);
    }
    assertThat(stranger.send("POST", HOOK, "7").status()).isEqualTo(429);
    assertThat(stranger.send("POST", HOOK, "7").header("Retry-After")).isEqualTo("30");
    assertThat(server.anybody().header("X-Key", "s3cret").send("POST", HOOK, "7").status()).isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- a list",
        "crm: {name: a, name: b}",
        "crm: !!java.net.URL [\"http://127.0.0.1/\"]",
        "crm: !!binary aGVsbG8=",
        "a: &a [b, *a]",
        "a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]",
        "a: [",
      })
  void aFileThatIsNoneIsRefused(String text) {
    Assertions.assertThatThrownBy(() -> CrmYaml.read(text)).isInstanceOf(Fault.BadRequest.class);
    assertThat(admin.post(CRMS, Map.of("file", text)).status()).isEqualTo(400);
  }

  @Test
  void numbersOfTelephonesStayTexts() {
    assertThat(CrmYaml.read("a: 010\nb: 12\nc: 2026-01-02\nd: on\ne: 1:30\nf: true\ng: 1.5\nh: ~\n1: x"))
        .containsEntry("a", "010")
        .containsEntry("b", 12)
        .containsEntry("c", "2026-01-02")
        .containsEntry("d", "on")
        .containsEntry("e", "1:30")
        .containsEntry("f", true)
        .containsEntry("g", 1.5)
        .containsEntry("h", null)
        .containsEntry("1", "x");
  }
}
