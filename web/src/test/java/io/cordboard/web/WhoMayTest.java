package io.cordboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cordboard.core.trust.Role;
import io.cordboard.web.Client.Answer;
import io.cordboard.web.fake.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every endpoint of the running server, asked by every role and by nobody, answers as the table says.
 */
class WhoMayTest {
  private static final String TABLE = "who-may.txt";
  private static final String SIGN_IN = "POST /api/v1/session";
  /** Proved by its signature: no session of somebody's has anything to do with it. */
  private static final String HOOK = "POST /api/v1/hooks/{name}";
  private static final String HOOK_OF_ONE = "PUT /api/v1/hooks/{name}/{type}/{id}";
  private static final String ID = "0190a1b2-0000-7000-8000-000000000001";
  private static TestServer server;
  private static Map<String, Set<String>> table;

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    server.world().phones.socket(java.net.URI.create("ws://127.0.0.1:9/ws"));
    table = table();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, Set<String>> table() throws IOException {
    try (InputStream in = WhoMayTest.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.strip().split("\\s+"))
          .collect(
              Collectors.toMap(
                  words -> words[0] + " " + words[1],
                  words ->
                      Set.of(words).stream()
                          .filter(w -> w.length() == 1)
                          .collect(Collectors.toSet()),
                  (a, b) -> {
                    throw new AssertionError("an operation stands twice in " + TABLE);
                  },
                  LinkedHashMap::new));
    }
  }

  private static List<String> operations() {
    JsonNode paths = server.anybody().get("/api/openapi.json").json().get("paths");
    List<String> operations = new ArrayList<>();
    paths.forEachEntry(
        (path, methods) ->
            methods
                .propertyNames()
                .forEach(
                    method ->
                        operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    return operations;
  }

  /** What the running server really answers, whether or not the document tells of it. */
  private static Set<String> mapped() {
    Set<String> mapped = new TreeSet<>();
    for (RequestMappingInfoHandlerMapping mapping :
        server.parts(RequestMappingInfoHandlerMapping.class)) {
      for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (String path : info.getPatternValues()) {
          if (methods.isEmpty()) {
            mapped.add("ANY " + path);
          }
          methods.forEach(method -> mapped.add(method + " " + path));
        }
      }
    }
    server.parts(AbstractUrlHandlerMapping.class).stream()
        .flatMap(mapping -> mapping.getHandlerMap().keySet().stream())
        .forEach(path -> mapped.add("ANY " + path));
    return mapped;
  }

  @Test
  void theTableHoldsEveryEndpointAndNoOther() {
    assertThat(mapped()).isEqualTo(new TreeSet<>(table.keySet())).isNotEmpty();
  }

  @Test
  void theDocumentTellsOfEveryOperationAndNoOther() {
    Set<String> told =
        table.keySet().stream()
            .filter(row -> row.contains(" /api/v1/") && !row.startsWith("ANY "))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(operations())).isEqualTo(told).isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aChangeWithAWrongTokenIsRefusedToEverybodyWhoSignedIn() {
    return table.keySet().stream()
        .filter(operation -> !operation.matches("(GET|ANY) .*") && !Set.of(SIGN_IN, HOOK, HOOK_OF_ONE).contains(operation))
        .flatMap(
            operation ->
                Stream.of("A", "S", "D")
                    .map(
                        who ->
                            dynamicTest(
                                operation + " by " + who + " with a wrong token",
                                () -> forged(operation, client(who)))));
  }

  private static void forged(String operation, Client client) {
    for (String token : new String[] {null, "", "wrong"}) {
      Answer answer = ask(operation, client.header("X-CSRF-Token", token));
      assertThat(answer.status()).as(answer.body()).isEqualTo(403);
      assertThat(answer.problem()).isEqualTo("/problems/csrf");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRoleIsAnsweredAsTheTableSays() {
    return table.entrySet().stream()
        .flatMap(
            row ->
                Stream.of("-", "A", "S", "D", "I")
                    .map(who -> test(row.getKey(), who, row.getValue().contains(who))));
  }

  private static DynamicTest test(String operation, String who, boolean may) {
    return dynamicTest(
        operation + " by " + who, () -> check(ask(operation, client(who)), who, may));
  }

  private static void check(Answer answer, String who, boolean may) {
    if (may) {
      assertThat(answer.status()).as(answer.body()).isNotEqualTo(403).isLessThan(500);
      assertThat(answer.body()).doesNotContain("Sign in, or send an API key");
    } else {
      assertThat(answer.status()).as(answer.body()).isEqualTo(who.equals("-") ? 401 : 403);
      assertThat(answer.problem()).startsWith("/problems/");
    }
  }

  private static Client client(String who) {
    World world = server.world();
    return switch (who) {
      case "A" -> server.as(world.person(Role.AGENT));
      case "S" -> server.as(world.person(Role.SUPERVISOR));
      case "D" -> server.as(world.person(Role.ADMINISTRATOR));
      case "I" -> server.with(world.key(Role.INTEGRATION));
      default -> server.anybody();
    };
  }

  private static Answer ask(String operation, Client client) {
    String[] words = operation.split(" ");
    String path = words[1].replaceAll("\\{[^}]*}", words[1].contains("letters") ? "1" : ID);
    boolean reads = words[0].matches("GET|ANY");
    if (words[0].equals("ANY")) {
      // a socket is opened by one of our pages only
      client.header("Origin", client.base());
    }
    return client.send(reads ? "GET" : words[0], path, reads ? null : "{}");
  }

  @Test
  void refusalsLeaveATrace() {
    int before = server.world().audit.entries().size();
    ask("GET /api/v1/users", client("A"));
    assertThat(server.world().audit.entries().stream().skip(before).map(e -> e.what()))
        .contains("access-refused");
  }

  @Test
  void theDocumentNamesThePermissionOfEachOperation() {
    JsonNode document = server.anybody().get("/api/openapi.json").json();
    assertThat(document.at("/paths/~1api~1v1~1users/get/x-needs/0").asString())
        .isEqualTo("MANAGE_USERS");
    assertThat(document.at("/components/schemas/CtiEvent/required").toString())
        .contains("callId", "event", "direction")
        .doesNotContain("agent");
  }

  @Test
  void theLocalTokenActsAsAdministratorFromThisMachineOnly() {
    Client local = server.with(World.LOCAL_TOKEN);
    assertThat(local.get("/api/v1/users").status()).isEqualTo(200);
    assertThat(local.header("X-Forwarded-For", "10.0.0.1").get("/api/v1/users").status())
        .isEqualTo(401);
  }
}
