package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByEmail;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.RemoveRecords;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The shipped file against a running Request Tracker; {@code e2e/systems/request-tracker prove} starts both. */
@EnabledIfEnvironmentVariable(named = "CORDBOARD_RT", matches = "http\\S+ \\S+")
class RequestTrackerTest {
  private static final Clock CLOCK = new Clock() {
    @Override
    public long micros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  };

  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private Crm crm;

  @BeforeEach
  void open() throws IOException {
    String[] where = System.getenv("CORDBOARD_RT").split(" ");
    crm = Files.open(RequestTrackerFileTest.file(), Map.of("address", where[0], "token", where[1]), CLOCK);
  }

  @AfterEach
  void close() {
    crm.close();
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }

  private Written write(RecordKind kind, String ref, @Nullable String id, @Nullable String version, Map<String, Value> fields) {
    return crm.as(WriteRecords.class, kind)
        .write(kind, List.of(new Write(ref, id, version, "op", new TreeMap<>(fields)))).getFirst();
  }

  private String made(RecordKind kind, String ref, Map<String, Value> fields) {
    Written written = write(kind, ref, null, null, fields);
    assertThat(written).isInstanceOfSatisfying(Written.Done.class, done -> assertThat(done.made()).isEqualTo(Made.YES));
    return ((Written.Done) written).id();
  }

  private CrmRecord read(RecordKind kind, String id) {
    return crm.as(ReadRecords.class, kind).read(kind, List.of(id)).getFirst();
  }

  private String number() {
    return "+86138" + "%08d".formatted(Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 100_000_000L));
  }

  @Test
  void itLetsUsIn() {
    crm.check();
  }

  @Test
  void aWrongTokenIsToldAsOne() throws IOException {
    try (Crm wrong = Files.open(RequestTrackerFileTest.file(),
        Map.of("address", System.getenv("CORDBOARD_RT").split(" ")[0], "token", "1-2-wrong-token"), CLOCK)) {
      assertThatThrownBy(wrong::check).isInstanceOf(Fault.AuthLapsed.class).message().doesNotContain("wrong-token");
    }
  }

  @Test
  void aTicketIsMadeAndItsChangeIsSeen() {
    ReadChanges feed = crm.as(ReadChanges.class, RecordKind.TICKET);
    String start = feed.changes(RecordKind.TICKET, null, 50).cursor();
    String id = made(RecordKind.TICKET, "t-" + mark, Map.of("Subject", text("Lamp " + mark), "Content", text("It is dark")));
    String seen = follow(start, id, "new");
    assertThat(write(RecordKind.TICKET, "t-" + mark, id, null, Map.of("Status", text("open"))))
        .isInstanceOf(Written.Done.class);
    follow(seen, id, "open");
  }

  @Test
  void ticketsThatChangeAtOnceAreAllToldThroughSmallPages() {
    ReadChanges feed = crm.as(ReadChanges.class, RecordKind.TICKET);
    String cursor = feed.changes(RecordKind.TICKET, null, 50).cursor();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      missing.add(made(RecordKind.TICKET, "q%d-%s".formatted(i, mark), Map.of("Subject", text("Many"))));
    }
    for (int page = 0; page < 60 && !missing.isEmpty(); page++) {
      ReadChanges.Page told = feed.changes(RecordKind.TICKET, cursor, 2);
      told.records().forEach(record -> missing.remove(record.id()));
      cursor = told.cursor();
    }
    assertThat(missing).isEmpty();
  }

  // reads on until the ticket stands there like this; the cursor after that
  private String follow(String from, String id, String status) {
    String[] cursor = {from};
    Await.until("the ticket told as " + status, () -> {
      ReadChanges.Page page = crm.as(ReadChanges.class, RecordKind.TICKET).changes(RecordKind.TICKET, cursor[0], 50);
      cursor[0] = page.cursor();
      return page.records().stream()
          .anyMatch(record -> record.id().equals(id) && text(status).equals(record.fields().get("Status")));
    });
    return cursor[0];
  }

  @Test
  void aTicketThatWasMadeByAnAttemptOfWhichNobodyKnewIsNotMadeTwice() {
    String id = made(RecordKind.TICKET, "u-" + mark, Map.of("Subject", text("Once " + mark)));
    assertThat(write(RecordKind.TICKET, "u-" + mark, null, null, Map.of("Subject", text("Once more " + mark))))
        .isInstanceOfSatisfying(Written.Done.class, done -> {
          assertThat(done.id()).isEqualTo(id);
          assertThat(done.made()).isEqualTo(Made.NO);
        });
    assertThat(read(RecordKind.TICKET, id).fields()).containsEntry("Subject", text("Once more " + mark));
  }

  @Test
  void aTicketThatChangedSinceIsNotOverwritten() {
    String id = made(RecordKind.TICKET, "s-" + mark, Map.of("Subject", text("Stale " + mark)));
    String version = read(RecordKind.TICKET, id).version();
    assertThat(write(RecordKind.TICKET, "s-" + mark, id, version, Map.of("Status", text("open")))).isInstanceOf(Written.Done.class);
    Await.until("a change in a later second", () -> {
      write(RecordKind.TICKET, "s-" + mark, id, null, Map.of("Subject", text("Stale " + UUID.randomUUID())));
      return !read(RecordKind.TICKET, id).version().equals(version);
    });
    assertThat(write(RecordKind.TICKET, "s-" + mark, id, version, Map.of("Status", text("stalled"))))
        .isEqualTo(new Written.Stale());
    assertThat(read(RecordKind.TICKET, id).fields()).containsEntry("Status", text("open"));
  }

  @Test
  void aStatusThatThereIsNotIsRefusedThoughTheAnswerSaysTwoHundred() {
    String id = made(RecordKind.TICKET, "b-" + mark, Map.of("Subject", text("Bad " + mark)));
    assertThat(write(RecordKind.TICKET, "b-" + mark, id, null, Map.of("Status", text("nonsense"))))
        .isInstanceOfSatisfying(Written.Failed.class, failed -> {
          assertThat(failed.fault()).isInstanceOf(Fault.Refused.class).hasMessageContaining("valid status");
        });
  }

  @Test
  void aDeletedTicketIsNotThereAndAMergedOneNamesTheOther() throws Exception {
    String one = made(RecordKind.TICKET, "m1-" + mark, Map.of("Subject", text("One " + mark)));
    String two = made(RecordKind.TICKET, "m2-" + mark, Map.of("Subject", text("Two " + mark)));
    crm.as(RemoveRecords.class, RecordKind.TICKET).remove(RecordKind.TICKET, two, "test");
    assertThat(crm.as(ReadRecords.class, RecordKind.TICKET).read(RecordKind.TICKET, List.of(one, two)))
        .extracting(CrmRecord::id).containsExactly(one);
    crm.as(RemoveRecords.class, RecordKind.TICKET).remove(RecordKind.TICKET, "99999999", "not there");
    String three = made(RecordKind.TICKET, "m3-" + mark, Map.of("Subject", text("Three " + mark)));
    merge(three, one);
    assertThat(read(RecordKind.TICKET, three)).satisfies(record -> {
      assertThat(record.state()).isEqualTo(CrmRecord.State.MERGED);
      assertThat(record.mergedInto()).isEqualTo(one);
    });
  }

  // as somebody does it there
  private static void merge(String from, String into) throws IOException, InterruptedException {
    String[] where = System.getenv("CORDBOARD_RT").split(" ");
    HttpRequest request = HttpRequest.newBuilder(URI.create(where[0] + "/REST/2.0/ticket/" + from))
        .header("Authorization", "token " + where[1])
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString("{\"MergeInto\": \"%s\"}".formatted(into)))
        .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).contains("Merge Successful");
    }
  }

  @Test
  void aCustomerIsFoundByAnyWritingOfTheNumberAndByTheAddress() {
    String number = number();
    String spaced = number.substring(0, 3) + " " + number.substring(3, 6) + "-" + number.substring(6, 10) + "-" + number.substring(10);
    String id = made(RecordKind.CUSTOMER, "c-" + mark, Map.of(
        "RealName", text("王伟 " + mark), "Phone", new Value.Many(List.of(spaced)),
        "EmailAddress", text(mark + "@test.example")));
    assertThat(crm.as(FindByNumber.class, RecordKind.CUSTOMER).findByNumber(new PhoneNumber(number), Duration.ofSeconds(5)))
        .extracting(CrmRecord::id).containsExactly(id);
    assertThat(crm.as(FindByEmail.class, RecordKind.CUSTOMER).findByEmail(mark.toUpperCase() + "@test.example", Duration.ofSeconds(5)))
        .extracting(CrmRecord::ref).containsExactly("c-" + mark);
    assertThat(crm.as(FindByNumber.class, RecordKind.CUSTOMER).findByNumber(new PhoneNumber("+8613100000000"), Duration.ofSeconds(5)))
        .isEmpty();
    assertThat(crm.as(ReadRecords.class, RecordKind.CUSTOMER).findByRef(RecordKind.CUSTOMER, "c-" + mark)).isPresent();
    assertThat(crm.as(ReadRecords.class, RecordKind.CUSTOMER).findByRef(RecordKind.CUSTOMER, "c-none")).isEmpty();
  }

  @Test
  void aCustomerIsChangedAndAFieldIsCleared() {
    String id = made(RecordKind.CUSTOMER, "d-" + mark, Map.of(
        "RealName", text("Li " + mark), "Phone", new Value.Many(List.of(number())), "City", text("上海")));
    assertThat(write(RecordKind.CUSTOMER, "d-" + mark, id, null, Map.of("City", Value.EMPTY, "Phone", Value.EMPTY)))
        .isInstanceOf(Written.Done.class);
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("City", Value.EMPTY).containsEntry("Phone", Value.EMPTY)
        .containsEntry("RealName", text("Li " + mark));
  }

  @Test
  void aCallIsLoggedForACustomerAndCompletedLater() {
    String customer = made(RecordKind.CUSTOMER, "e-" + mark, Map.of("RealName", text("Call " + mark)));
    String call = made(RecordKind.INTERACTION, "i-" + mark, Map.of(
        "Subject", text("Call in " + mark), "Requestor", text(customer), "Starts", text("2026-01-05T01:00:00Z"),
        "seconds", new Value.Number(BigDecimal.valueOf(95)), "notes", text("Wants a lamp")));
    assertThat(read(RecordKind.INTERACTION, call).fields())
        .containsEntry("Requestor", text(customer))
        .containsEntry("Starts", text("2026-01-05T01:00:00Z"));
    assertThat(write(RecordKind.INTERACTION, "i-" + mark, call, null, Map.of("notes", text("And a bulb"))))
        .isInstanceOf(Written.Done.class);
  }

  @Test
  void allCustomersAreReadPageByPage() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(made(RecordKind.CUSTOMER, "p%d-%s".formatted(i, mark), Map.of("RealName", text("Page"))));
    }
    List<String> seen = new ArrayList<>();
    String next = null;
    do {
      ScanRecords.Page page = crm.as(ScanRecords.class, RecordKind.CUSTOMER).scan(RecordKind.CUSTOMER, next, 3);
      page.records().forEach(record -> seen.add(record.id()));
      next = page.next();
    } while (next != null);
    assertThat(seen).containsAll(made).doesNotHaveDuplicates();
  }
}
