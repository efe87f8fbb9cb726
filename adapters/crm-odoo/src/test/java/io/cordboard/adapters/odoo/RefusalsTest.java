package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Odoo's errors as they came from a real one. */
class RefusalsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Fault fault(String name, String message) {
    return Refusals.fault("odoo", name, message);
  }

  @Test
  void eachErrorIsWhatMayBeDoneNext() {
    assertThat(fault("werkzeug.exceptions.Unauthorized", "Invalid apikey"))
        .isInstanceOf(Fault.AuthLapsed.class);
    assertThat(fault("odoo.exceptions.AccessDenied", "Access Denied"))
        .isInstanceOf(Fault.AuthLapsed.class);
    assertThat(
            fault(
                "odoo.exceptions.AccessError",
                "You are not allowed to access 'Model Data' (ir.model.data) records.\n\n"
                    + "This operation is allowed for ..."))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("'Model Data' (ir.model.data) records. This operation");
    assertThat(fault("odoo.exceptions.MissingError", "Record does not exist or has been deleted."))
        .isInstanceOf(Fault.Refused.class);
    assertThat(fault("odoo.exceptions.ValidationError", "Contacts require a name"))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("Contacts require a name");
    assertThat(
            fault(
                "psycopg2.errors.SerializationFailure",
                "could not serialize access due to concurrent update"))
        .isInstanceOf(Fault.Busy.class);
    assertThat(fault("psycopg2.errors.LockNotAvailable", "")).isInstanceOf(Fault.Busy.class);
    assertThat(fault("builtins.ValueError", ""))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("ValueError");
  }

  @Test
  void whatIsSaidToPeopleIsShortAndOnOneLine() {
    assertThat(fault("odoo.exceptions.UserError", "line\n".repeat(1_000)).getMessage())
        .hasSizeLessThan(400)
        .doesNotContain("\n");
  }

  @Test
  void anImportThatWasRefusedNamesTheField() {
    JsonNode messages =
        JSON.readTree(
            """
            [{"rows": {"from": 0, "to": 0}, "type": "warning", "record": 0, "field": "name", "message": "Found several"},
             {"rows": {"from": 0, "to": 0}, "type": "error", "record": 0, "field": "lang",
              "message": "Value 'xx_YY' not found in selection field 'Language'", "moreinfo": ["English (US)"]}]
            """);
    assertThat(Refusals.ofImport("odoo", messages))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("lang: Value 'xx_YY' not found")
        .hasMessageNotContaining("Found several");
  }

  @Test
  void twoWhoWroteAtOnceDuringAnImportAreAConflict() {
    JsonNode messages =
        JSON.readTree(
            "[{\"type\": \"error\", \"message\": \"could not serialize access due to concurrent"
                + " update\"}]");
    assertThat(Refusals.ofImport("odoo", messages)).isInstanceOf(Fault.Busy.class);
  }
}
