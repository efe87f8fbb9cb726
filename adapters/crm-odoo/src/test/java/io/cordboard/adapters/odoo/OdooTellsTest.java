package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real Odoo tells, by itself or asked, and whom it lets in. */
@Tag("real-odoo")
class OdooTellsTest extends OdooStory {
  @Test
  void whatWasToldOnceIsNotToldAgainThoughTheLastSecondsAreReadAgain() {
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    String id = odoo.create("res.partner", Map.of("name", "Told once"));
    var first = crm.changes(RecordKind.CUSTOMER, cursor, 100);
    assertThat(first.records()).extracting(CrmRecord::id).contains(id);
    assertThat(crm.changes(RecordKind.CUSTOMER, first.cursor(), 100).records())
        .extracting(CrmRecord::id)
        .doesNotContain(id);
    // who kept the earlier cursor, because our side broke down, is told again
    assertThat(crm.changes(RecordKind.CUSTOMER, cursor, 100).records())
        .extracting(CrmRecord::id)
        .contains(id);
  }

  @Test
  void aThousandChangedInOneTransactionAreToldInPages() {
    String cursor = crm.changes(RecordKind.CUSTOMER, null, 100).cursor();
    List<Map<String, String>> many =
        IntStream.range(0, 1000).mapToObj(i -> Map.of("name", "Bulk " + i)).toList();
    List<String> ids =
        odoo.call("res.partner", "create", Map.of("vals_list", many))
            .valueStream()
            .map(id -> id.asString())
            .toList();
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

  @Test
  void odooTellsOfAChangeAndOfADeletionAndNotOfWhatWeWroteOurselves() throws IOException {
    ConcurrentLinkedQueue<Hook> hooks = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hooks/odoo",
        exchange -> {
          hooks.add(
              new Hook(
                  exchange.getRequestURI().toString(),
                  Map.of(),
                  exchange.getRequestBody().readAllBytes(),
                  0));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      crm.prepare(
          odoo.administratorKey,
          "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/odoo");
      // doing it again makes nothing a second time
      crm.prepare(
          odoo.administratorKey,
          "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/odoo");
      String ours = customer("Written by us");
      String theirs = odoo.create("res.partner", Map.of("name", "Told"));
      Await.until(
          "the new contact is told",
          () -> told(hooks).contains(new Notice(RecordKind.CUSTOMER, theirs, "")));
      hooks.clear();
      odoo.write("res.partner", theirs, Map.of("phone", number().e164()));
      Await.until(
          "the new number is told",
          () -> told(hooks).contains(new Notice(RecordKind.CUSTOMER, theirs, "")));
      odoo.unlink("res.partner", theirs);
      hooks.clear();
      String lead = odoo.create("crm.lead", Map.of("name", "Told"));
      Await.until(
          "the lead is told", () -> told(hooks).contains(new Notice(RecordKind.LEAD, lead, "")));
      hooks.clear();
      odoo.unlink("crm.lead", lead);
      Await.until(
          "its end is told", () -> told(hooks).contains(new Notice(RecordKind.LEAD, lead, "")));
      assertThat(told(hooks)).doesNotContain(new Notice(RecordKind.CUSTOMER, ours, ""));
    } finally {
      crm.prepare(odoo.administratorKey, null);
      assertThat(odoo.call("base.automation", "search_count", Map.of("domain", List.of())).asInt())
          .isZero();
      server.stop(0);
    }
  }

  private static List<Notice> told(ConcurrentLinkedQueue<Hook> hooks) {
    return hooks.stream().flatMap(hook -> crm.read(hook).stream()).toList();
  }

  @Test
  void aKeyThatIsWrongIsToldAsLapsedAndADatabaseThatIsNotThereByName() {
    RealOdoo.Time clock = new RealOdoo.Time(Duration.ZERO);
    Map<String, Object> tree = Map.of("odoo", Map.of("url", odoo.url, "database", odoo.database));
    Map<String, Object> elsewhere = Map.of("odoo", Map.of("url", odoo.url, "database", "nowhere"));
    try (var wrong =
            new OdooAdapter()
                .open(
                    new io.cordboard.spi.crm.CrmConfig(
                        "odoo", tree, Map.of("api_key", "wrong"), true, clock));
        var lost =
            new OdooAdapter()
                .open(
                    new io.cordboard.spi.crm.CrmConfig(
                        "odoo", elsewhere, Map.of("api_key", odoo.apiKey), true, clock))) {
      assertThatThrownBy(wrong::check)
          .isInstanceOf(Fault.AuthLapsed.class)
          .hasMessageContaining("api_key");
      assertThatThrownBy(lost::check)
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("odoo.database");
    }
  }

  @Test
  void ourUserCannotTouchExternalIdsOfOdooItselfNorThoseOfItsOwnRights() {
    for (String module : List.of("base", "cordboard_setup")) {
      List<?> there = List.of(List.of("module", "=", module));
      assertThat(odoo.call("ir.model.data", "search_count", Map.of("domain", there)).asInt())
          .isPositive();
      assertThat(odoo.ours("ir.model.data", "search_count", Map.of("domain", there)).asInt())
          .isZero();
      Map<String, Object> mine =
          Map.of("module", module, "name", "mine", "model", "res.groups", "res_id", 1);
      assertThatThrownBy(
              () -> odoo.ours("ir.model.data", "create", Map.of("vals_list", List.of(mine))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("ir.model.data");
    }
  }

  @Test
  void fieldsOfTheFileAreReadAndWrittenToo() {
    try (OdooCrm more =
        odoo.connect(
            odoo.url,
            Map.of("fields", Map.of("customer", List.of("vat", "color", "function"))),
            Duration.ZERO)) {
      assertThat(more.fields(RecordKind.CUSTOMER))
          .extracting(field -> field.name())
          .contains("vat", "color", "function");
      Written written =
          more.write(
                  RecordKind.CUSTOMER,
                  List.of(
                      new Write(
                          ref(),
                          null,
                          null,
                          "op",
                          fields("name", "More", "function", "Buyer", "color", "4"))))
              .getFirst();
      assertThat(
              more.read(RecordKind.CUSTOMER, List.of(((Written.Done) written).id()))
                  .getFirst()
                  .fields())
          .containsEntry("function", Value.of("Buyer"))
          .containsEntry("color", new Value.Number(new BigDecimal("4")));
    }
    try (OdooCrm odd =
        odoo.connect(
            odoo.url,
            Map.of("fields", Map.of("customer", List.of("no_such_field"))),
            Duration.ZERO)) {
      assertThatThrownBy(() -> odd.read(RecordKind.CUSTOMER, List.of("1")))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("no_such_field");
    }
  }
}
