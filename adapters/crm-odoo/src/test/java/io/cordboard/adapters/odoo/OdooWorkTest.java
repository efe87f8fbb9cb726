package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Activities, tickets, leads and orders, and two who write at once. On a real Odoo. */
@Tag("real-odoo")
class OdooWorkTest extends OdooStory {
  @Test
  void anActivityIsDoneHereAndThereAndOpenedAgain() {
    String ref = ref();
    String id =
        done(
                RecordKind.TASK,
                ref,
                null,
                fields(
                    "customer",
                    customer("Owed"),
                    "summary",
                    "Call back",
                    "date_deadline",
                    "2026-12-01T15:00:00Z"))
            .id();
    assertThat(read(RecordKind.TASK, id).fields())
        .containsEntry("state", Value.of("OPEN"))
        .containsEntry("date_deadline", Value.of("2026-12-01"));
    done(RecordKind.TASK, ref, id, fields("state", "DONE"));
    assertThat(read(RecordKind.TASK, id).fields()).containsEntry("state", Value.of("DONE"));
    done(RecordKind.TASK, ref, id, fields("state", "OPEN"));
    assertThat(read(RecordKind.TASK, id).fields()).containsEntry("state", Value.of("OPEN"));
    String cursor = crm.changes(RecordKind.TASK, null, 100).cursor();
    odoo.call(
        "mail.activity",
        "action_feedback",
        Map.of("ids", List.of(Long.valueOf(id)), "feedback", "Said yes"));
    assertThat(crm.changes(RecordKind.TASK, cursor, 100).records())
        .anyMatch(
            told -> told.id().equals(id) && told.fields().get("state").equals(Value.of("DONE")));
    assertThat(crm.scan(RecordKind.TASK, String.valueOf(Long.parseLong(id) - 1), 5).records())
        .extracting(CrmRecord::id)
        .contains(id);
  }

  @Test
  void aTicketIsATaskOfTheProjectAndItsStateIsTold() {
    String id =
        done(
                RecordKind.TICKET,
                ref(),
                null,
                fields("customer", customer("Upset"), "name", "Broken", "description", "a < b"))
            .id();
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
        .anyMatch(
            told -> told.id().equals(id) && told.fields().get("state").equals(Value.of("1_done")));
  }

  @Test
  void aLeadIsFoundBothWays() {
    String buyer = customer("Buyer");
    String ref = ref();
    String ours =
        done(
                RecordKind.LEAD,
                ref,
                null,
                fields(
                    "customer",
                    buyer,
                    "name",
                    "Wants ten",
                    "phone",
                    "+12125550143",
                    "description",
                    "soon\n& often"))
            .id();
    assertThat(
            odoo.call(
                    "crm.lead",
                    "read",
                    Map.of("ids", List.of(Long.valueOf(ours)), "fields", List.of("name")))
                .path(0)
                .path("name")
                .asString())
        .isEqualTo("Wants ten");
    assertThat(crm.findByRef(RecordKind.LEAD, ref).orElseThrow().fields())
        .containsEntry("description", Value.of("soon\n& often"))
        .containsEntry("stage", Value.of("New"));
    String cursor = crm.changes(RecordKind.LEAD, null, 100).cursor();
    String theirs =
        odoo.create(
            "crm.lead",
            Map.of(
                "name", "Wants twenty", "partner_id", Long.valueOf(buyer), "type", "opportunity"));
    odoo.call("crm.lead", "action_set_won", Map.of("ids", List.of(Long.valueOf(ours))));
    List<CrmRecord> told = crm.changes(RecordKind.LEAD, cursor, 100).records();
    assertThat(told).extracting(CrmRecord::id).contains(theirs, ours);
    assertThat(read(RecordKind.LEAD, ours).fields())
        .containsEntry("won_status", Value.of("won"))
        .containsEntry("stage", Value.of("Won"));
  }

  @Test
  void anOrderIsFoundBothWaysAndANewLineOfItIsAChange() {
    String buyer = customer("Buyer");
    String ours =
        done(
                RecordKind.ORDER,
                ref(),
                null,
                fields("customer", buyer, "client_order_ref", "by phone"))
            .id();
    assertThat(
            odoo.call(
                    "sale.order",
                    "search_count",
                    Map.of("domain", List.of(List.of("id", "=", Long.valueOf(ours)))))
                .asInt())
        .isEqualTo(1);
    CrmRecord before = read(RecordKind.ORDER, ours);
    assertThat(before.fields())
        .containsEntry("customer", Value.of(buyer))
        .containsEntry("currency", Value.of("USD"));
    String product =
        odoo.create(
            "product.product", Map.of("name", "Cord", "list_price", 12.5, "taxes_id", List.of()));
    String cursor = crm.changes(RecordKind.ORDER, null, 100).cursor();
    odoo.create(
        "sale.order.line",
        Map.of(
            "order_id",
            Long.valueOf(ours),
            "product_id",
            Long.valueOf(product),
            "product_uom_qty",
            2));
    CrmRecord after = read(RecordKind.ORDER, ours);
    assertThat(after.version()).isNotEqualTo(before.version());
    assertThat(((Value.Number) after.fields().get("amount_total")).number())
        .isEqualByComparingTo("25");
    assertThat(crm.changes(RecordKind.ORDER, cursor, 100).records())
        .extracting(CrmRecord::id)
        .contains(ours);
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
                        () ->
                            crm.write(
                                    RecordKind.CUSTOMER,
                                    List.of(
                                        new Write(
                                            ref, id, null, "op", fields("name", "Contested " + i))))
                                .getFirst(),
                        task -> Thread.ofVirtual().start(task)))
            .toList();
    for (CompletableFuture<Written> one : all) {
      Written written = Await.done(one);
      if (written instanceof Written.Failed(Fault fault)) {
        assertThat(fault).isInstanceOf(Fault.Busy.class);
      }
    }
    assertThat(read(RecordKind.CUSTOMER, id).fields().get("name").toString())
        .contains("Contested ");
  }
}
