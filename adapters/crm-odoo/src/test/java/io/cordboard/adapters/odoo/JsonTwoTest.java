package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What an answer means; the bodies are those of a real Odoo, of a gateway before it, or nonsense.
 */
class JsonTwoTest {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TRACE =
      "\"context\": {}, \"debug\": \"Traceback (most recent call last): secret\"}";

  private static void reading(int status, String type, String body, Class<? extends Fault> fault) {
    try (ScriptedOdoo odoo = new ScriptedOdoo();
        OdooCrm crm = odoo.connect()) {
      odoo.says("search_read", status, type, body);
      assertThatThrownBy(() -> crm.read(RecordKind.CUSTOMER, List.of("1")))
          .as("%d %s", status, body)
          .isInstanceOf(fault)
          .hasMessageNotContaining("Traceback");
    }
  }

  @Test
  void aReadThatIsNotAnsweredWellIsNoAnswer() {
    reading(
        401,
        JSON,
        "{\"name\": \"werkzeug.exceptions.Unauthorized\", \"message\": \"Invalid apikey\", "
            + TRACE,
        Fault.AuthLapsed.class);
    reading(
        403,
        JSON,
        "{\"name\": \"odoo.exceptions.AccessError\", \"message\": \"You are not allowed\", "
            + TRACE,
        Fault.Refused.class);
    reading(
        404,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><title>404 Not Found</title>",
        Fault.Refused.class);
    reading(
        422,
        JSON,
        "{\"name\": \"odoo.exceptions.UserError\", \"message\": \"No\", " + TRACE,
        Fault.Refused.class);
    reading(429, "text/html", "Slow down", Fault.Busy.class);
    reading(503, "text/html", "Maintenance", Fault.Busy.class);
    reading(502, "text/html", "Bad gateway", Fault.Unreachable.class);
    reading(200, "text/html", "<html>Sign in</html>", Fault.Unreachable.class);
    reading(200, JSON, "", Fault.Unreachable.class);
    reading(200, JSON, "[{\"id\": 1", Fault.Unreachable.class);
    reading(200, JSON, "true", Fault.Unreachable.class);
    reading(302, "text/html", "", Fault.Refused.class);
  }

  @Test
  void aWriteThatIsNotAnsweredWellIsOfUnknownOutcome() {
    for (String body : List.of("<html>Sign in</html>", "", "{\"ids\"", "{\"ok\": true}", "[]")) {
      assertThat(writing(200, body.startsWith("<") ? "text/html" : JSON, body))
          .as(body)
          .isInstanceOf(Fault.OutcomeUnknown.class);
    }
    assertThat(writing(502, "text/html", "Bad gateway")).isInstanceOf(Fault.OutcomeUnknown.class);
    assertThat(
            writing(
                500,
                JSON,
                "{\"name\": \"psycopg2.errors.DeadlockDetected\", \"message\": \"\", " + TRACE))
        .isInstanceOf(Fault.Busy.class);
    assertThat(
            writing(
                200,
                JSON,
                "{\"ids\": false, \"messages\": [{\"type\": \"error\", \"message\": \"No\"}]}"))
        .isInstanceOf(Fault.Refused.class);
  }

  private static Fault writing(int status, String type, String body) {
    try (ScriptedOdoo odoo = new ScriptedOdoo();
        OdooCrm crm = odoo.connect()) {
      odoo.says("load", status, type, body);
      Write write = new Write("r", null, null, "op", new TreeMap<>(Map.of("name", Value.of("x"))));
      Written written = crm.write(RecordKind.LEAD, List.of(write)).getFirst();
      assertThat(written).isInstanceOf(Written.Failed.class);
      return ((Written.Failed) written).fault();
    }
  }
}
