package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import io.cordboard.testkit.crm.CrmLedger.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeCrmTest {
  private final HandClock clock = new HandClock();
  private final FakeCrm crm = FakeCrm.start(clock, 7);
  private final Http http = new Http(crm.uri(), crm.secret());

  @AfterEach
  void close() {
    http.close();
    crm.close();
  }

  private static String fields(String name) {
    return "{\"operation\":\"op-%s\",\"fields\":{\"name\":\"%s\"}}".formatted(name, name);
  }

  @Test
  void theLedgerKeepsEveryEffectInItsOrder() throws IOException {
    http.json("PUT", "/v1/customer/by-ref/r1", fields("a"));
    http.json("PUT", "/v1/customer/by-ref/r1", fields("b"));
    http.json("PUT", "/v1/customer/by-ref/r1", fields("b"));
    crm.store().change(RecordKind.CUSTOMER, "1", new TreeMap<>(Map.of("language", Value.of("zh"))));
    assertThat(http.status("DELETE", "/v1/customer/1", "", "X-Operation", "op-gone")).isEqualTo(204);
    assertThat(crm.ledger().effects())
        .extracting(Effect::deed, Effect::version, Effect::operation, Effect::ours)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Deed.MADE, 1L, "op-a", true),
            org.assertj.core.groups.Tuple.tuple(Deed.CHANGED, 2L, "op-b", true),
            org.assertj.core.groups.Tuple.tuple(Deed.UNCHANGED, 2L, "op-b", true),
            org.assertj.core.groups.Tuple.tuple(Deed.CHANGED, 3L, "", false),
            org.assertj.core.groups.Tuple.tuple(Deed.DELETED, 4L, "op-gone", true));
    assertThat(crm.ledger().of(RecordKind.CUSTOMER, "r1")).hasSize(4);
  }

  @Test
  void aRefIsInOneRecordOnly() throws IOException {
    String body = "{\"ref\":\"r1\",\"fields\":{\"name\":\"a\"}}";
    assertThat(http.status("POST", "/v1/customer", body)).isEqualTo(201);
    assertThat(http.status("POST", "/v1/customer", body)).isEqualTo(409);
    assertThat(crm.store().count(RecordKind.CUSTOMER)).isEqualTo(1);
  }

  @Test
  void aChangeBoundToAnEarlierVersionIsRefused() throws IOException {
    http.json("PUT", "/v1/customer/by-ref/r1", fields("a"));
    http.json("PUT", "/v1/customer/by-ref/r1", fields("b"));
    assertThat(http.status("PATCH", "/v1/customer/1", fields("c"), "If-Match", "\"1\"")).isEqualTo(412);
    assertThat(http.status("PATCH", "/v1/customer/1", fields("c"), "If-Match", "\"2\"")).isEqualTo(200);
  }

  @Test
  void numbersAreSearchedAsTheyAreWrittenOrByTheirEnd() throws IOException {
    http.json("PUT", "/v1/customer/by-ref/r1", "{\"fields\":{\"phones\":[\"+1 (555) 010-7788\"]}}");
    assertThat(found("?phone=%2B15550107788")).isEmpty();
    assertThat(found("?phone=%2B1%20(555)%20010-7788")).hasSize(1);
    assertThat(found("?phone_end=0107788")).hasSize(1);
    assertThat(found("?phone_end=107788")).isEmpty();
  }

  private List<Object> found(String query) throws IOException {
    return Json.list(http.json("GET", "/v1/customer" + query, "").get("records"));
  }

  @Test
  void pagesByTimeLoseNothingWhereTimesAreEqual() throws IOException {
    for (int i = 0; i < 5; i++) {
      http.json("PUT", "/v1/task/by-ref/r" + i, "{\"fields\":{\"title\":\"t\"}}");
    }
    String time = clock.now().toString();
    List<Object> first = tasks(time, "");
    assertThat(first).hasSize(2);
    assertThat(tasks(time, "&after=2")).hasSize(2);
    assertThat(tasks(time, "&after=4")).hasSize(1);
  }

  private List<Object> tasks(String time, String after) throws IOException {
    return Json.list(http.json("GET", "/v1/task?limit=2&changed_since=" + time + after, "").get("records"));
  }

  @Test
  void aTokenEndsWithItsTime() throws IOException {
    crm.loginLife(Duration.ofMinutes(10));
    String asked = "grant_type=client_credentials&client_id=fake&client_secret=" + crm.secret();
    String token = Json.text(http.json("POST", "/token", asked).get("access_token"));
    try (Http bare = new Http(crm.uri(), "none")) {
      String[] login = {"Authorization", "Bearer " + token};
      assertThat(bare.status("GET", "/v1/ping", "", login)).isEqualTo(200);
      clock.advance(Duration.ofMinutes(11));
      assertThat(bare.status("GET", "/v1/ping", "", login)).isEqualTo(401);
      assertThat(bare.status("POST", "/token", asked.replace("secret-", "other-"))).isEqualTo(401);
    }
  }

  @Test
  void moreRequestsThanTheLimitAreRefusedUntilTimeHasGoneBy() throws IOException {
    crm.troubles().limit(10, true);
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
    HttpResponse<String> refused = http.ask("GET", "/v1/ping", "");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).contains("1");
    clock.advance(Duration.ofSeconds(1));
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
  }

  @Test
  void theQuotaOfADayIsUsedUp() throws IOException {
    crm.troubles().quota(2);
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(200);
    assertThat(http.status("GET", "/v1/ping", "")).isEqualTo(429);
  }

  @Test
  void aTroubleBeforeDoesNothingAndATroubleAfterHasDoneIt() throws IOException {
    crm.troubles().next(CrmTrouble.ERROR, 1);
    assertThat(http.status("PUT", "/v1/customer/by-ref/r1", fields("a"))).isEqualTo(500);
    assertThat(crm.ledger().size()).isZero();
    crm.troubles().next(CrmTrouble.CUT_AFTER, 1);
    assertThatThrownBy(() -> http.ask("PUT", "/v1/customer/by-ref/r1", fields("a"))).isInstanceOf(IOException.class);
    assertThat(crm.ledger().size()).isEqualTo(1);
    crm.troubles().next(CrmTrouble.HALF_AFTER, 1);
    HttpResponse<String> half = http.ask("PUT", "/v1/customer/by-ref/r1", fields("b"));
    assertThat(half.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> Json.parse(half.body())).isInstanceOf(IllegalArgumentException.class);
    assertThat(crm.ledger().size()).isEqualTo(2);
  }

  @Test
  void theSameSeedMeetsTheSameTroubles() {
    assertThat(drawn(3)).isEqualTo(drawn(3)).isNotEqualTo(drawn(4)).contains("ERROR").contains("null");
  }

  private static String drawn(long seed) {
    Troubles troubles = new Troubles(seed);
    troubles.share(CrmTrouble.ERROR, 0.3);
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      made.append(troubles.pick());
    }
    return made.toString();
  }

  @Test
  void someOfABatchFailAndTheOthersAreDone() throws IOException {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      items.append(i == 0 ? "" : ",").append("{\"ref\":\"r%d\",\"fields\":{\"name\":\"a\"}}".formatted(i));
    }
    crm.troubles().next(CrmTrouble.SOME_OF_BATCH, 1);
    List<Object> told = Json.list(http.json("POST", "/v1/customer/batch", "{\"items\":[" + items + "]}").get("items"));
    long done = told.stream().filter(item -> Json.object(item).get("status").toString().equals("201")).count();
    assertThat(told).hasSize(40);
    assertThat(done).isBetween(1L, 39L).isEqualTo(crm.store().count(RecordKind.CUSTOMER));
  }

  @Test
  void manyWritersAtOnceLeaveOneLedgerInWhichNothingIsMissing() {
    List<SyncCheck.Wanted> wanted = new ArrayList<>();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String key = "r" + writer;
      for (int i = 0; i < 200; i++) {
        wanted.add(new SyncCheck.Wanted("op-" + key + "-" + i, key, i));
      }
      writers.add(CompletableFuture.runAsync(() -> writes(key), task -> Thread.ofPlatform().start(task)));
    }
    writers.forEach(Await::done);
    SyncCheck.Effects effects = SyncCheck.effects(wanted, crm.ledger().effects(), false);
    assertThat(effects).matches(SyncCheck.Effects::clean);
    assertThat(crm.store().byRef(RecordKind.CUSTOMER, "r3").orElseThrow().version()).isEqualTo("200");
  }

  private void writes(String key) {
    try {
      for (int i = 0; i < 200; i++) {
        String body = "{\"operation\":\"op-%s-%d\",\"fields\":{\"name\":\"%d\"}}".formatted(key, i, i);
        http.ask("PUT", "/v1/customer/by-ref/" + key, body);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void theFieldsMayDrift() throws IOException {
    http.json("PUT", "/v1/customer/by-ref/r1", fields("a"));
    crm.store().schema().rename(RecordKind.CUSTOMER, "name", "full_name");
    HttpResponse<String> refused = http.ask("PUT", "/v1/customer/by-ref/r1", fields("b"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("unknown_field").contains("\"field\":\"name\"");
    assertThat(http.ask("GET", "/v1/customer/1", "").body()).doesNotContain("\"name\"");
    String level = "{\"fields\":{\"level\":\"%s\"}}";
    assertThat(http.status("PUT", "/v1/customer/by-ref/r1", level.formatted("GOLD"))).isEqualTo(200);
    crm.store().schema().options(RecordKind.CUSTOMER, "level", "A", "B");
    assertThat(http.status("PUT", "/v1/customer/by-ref/r1", level.formatted("GOLD"))).isEqualTo(422);
    crm.store().schema().refuse(RecordKind.CUSTOMER, "language", true);
    assertThat(http.status("PUT", "/v1/customer/by-ref/r1", "{\"fields\":{\"language\":\"en\"}}")).isEqualTo(422);
  }

  @Test
  void hooksAreSignedAndSpoiledAsTheyAreToldToBe() throws IOException {
    List<String> bodies = new CopyOnWriteArrayList<>();
    List<String> ids = new CopyOnWriteArrayList<>();
    byte[] secret = "s".getBytes(StandardCharsets.UTF_8);
    HttpServer ear = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ear.createContext(
        "/",
        told -> {
          byte[] body = told.getRequestBody().readAllBytes();
          String at = told.getRequestHeaders().getFirst("webhook-timestamp");
          String id = told.getRequestHeaders().getFirst("webhook-id");
          String wished =
              CrmHooks.signed(id, Long.parseLong(at) * 1_000_000, body, secret).headers().get("webhook-signature");
          if (wished.equals(told.getRequestHeaders().getFirst("webhook-signature"))) {
            bodies.add(new String(body, StandardCharsets.UTF_8));
            ids.add(id);
          }
          told.sendResponseHeaders(204, -1);
          told.close();
        });
    ear.start();
    try {
      crm.hooks().to(URI.create("http://127.0.0.1:" + ear.getAddress().getPort() + "/"), secret);
      crm.hooks().spoil(1, 0, 0);
      http.json("PUT", "/v1/customer/by-ref/r1", fields("a"));
      Await.until("the hook came twice", () -> ids.size() == 2);
      assertThat(ids).containsOnly("hook-1");
      assertThat(bodies.getFirst()).isEqualTo("{\"kind\":\"customer\",\"id\":\"1\",\"version\":\"1\",\"deed\":\"made\"}");
      crm.hooks().spoil(0, 0, 1);
      http.json("PUT", "/v1/customer/by-ref/r1", fields("b"));
      crm.hooks().spoil(0, 0, 0);
      http.json("PUT", "/v1/customer/by-ref/r1", fields("c"));
      Await.until("the last one came", () -> ids.contains("hook-3"));
      assertThat(ids).doesNotContain("hook-2");
    } finally {
      ear.stop(0);
    }
  }
}
