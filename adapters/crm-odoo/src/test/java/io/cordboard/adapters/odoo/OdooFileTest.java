package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.ReadRecords;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.HandClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OdooFileTest {
  private static CrmConfig config(Map<String, Object> odoo) {
    return new CrmConfig(
        "odoo",
        Map.of("odoo", odoo),
        Map.of("api_key", "k", "url", "https://odoo.example", "database", "d"),
        false,
        new HandClock());
  }

  private static List<String> mistakes(String key, Object value) {
    return new OdooAdapter()
        .mistakes(config(new HashMap<>(Map.of(key, value)))).stream().map(Mistake::path).toList();
  }

  @Test
  void aFileThatSaysLittleIsEnough() {
    assertThat(new OdooAdapter().mistakes(config(Map.of()))).isEmpty();
    assertThat(new OdooFile(config(Map.of())).hosts()).containsExactly("odoo.example");
  }

  @Test
  void eachMistakeIsNamedByItsPlace() {
    assertThat(mistakes("databse", "x")).containsExactly("odoo.databse");
    for (String url :
        List.of(
            "odoo.example",
            "ftp://odoo.example",
            "https://user:pass@odoo.example",
            "https://",
            "::")) {
      assertThat(mistakes("url", url)).as(url).containsExactly("odoo.url");
    }
    assertThat(mistakes("parallel", 0)).containsExactly("odoo.parallel");
    assertThat(mistakes("timeout_seconds", "soon")).containsExactly("odoo.timeout_seconds");
    assertThat(mistakes("labels", "fr")).containsExactly("odoo.labels");
    assertThat(mistakes("kinds", "customer")).containsExactly("odoo.kinds");
    assertThat(mistakes("kinds", List.of("customer", "invoice"))).containsExactly("odoo.kinds");
    assertThat(mistakes("only", List.of())).containsExactly("odoo.only");
    assertThat(mistakes("fields", Map.of("customers", List.of())))
        .containsExactly("odoo.fields.customers");
    assertThat(mistakes("fields", Map.of("customer", List.of("vat; drop"))))
        .containsExactly("odoo.fields.customer");
    assertThat(mistakes("fields", Map.of("customer", List.of("vat", "x_level")))).isEmpty();
    assertThat(mistakes("only", Map.of("customer", List.of(List.of("customer_rank", ">", 0)))))
        .isEmpty();
  }

  @Test
  void onlyTheKindsWhoseAppsTheCompanyHasAreDeclared() {
    Map<String, Object> some = Map.of("kinds", List.of("interaction", "task"));
    try (var crm = new OdooAdapter().open(config(some))) {
      assertThat(crm.abilities())
          .containsOnlyKeys(RecordKind.CUSTOMER, RecordKind.INTERACTION, RecordKind.TASK);
      assertThatThrownBy(() -> crm.as(ReadRecords.class, RecordKind.TICKET))
          .isInstanceOf(Fault.Refused.class);
    }
  }

  @Test
  void whatIsMissingIsNamedWhenItIsOpened() {
    CrmConfig bare =
        new CrmConfig(
            "odoo",
            Map.of("odoo", Map.of()),
            Map.of("url", "https://odoo.example"),
            false,
            new HandClock());
    assertThatThrownBy(() -> new OdooAdapter().open(bare))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("api_key");
    CrmConfig wrong = config(Map.of("labels", "fr"));
    assertThatThrownBy(() -> new OdooAdapter().open(wrong))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("odoo.labels");
  }

  @Test
  void anAddressInsideOfTheNetworkIsNotAskedUnlessItIsAllowed() {
    Map<String, Object> inside = Map.of("url", "http://127.0.0.1:1", "database", "d");
    try (var crm = new OdooAdapter().open(config(inside))) {
      assertThatThrownBy(crm::check)
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining("inside of the own network");
    }
  }
}
