package io.cordboard.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that do it in another way than HAPI, as far as the standard lets them, or not quite. */
class OddServerTest {
  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"7\",\"meta\":{\"versionId\":\"%s\"}}";

  /** What came, and what is answered: by method and path. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final Map<String, Says> answers = new HashMap<>();
  private HttpServer server;

  private record Says(int status, String body, Map<String, String> headers) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange told) throws IOException {
    String what = told.getRequestMethod() + " " + told.getRequestURI().getPath();
    String body = new String(told.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(what + " " + body);
    queries.add(String.valueOf(told.getRequestURI().getQuery()));
    logins.add(String.valueOf(told.getRequestHeaders().getFirst("Authorization")));
    Says says = answers.getOrDefault(what, new Says(404, "{\"resourceType\":\"OperationOutcome\"}", Map.of()));
    says.headers().forEach((name, value) -> told.getResponseHeaders().add(name, value));
    byte[] bytes = says.body().getBytes(StandardCharsets.UTF_8);
    told.sendResponseHeaders(says.status(), bytes.length == 0 ? -1 : bytes.length);
    told.getResponseBody().write(bytes);
    told.close();
  }

  private void says(String what, int status, String body, String... headers) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    answers.put(what, new Says(status, body, all));
  }

  private Crm crm() {
    return crm(Map.of(), Map.of());
  }

  private Crm crm(Map<String, Object> auth, Map<String, String> settings) {
    Map<String, Object> tree = new HashMap<>(Map.of("base", "http://127.0.0.1:" + server.getAddress().getPort() + "/r4/"));
    tree.put("auth", auth);
    return new FhirAdapter().open(new CrmConfig("odd", tree, settings, true, new HandClock()));
  }

  private static Written write(Crm crm, String id, String version) {
    Write write = new Write("our-1", id, version, "op", new TreeMap<>(Map.of("name", Value.of("张伟"))));
    return crm.as(WriteRecords.class, RecordKind.CUSTOMER).write(RecordKind.CUSTOMER, List.of(write)).getFirst();
  }

  @Test
  void staleIsStaleByWhicheverStatusItIsTold() {
    says("GET /r4/Patient/7", 200, PATIENT.formatted("3"));
    for (int status : List.of(409, 412)) {
      says("PUT /r4/Patient/7", status, "{\"resourceType\":\"OperationOutcome\"}");
      try (Crm crm = crm()) {
        assertThat(write(crm, "7", "3")).isEqualTo(new Written.Stale());
      }
    }
  }

  @Test
  void aServerThatAnswersAWriteWithItsPlaceAloneIsUnderstood() {
    says("POST /r4/Patient", 201, "", "Location", "http://x/r4/Patient/7/_history/1", "ETag", "W/\"1\"");
    try (Crm crm = crm()) {
      assertThat(write(crm, null, null)).isEqualTo(new Written.Done("7", "1", Made.YES));
    }
  }

  @Test
  void aTextThatWasGeneratedFromTheFieldsIsDroppedWithTheirChange() {
    String text = "\"text\":{\"status\":\"%s\",\"div\":\"<div>Old name</div>\"}}";
    for (String status : List.of("generated", "additional")) {
      says("GET /r4/Patient/7", 200, PATIENT.formatted("3").replaceAll("}$", "," + text.formatted(status)));
      says("PUT /r4/Patient/7", 200, PATIENT.formatted("4"));
      try (Crm crm = crm()) {
        assertThat(write(crm, "7", "3")).isEqualTo(new Written.Done("7", "4", Made.NO));
      }
      assertThat(asked.getLast().contains("Old name")).as(status).isEqualTo(status.equals("additional"));
    }
  }

  @Test
  void ourIdInSeveralPatientsIsRefused() {
    says("POST /r4/Patient", 412, "{\"resourceType\":\"OperationOutcome\"}");
    try (Crm crm = crm()) {
      assertThat(write(crm, null, null)).isInstanceOfSatisfying(
          Written.Failed.class, failed -> assertThat(failed.fault()).hasMessageContaining("our-1"));
    }
  }

  @Test
  void whatTheServerSaysAboutARefusalIsTold() {
    says(
        "POST /r4/Patient",
        422,
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"No such code\",\"expression\":[\"Patient.gender\"]}]}");
    try (Crm crm = crm()) {
      assertThat(write(crm, null, null)).isInstanceOfSatisfying(
          Written.Failed.class,
          failed ->
              assertThat(failed.fault())
                  .isInstanceOf(Fault.Refused.class)
                  .hasMessageContaining("Patient.gender: No such code"));
    }
  }

  @Test
  void aServerThatDoesNotKnowTheSearchByPhoneIsRefusedAndNobodyIsFound() {
    says(
        "GET /r4/Patient",
        200,
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + PATIENT.formatted("1") + "}]}");
    try (Crm crm = crm()) {
      assertThatThrownBy(
              () ->
                  crm.as(FindByNumber.class, RecordKind.CUSTOMER)
                      .findByNumber(new PhoneNumber("+8613800138000"), Duration.ofSeconds(5)))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("does not know this search");
    }
  }

  @Test
  void aNextPageElsewhereIsNotFollowed() {
    says(
        "GET /r4/Patient",
        200,
        "{\"resourceType\":\"Bundle\",\"link\":[{\"relation\":\"next\",\"url\":\"http://169.254.169.254/latest?x=1\"}]}");
    try (Crm crm = crm()) {
      assertThatThrownBy(() -> crm.as(ScanRecords.class, RecordKind.CUSTOMER).scan(RecordKind.CUSTOMER, null, 10))
          .isInstanceOf(Fault.Refused.class);
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void aPlaceThatIsNoPageIsNotAskedFor() {
    try (Crm crm = crm()) {
      assertThatThrownBy(() -> crm.as(ScanRecords.class, RecordKind.CUSTOMER).scan(RecordKind.CUSTOMER, "../admin?", 10))
          .isInstanceOf(Fault.BadRequest.class);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void aUserOrATokenIsSentAsItHasToBe() {
    says("GET /r4/Patient", 200, "{\"resourceType\":\"Bundle\"}");
    try (Crm basic = crm(Map.of("type", "basic"), Map.of("user", "u", "password", "p"));
        Crm bearer = crm(Map.of("type", "bearer"), Map.of("token", "abc"))) {
      basic.check();
      bearer.check();
    }
    assertThat(logins).containsExactly("Basic dTpw", "Bearer abc");
  }

  @Test
  void aSecretThatIsMissingIsNamed() {
    assertThatThrownBy(() -> crm(Map.of("type", "bearer"), Map.of()))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("'token'");
  }

  @Test
  void aStatementIsSignedByAKeyOfACurveToo() throws Exception {
    KeyPairGenerator maker = KeyPairGenerator.getInstance("EC");
    maker.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair keys = maker.generateKeyPair();
    says("POST /token", 200, "{\"access_token\":\"abc\",\"expires_in\":300}");
    says("GET /r4/Patient", 200, "{\"resourceType\":\"Bundle\"}");
    String key = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    String token = "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    try (Crm crm = crm(Map.of("type", "smart", "token", token), Map.of("client", "c", "key", key, "keyId", "k1"))) {
      crm.check();
    }
    String[] parts = asked.getFirst().replaceAll("(?s).*client_assertion=", "").split("\\.");
    Signature check = Signature.getInstance("SHA384withECDSAinP1363Format");
    check.initVerify(keys.getPublic());
    check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
        .contains("\"alg\":\"ES384\"", "\"kid\":\"k1\"");
    assertThat(logins.getLast()).isEqualTo("Bearer abc");
  }

  private static String bundle(String at, String more) {
    return "{\"resourceType\":\"Bundle\",\"meta\":{\"lastUpdated\":\"%s\"}%s}".formatted(at, more);
  }

  @Test
  void aQuietServerIsAskedForItsLastSecondsOnly() {
    says("GET /r4/Patient", 200, bundle("2026-01-05T01:00:00Z", ""));
    says("GET /r4/Patient/_history", 200, bundle("2026-01-05T01:00:00Z", ""));
    try (Crm crm = crm()) {
      ReadChanges changes = crm.as(ReadChanges.class, RecordKind.CUSTOMER);
      String first = changes.changes(RecordKind.CUSTOMER, null, 100).cursor();
      String second = changes.changes(RecordKind.CUSTOMER, first, 100).cursor();
      changes.changes(RecordKind.CUSTOMER, second, 100);
    }
    assertThat(queries).filteredOn(query -> query.contains("_lastUpdated=ge2026-01-05T00:59:55Z")).hasSize(1);
    assertThat(queries.getLast()).contains("_since=2026-01-05T00:59:55Z");
  }

  @Test
  void aHistoryThatIsTooLongIsAGap() {
    String versions = String.join(",", Collections.nCopies(200, "{\"request\":{\"method\":\"PUT\"}}"));
    String next = "\"link\":[{\"relation\":\"next\",\"url\":\"/r4/Patient/_history?page=2\"}]";
    says("GET /r4/Patient", 200, bundle("2026-01-05T01:00:00Z", ""));
    says("GET /r4/Patient/_history", 200, bundle("2026-01-05T01:00:00Z", ",%s,\"entry\":[%s]".formatted(next, versions)));
    try (Crm crm = crm()) {
      ReadChanges changes = crm.as(ReadChanges.class, RecordKind.CUSTOMER);
      String cursor = changes.changes(RecordKind.CUSTOMER, null, 100).cursor();
      ReadChanges.Page page = changes.changes(RecordKind.CUSTOMER, cursor, 100);
      assertThat(page.gap()).isTrue();
      assertThat(page.records()).isEmpty();
    }
  }

  @Test
  void deletionsAreToldInPagesTooAndOnce() {
    String gone =
        IntStream.range(0, 3)
            .mapToObj("{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/%d/_history/2\"}}"::formatted)
            .collect(Collectors.joining(","));
    says("GET /r4/Patient", 200, bundle("2026-01-05T01:00:00Z", ""));
    says("GET /r4/Patient/_history", 200, bundle("2026-01-05T01:00:00Z", ",\"entry\":[" + gone + "]"));
    try (Crm crm = crm()) {
      ReadChanges changes = crm.as(ReadChanges.class, RecordKind.CUSTOMER);
      String cursor = changes.changes(RecordKind.CUSTOMER, null, 100).cursor();
      ReadChanges.Page first = changes.changes(RecordKind.CUSTOMER, cursor, 2);
      ReadChanges.Page second = changes.changes(RecordKind.CUSTOMER, first.cursor(), 2);
      ReadChanges.Page third = changes.changes(RecordKind.CUSTOMER, second.cursor(), 2);
      assertThat(first.records()).hasSize(2).allMatch(record -> record.state() == CrmRecord.State.DELETED);
      assertThat(first.more()).isTrue();
      assertThat(second.records()).hasSize(1);
      assertThat(second.more()).isFalse();
      assertThat(third.records()).isEmpty();
    }
  }

  @Test
  void aServerWithoutAHistoryIsToldToBeConfiguredSo() {
    says("GET /r4/Patient", 200, bundle("2026-01-05T01:00:00Z", ""));
    try (Crm crm = crm()) {
      ReadChanges changes = crm.as(ReadChanges.class, RecordKind.CUSTOMER);
      String cursor = changes.changes(RecordKind.CUSTOMER, null, 100).cursor();
      assertThatThrownBy(() -> changes.changes(RecordKind.CUSTOMER, cursor, 100))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("deletions: none");
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    says("GET /r4/Patient", 302, "", "Location", "http://127.0.0.1:1/");
    try (Crm crm = crm()) {
      assertThatThrownBy(() -> crm.as(ReadRecords.class, RecordKind.CUSTOMER).findByRef(RecordKind.CUSTOMER, "r"))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("another address");
    }
  }
}
