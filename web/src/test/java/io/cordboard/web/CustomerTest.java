package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.MergeStore.WrittenFact;
import io.cordboard.core.profile.Timeline;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.Incidents.Incident;
import io.cordboard.core.trust.Role;
import io.cordboard.core.trust.User;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.CustomerId;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The customer's file over HTTP. */
class CustomerTest {
  private static final String CUSTOMERS = "/api/v1/customers";
  private static TestServer server;
  private static World world;
  private static int made;
  private User agent;
  private Client client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    world = server.world();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void signIn() {
    agent = world.person(Role.AGENT);
    client = server.as(agent);
  }

  private Answer create(String name, String number) {
    return client.post(
        CUSTOMERS,
        Map.of("name", name, "identities", List.of(Map.of("kind", "mobile", "value", number))));
  }

  private String made(String name) {
    Answer answer = create(name, "138%08d".formatted(++made));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.text("/card/id");
  }

  private List<AuditEntry> trace(String customer) {
    return world.audit.entries().stream()
        .filter(entry -> entry.subject().equals("customer:" + customer))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"王小明", "محمد علي", "Zoë 😀👩‍👩‍👧", "<script>alert(1)</script>", "O'Brien; drop table"})
  void aNameIsKeptAndGivenBackAsItWasTyped(String name) {
    String id = made(name);
    assertThat(client.get(CUSTOMERS + "/" + id).text("/card/name")).isEqualTo(name);
  }

  @Test
  void aNewCustomerHasItsNumberInTheOneForm() {
    Answer answer = create("张三", "0138-0013-9999");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.text("/card/identities/0/value")).isEqualTo("+8613800139999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\"}", "{}", "{\"name\":\"x\",\"kind\":\"ROBOT\"}",
        "{\"name\":\"x\",\"language\":\"<b>\"}", "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"x\",\"identities\":[{\"kind\":\"mobile\",\"value\":\"hello\"}]}",
        "{\"name\":\"x\",\"identities\":[{\"kind\":\"fax\",\"value\":\"13800138000\"}]}",
        "{\"name\":\"x\",\"identities\":[{\"kind\":\"email\",\"value\":\"no address\"}]}"
      })
  void badInputIsRefusedWithWords(String body) {
    Answer answer = client.send("POST", CUSTOMERS, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("/problems/bad-request");
  }

  @Test
  void aNumberOfAHundredDigitsALongNameAndALargeBodyAreRefused() {
    assertThat(create("x", "1".repeat(100)).status()).isEqualTo(400);
    assertThat(create("x".repeat(201), "13800138000").status()).isEqualTo(400);
    String large = "{\"name\":\"" + "x".repeat(300_000) + "\"}";
    assertThat(client.send("POST", CUSTOMERS, large).problem()).isEqualTo("/problems/too-large");
    assertThat(client.get(CUSTOMERS + "?q=" + "1".repeat(100)).status()).isLessThan(500);
    assertThat(client.get(CUSTOMERS + "?q=" + "1".repeat(500)).status()).isEqualTo(400);
    assertThat(client.get(CUSTOMERS + "?q=%20").status()).isEqualTo(400);
    assertThat(client.get(CUSTOMERS + "?q=%F0%9F%98%80").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001", "+861085550000", "4008001234"})
  void theCompanysOwnNumbersBelongToNoCustomer(String own) {
    Answer answer = create("x", own);
    assertThat(answer.status()).as(answer.body()).isBetween(400, 409);
    assertThat(answer.text("/detail")).containsAnyOf("own numbers", "no telephone number");
  }

  @Test
  void theSearchShowsNumbersInPartAndLeavesATraceOfEachHit() {
    create("李四", "13900001111");
    Answer found = client.get(CUSTOMERS + "?q=00001111");
    assertThat(found.text("/items/0/name")).isEqualTo("李四");
    assertThat(found.text("/items/0/value")).isEqualTo("+86139****1111");
    assertThat(found.text("/items/0/foundBy")).isEqualTo("number");
    assertThat(trace(found.text("/items/0/id")))
        .anyMatch(e -> e.details().equals(Map.of("part", "search")));
  }

  @Test
  void aPageOfHitsLeadsToTheNextAndAMadeUpCursorIsRefused() {
    for (int i = 0; i < 3; i++) {
      made("同名" + i);
    }
    Answer first = client.get(CUSTOMERS + "?q=%E5%90%8C%E5%90%8D&limit=2");
    assertThat(first.json().at("/items").size()).isEqualTo(2);
    Answer second =
        client.get(CUSTOMERS + "?q=%E5%90%8C%E5%90%8D&limit=2&cursor=" + first.text("/next"));
    assertThat(second.json().at("/items").size()).isEqualTo(1);
    assertThat(second.json().at("/next").isNull()).isTrue();
    for (String cursor : List.of("x", "!!!", "AAAA", "MQox")) {
      assertThat(client.get(CUSTOMERS + "?q=abc&cursor=" + cursor).status()).isEqualTo(400);
    }
  }

  @Test
  void withoutATextEverybodyIsListedAndEachLeavesATrace() {
    String id = made("最后");
    String cursor = "";
    Answer page;
    boolean seen = false;
    do {
      page = client.get(CUSTOMERS + "?limit=3" + cursor);
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      seen |= page.body().contains(id);
      cursor = "&cursor=" + page.text("/next");
    } while (!page.json().at("/next").isNull());
    assertThat(seen).isTrue();
    assertThat(trace(id)).anyMatch(e -> e.details().equals(Map.of("part", "list")));
  }

  @Test
  void protectedFieldsHaveNoValueUntilTheCustomerIsVerifiedInACallOfWhoeverAsks() {
    String id = made("保密");
    CustomerId customer = CustomerId.parse(id);
    world.customers.protect(customer, "birth-date", "1980-01-02");
    Answer masked = client.get(CUSTOMERS + "/" + id);
    assertThat(masked.body()).doesNotContain("1980-01-02");
    assertThat(masked.json().at("/verified").asBoolean()).isFalse();
    Map<String, Object> change = Map.of("version", 1, "sensitive", Map.of("address", "Main St"));
    assertThat(patch(id, change).status()).isEqualTo(409);
    world.customers.verify(agent.id(), customer);
    assertThat(client.get(CUSTOMERS + "/" + id).text("/card/sensitive/0/value"))
        .isEqualTo("1980-01-02");
    assertThat(patch(id, change).status()).isEqualTo(200);
    assertThat(client.get(CUSTOMERS + "/" + id + "/changes").body()).contains("Main St");
    Client other = server.as(world.person(Role.SUPERVISOR));
    assertThat(other.get(CUSTOMERS + "/" + id).body()).doesNotContain("1980-01-02");
    assertThat(other.get(CUSTOMERS + "/" + id + "/changes").body()).doesNotContain("Main St");
    assertThat(trace(id)).extracting(AuditEntry::what).contains("customer-viewed", "customer-changed");
  }

  private Answer patch(String id, Map<String, Object> body) {
    return client.send(
        "PATCH", CUSTOMERS + "/" + id, new tools.jackson.databind.json.JsonMapper().writeValueAsString(body));
  }

  @Test
  void aChangeIsKeptWithBeforeAndAfterAndAnOldVersionIsRefused() {
    String id = made("旧名");
    assertThat(patch(id, Map.of("version", 1, "name", "新名")).text("/card/name")).isEqualTo("新名");
    assertThat(patch(id, Map.of("version", 1, "name", "晚了")).problem())
        .isEqualTo("/problems/refused");
    Answer changes = client.get(CUSTOMERS + "/" + id + "/changes");
    assertThat(changes.text("/items/0/before")).isEqualTo("旧名");
    assertThat(changes.text("/items/0/after")).isEqualTo("新名");
    assertThat(world.customers.told().getLast()).containsExactly(CustomerId.parse(id));
  }

  @Test
  void aRepeatedRequestWithTheSameKeyMakesOneCustomer() {
    client.header("Idempotency-Key", "make-" + agent.id());
    String first = create("一次", "13911112222").text("/card/id");
    Answer again = create("一次", "13911112222");
    assertThat(again.text("/card/id")).isEqualTo(first);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void numbersAreAddedConfirmedAndRemoved() {
    String id = made("号码");
    String at = CUSTOMERS + "/" + id + "/identities";
    client.post(at, Map.of("kind", "home", "value", "010-6234 5678"));
    world.clock.advance(java.time.Duration.ofMillis(1));
    String number = "+861062345678";
    assertThat(client.get(CUSTOMERS + "/" + id).body()).contains(number);
    assertThat(client.post(at + "/confirm", Map.of("value", number)).status()).isEqualTo(204);
    world.clock.advance(java.time.Duration.ofMillis(1));
    assertThat(client.post(at + "/remove", Map.of("value", number)).body()).doesNotContain(number);
    assertThat(client.post(at + "/remove", Map.of("value", number)).problem())
        .isEqualTo("/problems/refused");
    assertThat(client.post(at + "/confirm", Map.of("value", number)).problem())
        .isEqualTo("/problems/refused");
  }

  @Test
  void aRefusalOfCallsIsDoNotCall() {
    String id = made("别打");
    client.post(
        CUSTOMERS + "/" + id + "/consents",
        Map.of("kind", "calls", "granted", false, "textVersion", "v1"));
    assertThat(client.get(CUSTOMERS + "/" + id).json().at("/standing/doNotCall").asBoolean()).isTrue();
  }

  @Test
  void twoAreMergedSeenAsOneAndTwoAgain() {
    String loser = made("甲");
    String survivor = made("乙");
    Answer merge =
        client.post(CUSTOMERS + "/" + loser + "/merge", Map.of("into", survivor, "reason", "same"));
    assertThat(merge.status()).isEqualTo(201);
    assertThat(client.get(CUSTOMERS + "/" + loser).text("/card/id")).isEqualTo(survivor);
    assertThat(
            client.post(CUSTOMERS + "/" + survivor + "/merge", Map.of("into", loser)).problem())
        .isEqualTo("/problems/refused");
    UUID fact = UUID.randomUUID();
    world.customers.written(
        new WrittenFact(
            fact, "CALL", CustomerId.parse(survivor), world.clock.micros() + 1, "solved"));
    String undo = "/api/v1/merges/" + merge.text("/id");
    assertThat(client.get(undo).text("/facts/0/id")).isEqualTo(fact.toString());
    assertThat(client.post(undo + "/undo", Map.of()).problem()).isEqualTo("/problems/refused");
    assertThat(client.send("POST", undo + "/undo", "{\"choices\":[null]}").status()).isEqualTo(400);
    Answer undone =
        client.post(
            undo + "/undo",
            Map.of("choices", List.of(Map.of("fact", fact.toString(), "customer", loser))));
    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
    assertThat(client.get(CUSTOMERS + "/" + loser).text("/card/id")).isEqualTo(loser);
    assertThat(client.get(CUSTOMERS + "/" + loser + "/merges").body()).contains(merge.text("/id"));
    assertThat(world.customers.told().getLast())
        .contains(CustomerId.parse(loser), CustomerId.parse(survivor));
  }

  @Test
  void theTimelineTellsWhichRecordingsMayBePlayedByWhoeverAsks() {
    String id = made("时间线");
    world.customers.happened(
        new Timeline.Entry(
            Timeline.Kind.CALL, "c1", Clock.instant(5), CustomerId.parse(id), null, "ANSWERED",
            null, null,
            new Timeline.Call(
                "in", "+861", "4008001234", "care", "Li", "solved", 1, 2, null,
                new Timeline.Interval(Clock.instant(1), Clock.instant(2)),
                List.of(new Timeline.Note(agent.id(), "Li", "note")),
                List.of(
                    new Timeline.Recording("r1", "STORED", null, 9, agent.id()),
                    new Timeline.Recording("r2", "STORED", "silent", 9, null)),
                List.of(new Timeline.FilledIn("amount", "12")), true, agent.id(),
                List.of(
                    new Timeline.Correction(
                        Clock.instant(7), "Li", "other", List.of(), "what was said")))));
    Answer page = client.get(CUSTOMERS + "/" + id + "/timeline?kind=call&limit=5");
    assertThat(page.text("/items/0/call/notes/0/text")).isEqualTo("note");
    assertThat(page.text("/items/0/call/answers/0/value")).isEqualTo("12");
    assertThat(page.json().at("/items/0/call/fallback").asBoolean()).isTrue();
    assertThat(page.json().at("/items/0/call/mayCorrect").asBoolean()).isTrue();
    assertThat(page.text("/items/0/call/corrections/0/notes")).isEqualTo("what was said");
    assertThat(page.json().at("/items/0/call/recordings/0/mayPlay").asBoolean()).isTrue();
    assertThat(page.json().at("/items/0/call/recordings/1/mayPlay").asBoolean()).isFalse();
    assertThat(client.get(CUSTOMERS + "/" + id + "/timeline?kind=fax").status()).isEqualTo(400);
    assertThat(client.get(CUSTOMERS + "/" + UUID.randomUUID() + "/timeline").status()).isEqualTo(404);
    assertThat(server.as(world.person(Role.ADMINISTRATOR)).get(CUSTOMERS + "/" + id + "/timeline").status())
        .isEqualTo(403);
  }

  @Test
  void tasksAreTakenPutOffAndDone() {
    String id = world.tasks.add("+8613800138000", 77).toString();
    assertThat(client.get("/api/v1/tasks?view=open").text("/items/0/number"))
        .isEqualTo("+8613800138000");
    assertThat(client.post("/api/v1/tasks/" + id + "/take", Map.of()).status()).isEqualTo(204);
    Client other = server.as(world.person(Role.AGENT));
    assertThat(other.post("/api/v1/tasks/" + id + "/take", Map.of()).problem())
        .isEqualTo("/problems/refused");
    assertThat(client.get("/api/v1/tasks?view=mine").json().at("/items/0/mine").asBoolean()).isTrue();
    String later = world.clock.now().plusSeconds(3600).toString();
    assertThat(client.post("/api/v1/tasks/" + id + "/postpone", Map.of("dueAt", later)).status())
        .isEqualTo(204);
    for (String wrong : List.of("1969-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z", "2199-01-01T00:00:00Z")) {
      assertThat(client.post("/api/v1/tasks/" + id + "/postpone", Map.of("dueAt", wrong)).status())
          .isEqualTo(400);
    }
    assertThat(client.get("/api/v1/tasks/count?view=mine").json().at("/count").asInt()).isEqualTo(1);
    assertThat(client.post("/api/v1/tasks/" + id + "/done", Map.of()).status()).isEqualTo(204);
    assertThat(client.get("/api/v1/tasks/count?view=mine").json().at("/count").asInt()).isZero();
    assertThat(client.get("/api/v1/tasks?view=everything").status()).isEqualTo(400);
    assertThat(client.post("/api/v1/tasks/none/take", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void incidentsAreForTheAdministratorWhoSaysHowTheyWereDealtWith() {
    UUID id = UUID.randomUUID();
    CustomerId one = CustomerId.parse(made("错"));
    world.customers.report(
        new Incident(
            id, 5, "merge-undone", one, one, "call", "c", 1, "user:x", null, null, null));
    assertThat(client.get("/api/v1/privacy-incidents").status()).isEqualTo(403);
    Client admin = server.as(world.person(Role.ADMINISTRATOR));
    assertThat(admin.get("/api/v1/privacy-incidents").text("/items/0/id")).isEqualTo(id.toString());
    String close = "/api/v1/privacy-incidents/" + id + "/close";
    assertThat(admin.post(close, Map.of("measure", "")).status()).isEqualTo(400);
    assertThat(admin.post(close, Map.of("measure", "told the customer")).status()).isEqualTo(204);
    assertThat(admin.get("/api/v1/privacy-incidents").json().at("/open").asInt()).isZero();
    AuditEntry told = world.audit.entries().getLast();
    assertThat(told.what()).isEqualTo("incident-closed");
    assertThat(told.subject()).isEqualTo("incident:" + id);
    assertThat(told.correlation()).isEqualTo("call:c");
    assertThat(told.details())
        .containsEntry("kind", "merge-undone")
        .containsEntry("fact", "call:c")
        .containsEntry("wrong", "customer:" + one)
        .hasEntrySatisfying("measure", proof -> assertThat(proof).startsWith("sha256:"));
    assertThat(admin.post(close, Map.of("measure", "again")).status()).isEqualTo(409);
    assertThat(world.audit.entries().getLast().outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
  }
}
