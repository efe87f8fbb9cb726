package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.Await;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Odoo does besides the contract of all CRMs. On a real one: docs/crm-odoo.md says how it is run. */
@Tag("real-odoo")
class OdooStoriesTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static RealOdoo odoo;
  private static OdooCrm crm;

  @BeforeAll
  static void connect() {
    odoo = RealOdoo.get();
    crm = odoo.connect(odoo.url);
  }

  @AfterAll
  static void close() {
    crm.close();
  }

  private static SortedMap<String, Value> fields(Object... pairs) {
    SortedMap<String, Value> fields = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1] instanceof Value value ? value : Value.of((String) pairs[i + 1]));
    }
    return fields;
  }

  private static String ref() {
    return UUID.randomUUID().toString();
  }

  private static Written.Done done(RecordKind kind, String ref, String id, SortedMap<String, Value> fields) {
    Written written = crm.write(kind, List.of(new Write(ref, id, null, "op", fields))).getFirst();
    assertThat(written).isInstanceOf(Written.Done.class);
    return (Written.Done) written;
  }

  private static CrmRecord read(RecordKind kind, String id) {
    return crm.read(kind, List.of(id)).getFirst();
  }

  private static PhoneNumber number() {
    return new PhoneNumber("+1212%07d".formatted(ThreadLocalRandom.current().nextInt(2_000_000, 9_999_999)));
  }

  private static String customer(String name) {
    return done(RecordKind.CUSTOMER, ref(), null, fields("name", name)).id();
  }

  private static String body(String note) {
    return odoo.call("mail.message", "read", Map.of("ids", List.of(Long.valueOf(note)), "fields", List.of("body")))
        .path(0).path("body").asString();
  }

  // ---- customers

  @Test
  void aNumberChangedByAPersonIsFoundAndIsAmongTheChanges() {
    String id = customer("Moves");
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    PhoneNumber number = number();
    odoo.write("res.partner", id, Map.of("phone", "(" + number.e164().substring(2, 5) + ") " + number.e164().substring(5)));
    assertThat(crm.findByNumber(number, SOON)).extracting(CrmRecord::id).containsExactly(id);
    assertThat(crm.changes(RecordKind.CUSTOMER, cursor, 100).records()).extracting(CrmRecord::id).contains(id);
  }

  @Test
  void tagsAndLevelStandInOneFieldThereAndDoNotDisturbEachOther() {
    String ref = ref();
    String id =
        done(RecordKind.CUSTOMER, ref, null, fields("name", "Tagged", "tags", Value.of(List.of("喜欢电话", "late payer")), "level", "GOLD")).id();
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("tags", Value.of(List.of("late payer", "喜欢电话")))
        .containsEntry("level", Value.of("GOLD"));
    done(RecordKind.CUSTOMER, ref, id, fields("level", "PLATINUM"));
    done(RecordKind.CUSTOMER, ref, id, fields("tags", Value.of(List.of("new"))));
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("tags", Value.of(List.of("new")))
        .containsEntry("level", Value.of("PLATINUM"));
    done(RecordKind.CUSTOMER, ref, id, fields("tags", Value.EMPTY, "level", Value.EMPTY));
    assertThat(read(RecordKind.CUSTOMER, id).fields()).containsEntry("tags", Value.EMPTY).containsEntry("level", Value.EMPTY);
  }

  @Test
  void kindAndLanguageAreWrittenAsOdooNamesThem() {
    String id =
        done(RecordKind.CUSTOMER, ref(), null, fields("name", "Firm", "company_type", "company", "lang", "zh_CN")).id();
    assertThat(read(RecordKind.CUSTOMER, id).fields())
        .containsEntry("company_type", Value.of("company"))
        .containsEntry("lang", Value.of("zh_CN"));
    Written unknown = crm.write(RecordKind.CUSTOMER, List.of(new Write(ref(), null, null, "op", fields("name", "X", "lang", "xx_YY")))).getFirst();
    assertThat(unknown).isInstanceOf(Written.Failed.class);
    assertThat(((Written.Failed) unknown).fault()).isInstanceOf(Fault.Refused.class).hasMessageContaining("lang");
  }

  @Test
  void anArchivedCustomerIsGoneAndComesBackWhenUnarchived() {
    String id = customer("Archived");
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    odoo.write("res.partner", id, Map.of("active", false));
    assertThat(read(RecordKind.CUSTOMER, id).state()).isEqualTo(State.DELETED);
    assertThat(crm.changes(RecordKind.CUSTOMER, cursor, 100).records())
        .anyMatch(told -> told.id().equals(id) && told.state() == State.DELETED);
    odoo.write("res.partner", id, Map.of("active", true));
    assertThat(read(RecordKind.CUSTOMER, id).state()).isEqualTo(State.LIVE);
  }

  @Test
  void ofMergedCustomersWhoCarryOurIdsTheLoserSaysWhereItWent() {
    String loserRef = ref();
    String winnerRef = ref();
    // the second was made there by a person, and linked when it was first written by us
    String winner = odoo.create("res.partner", Map.of("name", "Winner"));
    String loser = done(RecordKind.CUSTOMER, loserRef, null, fields("name", "Loser")).id();
    done(RecordKind.CUSTOMER, winnerRef, winner, fields("email", "winner@example.com"));
    new OdooHarness().merge(RecordKind.CUSTOMER, loser, winner);
    CrmRecord gone = read(RecordKind.CUSTOMER, loser);
    assertThat(gone.state()).isEqualTo(State.MERGED);
    assertThat(gone.mergedInto()).isEqualTo(winner);
    assertThat(read(RecordKind.CUSTOMER, winner).ref()).isEqualTo(winnerRef);
    assertThat(crm.findByRef(RecordKind.CUSTOMER, loserRef)).map(CrmRecord::id).contains(winner);
  }

  @Test
  void whoWorksThereAndADeliveryAddressAreNoCustomers() {
    PhoneNumber number = number();
    String firm = customer("Firm");
    String address =
        odoo.create("res.partner", Map.of("name", "Door 3", "parent_id", Long.valueOf(firm), "type", "delivery", "phone", number.e164()));
    assertThat(crm.findByNumber(number, SOON)).isEmpty();
    assertThat(crm.read(RecordKind.CUSTOMER, List.of(address, "3"))).isEmpty();
  }

  @Test
  void twentyOneWithOneNumberAreTooManyToChooseFrom() {
    PhoneNumber number = number();
    for (int i = 0; i < 21; i++) {
      odoo.create("res.partner", Map.of("name", "Switchboard " + i, "phone", number.e164()));
    }
    assertThatThrownBy(() -> crm.findByNumber(number, SOON)).isInstanceOf(Fault.Refused.class);
  }

  // ---- notes

  @Test
  void aCallIsANoteAtTheCustomerAndItsTextIsNoHtml() {
    String evil = "<script>alert(1)</script> & \"x\"\nsecond line";
    String id =
        done(
                RecordKind.INTERACTION, ref(), null,
                fields(
                    "customer", customer("Called"), "subject", "Call from +12125550143", "at", "2026-11-28T01:02:03Z",
                    "direction", "in", "notes", evil, "seconds", new Value.Number(new BigDecimal("192")),
                    "recording", "https://cordboard.example/recordings/1?a=1&b=2"))
            .id();
    assertThat(body(id)).doesNotContain("<script").contains("&lt;script&gt;").contains("href=\"https://cordboard.example/recordings/1?a=1&amp;b=2\"");
    assertThat(read(RecordKind.INTERACTION, id).fields())
        .containsEntry("at", Value.of("2026-11-28T01:02:03Z"))
        .containsEntry("direction", Value.of("in"))
        .containsEntry("notes", Value.of(evil))
        .containsEntry("seconds", new Value.Number(new BigDecimal("192")))
        .containsEntry("recording", Value.of("https://cordboard.example/recordings/1?a=1&b=2"))
        .containsEntry("disposition", Value.EMPTY);
  }

  @Test
  void lateDataChangesItsOwnLineAndNothingThatAPersonWroteIntoTheNote() {
    String ref = ref();
    String id = done(RecordKind.INTERACTION, ref, null, fields("customer", customer("Called"), "subject", "Call", "notes", "ours")).id();
    odoo.write("mail.message", id, Map.of("body", body(id).replace("ours", "theirs") + "<p>And he likes <b>tea</b>.</p>"));
    CrmRecord edited = read(RecordKind.INTERACTION, id);
    assertThat(edited.fields()).containsEntry("notes", Value.of("theirs"));
    done(RecordKind.INTERACTION, ref, id, fields("recording", "https://cordboard.example/r/2"));
    assertThat(body(id)).contains("theirs").contains("<p>And he likes <b>tea</b>.</p>").contains("https://cordboard.example/r/2");
    done(RecordKind.INTERACTION, ref, id, fields("recording", "https://cordboard.example/r/3"));
    assertThat(body(id)).contains("tea").contains("r/3").doesNotContain("r/2");
  }

  @Test
  void aNoteThatAPersonWroteAnewSaysNothingOfOursAndKeepsTheirWords() {
    String ref = ref();
    String id = done(RecordKind.INTERACTION, ref, null, fields("customer", customer("Called"), "subject", "Call", "notes", "ours")).id();
    String version = read(RecordKind.INTERACTION, id).version();
    odoo.write("mail.message", id, Map.of("body", "<p>All mine <span class=\"o-mail-Message-edited\"></span></p>"));
    CrmRecord edited = read(RecordKind.INTERACTION, id);
    assertThat(edited.version()).isNotEqualTo(version);
    assertThat(edited.fields()).doesNotContainKeys("notes", "recording");
    done(RecordKind.INTERACTION, ref, id, fields("recording", "https://cordboard.example/r/4"));
    assertThat(body(id)).contains("All mine").contains("r/4");
  }

  @Test
  void aNoteThatAPersonDeletedIsGoneAndOneThatWeRemoveToo() {
    String id = done(RecordKind.INTERACTION, ref(), null, fields("customer", customer("Called"), "subject", "Call")).id();
    assertThat(read(RecordKind.INTERACTION, id).state()).isEqualTo(State.LIVE);
    odoo.write("mail.message", id, Map.of("body", ""));
    assertThat(read(RecordKind.INTERACTION, id).state()).isEqualTo(State.DELETED);
    crm.remove(RecordKind.INTERACTION, id, "the wrong person");
    assertThat(crm.read(RecordKind.INTERACTION, List.of(id))).isEmpty();
  }

  @Test
  void aNoteDoesNotGoToAnotherCustomer() {
    String ref = ref();
    String id = done(RecordKind.INTERACTION, ref, null, fields("customer", customer("One"), "subject", "Call")).id();
    Written moved = crm.write(RecordKind.INTERACTION, List.of(new Write(ref, id, null, "op", fields("customer", customer("Two"))))).getFirst();
    assertThat(moved).isInstanceOf(Written.Failed.class);
    assertThat(((Written.Failed) moved).fault()).isInstanceOf(Fault.Refused.class).hasMessageContaining("remove it");
  }

  @Test
  void notesOfOtherPeopleAreNoneOfOurs() {
    String id = customer("Called");
    String theirs =
        odoo.call("res.partner", "message_post", Map.of("ids", List.of(Long.valueOf(id)), "body", "A note of my own")).path(0).asString();
    assertThat(crm.read(RecordKind.INTERACTION, List.of(theirs))).isEmpty();
  }

  // ---- tasks, tickets, leads, orders

  @Test
  void anActivityIsDoneHereAndThereAndOpenedAgain() {
    String ref = ref();
    String id =
        done(RecordKind.TASK, ref, null, fields("customer", customer("Owed"), "summary", "Call back", "date_deadline", "2026-12-01T15:00:00Z")).id();
    assertThat(read(RecordKind.TASK, id).fields())
        .containsEntry("state", Value.of("OPEN"))
        .containsEntry("date_deadline", Value.of("2026-12-01"));
    done(RecordKind.TASK, ref, id, fields("state", "DONE"));
    assertThat(read(RecordKind.TASK, id).fields()).containsEntry("state", Value.of("DONE"));
    done(RecordKind.TASK, ref, id, fields("state", "OPEN"));
    assertThat(read(RecordKind.TASK, id).fields()).containsEntry("state", Value.of("OPEN"));
    String cursor = crm.changes(RecordKind.TASK, null, 100).cursor();
    odoo.call("mail.activity", "action_feedback", Map.of("ids", List.of(Long.valueOf(id)), "feedback", "Said yes"));
    assertThat(crm.changes(RecordKind.TASK, cursor, 100).records())
        .anyMatch(told -> told.id().equals(id) && told.fields().get("state").equals(Value.of("DONE")));
    assertThat(crm.scan(RecordKind.TASK, String.valueOf(Long.parseLong(id) - 1), 5).records()).extracting(CrmRecord::id).contains(id);
  }

  @Test
  void aTicketIsATaskOfTheProjectAndItsStateIsTold() {
    String id = done(RecordKind.TICKET, ref(), null, fields("customer", customer("Upset"), "name", "Broken", "description", "a < b")).id();
    CrmRecord made = read(RecordKind.TICKET, id);
    assertThat(made.fields())
        .containsEntry("number", Value.of(id))
        .containsEntry("state", Value.of("01_in_progress"))
        .containsEntry("description", Value.of("a < b"))
        .containsKey("create_date");
    done(RecordKind.TICKET, made.ref(), id, fields("state", "03_approved", "stage", "Doing"));
    assertThat(read(RecordKind.TICKET, id).fields())
        .containsEntry("state", Value.of("03_approved"))
        .containsEntry("stage", Value.of("Doing"));
    String cursor = crm.changes(RecordKind.TICKET, null, 100).cursor();
    odoo.write("project.task", id, Map.of("state", "1_done"));
    assertThat(crm.changes(RecordKind.TICKET, cursor, 100).records())
        .anyMatch(told -> told.id().equals(id) && told.fields().get("state").equals(Value.of("1_done")));
  }

  @Test
  void aLeadIsFoundBothWays() {
    String buyer = customer("Buyer");
    String ref = ref();
    String ours = done(RecordKind.LEAD, ref, null, fields("customer", buyer, "name", "Wants ten", "phone", "+12125550143", "description", "soon\n& often")).id();
    assertThat(odoo.call("crm.lead", "read", Map.of("ids", List.of(Long.valueOf(ours)), "fields", List.of("name"))).path(0).path("name").asString())
        .isEqualTo("Wants ten");
    assertThat(crm.findByRef(RecordKind.LEAD, ref).orElseThrow().fields())
        .containsEntry("description", Value.of("soon\n& often"))
        .containsEntry("stage", Value.of("New"));
    String cursor = crm.changes(RecordKind.LEAD, null, 100).cursor();
    String theirs = odoo.create("crm.lead", Map.of("name", "Wants twenty", "partner_id", Long.valueOf(buyer), "type", "opportunity"));
    odoo.call("crm.lead", "action_set_won", Map.of("ids", List.of(Long.valueOf(ours))));
    List<CrmRecord> told = crm.changes(RecordKind.LEAD, cursor, 100).records();
    assertThat(told).extracting(CrmRecord::id).contains(theirs, ours);
    assertThat(read(RecordKind.LEAD, ours).fields()).containsEntry("won_status", Value.of("won")).containsEntry("stage", Value.of("Won"));
  }

  @Test
  void anOrderIsFoundBothWaysAndANewLineOfItIsAChange() {
    String buyer = customer("Buyer");
    String ours = done(RecordKind.ORDER, ref(), null, fields("customer", buyer, "client_order_ref", "by phone")).id();
    assertThat(odoo.call("sale.order", "search_count", Map.of("domain", List.of(List.of("id", "=", Long.valueOf(ours))))).asInt()).isEqualTo(1);
    CrmRecord before = read(RecordKind.ORDER, ours);
    assertThat(before.fields()).containsEntry("customer", Value.of(buyer)).containsEntry("currency", Value.of("USD"));
    String product = odoo.create("product.product", Map.of("name", "Cord", "list_price", 12.5, "taxes_id", List.of()));
    String cursor = crm.changes(RecordKind.ORDER, null, 100).cursor();
    odoo.create("sale.order.line", Map.of("order_id", Long.valueOf(ours), "product_id", Long.valueOf(product), "product_uom_qty", 2));
    CrmRecord after = read(RecordKind.ORDER, ours);
    assertThat(after.version()).isNotEqualTo(before.version());
    assertThat(((Value.Number) after.fields().get("amount_total")).number()).isEqualByComparingTo("25");
    assertThat(crm.changes(RecordKind.ORDER, cursor, 100).records()).extracting(CrmRecord::id).contains(ours);
  }

  @Test
  void whoWritesTheSameRecordAtTheSameMomentIsToldToComeAgain() {
    String ref = ref();
    String id = done(RecordKind.CUSTOMER, ref, null, fields("name", "Contested")).id();
    List<CompletableFuture<Written>> all =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> crm.write(RecordKind.CUSTOMER, List.of(new Write(ref, id, null, "op", fields("name", "Contested " + i)))).getFirst(),
                        task -> Thread.ofVirtual().start(task)))
            .toList();
    for (CompletableFuture<Written> one : all) {
      Written written = Await.done(one);
      if (written instanceof Written.Failed(Fault fault)) {
        assertThat(fault).isInstanceOf(Fault.Busy.class);
      }
    }
    assertThat(read(RecordKind.CUSTOMER, id).fields().get("name").toString()).contains("Contested ");
  }

  // ---- changes

  @Test
  void whatWasToldOnceIsNotToldAgainThoughTheLastSecondsAreReadAgain() {
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    String id = odoo.create("res.partner", Map.of("name", "Told once"));
    var first = crm.changes(RecordKind.CUSTOMER, cursor, 100);
    assertThat(first.records()).extracting(CrmRecord::id).contains(id);
    assertThat(crm.changes(RecordKind.CUSTOMER, first.cursor(), 100).records()).extracting(CrmRecord::id).doesNotContain(id);
    // who kept the earlier cursor, because our side broke down, is told again
    assertThat(crm.changes(RecordKind.CUSTOMER, cursor, 100).records()).extracting(CrmRecord::id).contains(id);
  }

  @Test
  void aThousandChangedInOneTransactionAreToldInPages() {
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    List<Map<String, String>> many = IntStream.range(0, 1000).mapToObj(i -> Map.of("name", "Bulk " + i)).toList();
    List<String> ids =
        odoo.call("res.partner", "create", Map.of("vals_list", many)).valueStream().map(id -> id.asString()).toList();
    List<String> told = new java.util.ArrayList<>();
    var page = crm.changes(RecordKind.CUSTOMER, cursor, 150);
    page.records().forEach(record -> told.add(record.id()));
    while (page.more()) {
      page = crm.changes(RecordKind.CUSTOMER, page.cursor(), 150);
      page.records().forEach(record -> told.add(record.id()));
    }
    assertThat(told).doesNotHaveDuplicates().containsAll(ids);
    odoo.call("res.partner", "unlink", Map.of("ids", ids.stream().map(Long::valueOf).toList()));
  }

  // ---- hooks

  @Test
  void odooTellsOfAChangeAndOfADeletionAndNotOfWhatWeWroteOurselves() throws IOException {
    ConcurrentLinkedQueue<Hook> hooks = new ConcurrentLinkedQueue<>();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hooks/odoo",
        exchange -> {
          hooks.add(new Hook(exchange.getRequestURI().toString(), Map.of(), exchange.getRequestBody().readAllBytes(), 0));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      crm.prepare(odoo.administratorKey, "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/odoo");
      // doing it again makes nothing a second time
      crm.prepare(odoo.administratorKey, "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/odoo");
      String ours = customer("Written by us");
      String theirs = odoo.create("res.partner", Map.of("name", "Told"));
      Await.until("the new contact is told", () -> told(hooks).contains(new Notice(RecordKind.CUSTOMER, theirs, "")));
      hooks.clear();
      odoo.write("res.partner", theirs, Map.of("phone", number().e164()));
      Await.until("the new number is told", () -> told(hooks).contains(new Notice(RecordKind.CUSTOMER, theirs, "")));
      odoo.unlink("res.partner", theirs);
      hooks.clear();
      String lead = odoo.create("crm.lead", Map.of("name", "Told"));
      Await.until("the lead is told", () -> told(hooks).contains(new Notice(RecordKind.LEAD, lead, "")));
      hooks.clear();
      odoo.unlink("crm.lead", lead);
      Await.until("its end is told", () -> told(hooks).contains(new Notice(RecordKind.LEAD, lead, "")));
      assertThat(told(hooks)).doesNotContain(new Notice(RecordKind.CUSTOMER, ours, ""));
    } finally {
      crm.prepare(odoo.administratorKey, null);
      assertThat(odoo.call("base.automation", "search_count", Map.of("domain", List.of())).asInt()).isZero();
      server.stop(0);
    }
  }

  private static List<Notice> told(ConcurrentLinkedQueue<Hook> hooks) {
    return hooks.stream().flatMap(hook -> crm.read(hook).stream()).toList();
  }

  // ---- rights

  @Test
  void aKeyThatIsWrongIsToldAsLapsedAndADatabaseThatIsNotThereByName() {
    RealOdoo.Time clock = new RealOdoo.Time(Duration.ZERO);
    Map<String, Object> tree = Map.of("odoo", Map.of("url", odoo.url, "database", odoo.database));
    Map<String, Object> elsewhere = Map.of("odoo", Map.of("url", odoo.url, "database", "nowhere"));
    try (var wrong = new OdooAdapter().open(new io.cordboard.spi.crm.CrmConfig("odoo", tree, Map.of("api_key", "wrong"), true, clock));
        var lost = new OdooAdapter().open(new io.cordboard.spi.crm.CrmConfig("odoo", elsewhere, Map.of("api_key", odoo.apiKey), true, clock))) {
      assertThatThrownBy(wrong::check).isInstanceOf(Fault.AuthLapsed.class).hasMessageContaining("api_key");
      assertThatThrownBy(lost::check).isInstanceOf(Fault.Refused.class).hasMessageContaining("odoo.database");
    }
  }

  @Test
  void ourUserCannotTouchExternalIdsOfOdooItself() {
    assertThat(odoo.ours("ir.model.data", "search_count", Map.of("domain", List.of(List.of("module", "=", "base")))).asInt()).isZero();
    assertThatThrownBy(
            () ->
                odoo.ours(
                    "ir.model.data", "create",
                    Map.of("vals_list", List.of(Map.of("module", "base", "name", "mine", "model", "res.groups", "res_id", 1)))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fieldsOfTheFileAreReadAndWrittenToo() {
    try (OdooCrm more = odoo.connect(odoo.url, Map.of("fields", Map.of("customer", List.of("vat", "color", "function"))), Duration.ZERO)) {
      assertThat(more.fields(RecordKind.CUSTOMER)).extracting(field -> field.name()).contains("vat", "color", "function");
      Written written =
          more.write(RecordKind.CUSTOMER, List.of(new Write(ref(), null, null, "op", fields("name", "More", "function", "Buyer", "color", "4")))).getFirst();
      assertThat(more.read(RecordKind.CUSTOMER, List.of(((Written.Done) written).id())).getFirst().fields())
          .containsEntry("function", Value.of("Buyer"))
          .containsEntry("color", new Value.Number(new BigDecimal("4")));
    }
    try (OdooCrm odd = odoo.connect(odoo.url, Map.of("fields", Map.of("customer", List.of("no_such_field"))), Duration.ZERO)) {
      assertThatThrownBy(() -> odd.read(RecordKind.CUSTOMER, List.of("1"))).isInstanceOf(Fault.Refused.class).hasMessageContaining("no_such_field");
    }
  }
}
