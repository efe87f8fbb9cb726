package io.cordboard.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.trust.Role;
import io.cordboard.spi.crm.OurFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.FakeCrm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A system that speaks JSON is joined by its file, on the command line of a running server. */
class CrmStoryTest {
  /** Customers and calls alone; the fields of calls are what the system tells that it has. */
  private static final String SYNC =
      "sync: {kinds: [customer, interaction], poll-seconds: 0.2, mapping: {interaction: [%s]}}\n"
          .formatted(
              OurFields.of(RecordKind.INTERACTION).stream()
                  .map(field -> "{ours: %1$s, theirs: %1$s}".formatted(field.name()))
                  .collect(Collectors.joining(", ")));

  private static Running running;
  private static FakeCrm crm;
  private static Path file;
  private static Path secret;

  @BeforeAll
  static void start() throws IOException {
    running = Running.start();
    crm = FakeCrm.start();
    Path folder = Files.createTempDirectory("crm");
    file = folder.resolve("fake.yaml");
    secret = folder.resolve("secret");
    Files.writeString(file, FakeCrm.file() + SYNC);
    Files.writeString(secret, crm.secret() + "\n");
  }

  @AfterAll
  static void stop() {
    running.close();
    crm.close();
  }

  /** Runs a command, and gives what it writes to standard output and standard error. */
  private static Ran run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      int status =
          Main.run(
              Stream.concat(Stream.of(args), Stream.of("--json", "--data", running.data.toString())).toList());
      return new Ran(status, said.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private record Ran(int status, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out.strip().lines().toList().getLast());
    }
  }

  private static Ran add(String... more) {
    List<String> args =
        Stream.concat(
                Stream.of(
                    "crm", "add", file.toString(), "--set", "address=" + crm.uri(), "--set", "secret=@" + secret,
                    "--set=hook_secret=unused", "--allow-internal"),
                Stream.of(more))
            .toList();
    return run(args.toArray(String[]::new));
  }

  @Test
  void aSystemIsTriedJoinedTestedListedAndTakenAwayByCommands() throws IOException {
    String id =
        crm.store()
            .make(
                RecordKind.CUSTOMER,
                new TreeMap<>(
                    Map.of("name", Value.of("韩梅梅"), "phones", Value.of(List.of("138-0013-8077")))));
    Ran dry = add("--dry-run");
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.json().get("name").asString()).isEqualTo("fake-crm");
    assertThat(dry.json().get("ok").asBoolean()).isTrue();
    assertThat(dry.json().get("capabilities").toString()).contains("customer:find-by-number", "interaction:write");
    assertThat(dry.json().get("sample").toString()).contains("韩梅梅", "+8613800138077");
    assertThat(dry.err()).contains("would be read", "would be written", "dry run");
    assertThat(crm.ledger().effects()).as("nothing was written there").hasSize(1);
    assertThat(run("crm", "list").json().get("items").size()).isZero();

    Ran made = add();
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out() + made.err()).doesNotContain(crm.secret());
    assertThat(run("crm", "list").json().at("/items/0/state").asString()).isEqualTo("RUNNING");
    assertThat(run("crm", "test", "fake-crm").json().get("ok").asBoolean()).isTrue();
    Ran prepared = run("crm", "prepare", "fake-crm", "--set", "admin_key=adm1n");
    assertThat(prepared.status()).isEqualTo(1);
    assertThat(prepared.err()).contains("needs no preparation").doesNotContain("adm1n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(running.data.resolve("secret.key"))))
        .isEqualTo("rw-------");

    crm.store().change(RecordKind.CUSTOMER, id, new TreeMap<>(Map.of("name", Value.of("韩梅"))));
    Await.until("what changed there is known here", CrmStoryTest::names, names -> names.contains("韩梅"));
    post("/api/v1/crms/fake-crm/send-all", "{}");
    Await.until(
        "our customers stand there",
        () -> crm.ledger().effects().size(),
        written -> written > 20);
    Await.until(
        "the metrics have it",
        () -> new String(running.get("/metrics").body(), StandardCharsets.UTF_8),
        text -> text.contains("cordboard_crm_waiting{crm=\"fake-crm\"}"));
    crm.refuseLogins(true);
    crm.expireLogins();
    Await.until(
        "health tells of it",
        () -> new String(running.get("/api/v1/health", running.key(Role.ADMINISTRATOR)).body(), StandardCharsets.UTF_8),
        health -> health.contains("crm:fake-crm") && health.contains("WARN"));
    Ran lapsed = run("crm", "test", "fake-crm");
    assertThat(lapsed.status()).isEqualTo(1);
    assertThat(lapsed.json().get("trouble").asString()).isNotEmpty();
    crm.refuseLogins(false);

    assertThat(run("crm", "remove", "fake-crm").status()).isZero();
    assertThat(run("crm", "test", "fake-crm").status()).isEqualTo(1);
  }

  private static String names() {
    HttpResponse<byte[]> found =
        running.get("/api/v1/customers?q=" + java.net.URLEncoder.encode("韩梅", StandardCharsets.UTF_8), running.key(Role.SUPERVISOR));
    return new String(found.body(), StandardCharsets.UTF_8);
  }

  private static void post(String path, String body) {
    assertThat(running.post(path, body, running.key(Role.ADMINISTRATOR)).statusCode()).isBetween(200, 299);
  }

  @Test
  void aWrongCommandSaysWhatIsRightAndNeverRepeatsASecret() {
    assertThat(run("crm").status()).isEqualTo(2);
    assertThat(run("crm", "add", "x.yaml", "--set", "s3cret").err()).contains("NAME=VALUE").doesNotContain("s3cret");
    assertThat(run("crm", "list", "--set", "a=b").status()).isEqualTo(2);
    assertThat(run("crm", "list", "--notices-to", "https://a.example").status()).isEqualTo(2);
    assertThat(run("crm", "prepare", "nobody").err()).contains("--set admin_key=@FILE");
    assertThat(run("crm", "prepare", "nobody", "--set", "api_key=s3cret").err())
        .contains("--set admin_key=@FILE")
        .doesNotContain("s3cret");
    assertThat(run("crm", "prepare", "nobody", "--set", "admin_key=s3cret").err())
        .contains("no connection 'nobody'")
        .doesNotContain("s3cret");
    assertThat(run("crm", "test", "nobody").err()).contains("no connection 'nobody'");
  }

  @Test
  void anAddressInsideOfTheOwnNetworkIsAskedOnlyWhenAllowed() {
    Ran inside =
        run(
            "crm", "add", file.toString(), "--set", "address=" + crm.uri(), "--set", "secret=@" + secret, "--set",
            "hook_secret=unused");
    assertThat(inside.status()).isEqualTo(1);
    assertThat(inside.err()).contains("Nothing was changed");
  }
}
