package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a real Odoo sent. */
class NoticesTest {
  private static final String BODY =
      "{\"_action\": \"Tell Cordboard(#411)\", \"_id\": 17, \"_model\": \"res.partner\"}";
  private final Notices notices = new Notices("odoo", Optional.of("s & t"));

  private static Hook hook(String uri, String body) {
    return new Hook(
        uri, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8), 0);
  }

  @Test
  void theSecretOfTheAddressLetsIn() {
    assertThat(notices.read(hook("https://cordboard.example/hooks/odoo?key=s+%26+t", BODY)))
        .containsExactly(new Notice(RecordKind.CUSTOMER, "17", ""));
    for (String wrong :
        List.of(
            "https://x/hooks",
            "https://x/hooks?key=",
            "https://x/hooks?key=s",
            "https://x/hooks?other=s+%26+t",
            "::?key=s",
            "https://x/hooks?key=%zz")) {
      assertThatThrownBy(() -> notices.read(hook(wrong, BODY)))
          .as(wrong)
          .isInstanceOf(Fault.AuthLapsed.class)
          .hasMessageNotContaining("s & t");
    }
  }

  @Test
  void withoutASecretOfOursNothingIsBelieved() {
    for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of(" "))) {
      assertThatThrownBy(() -> new Notices("odoo", none).read(hook("https://x/hooks?key=+", BODY)))
          .isInstanceOf(Fault.AuthLapsed.class);
    }
  }

  @Test
  void whatNamesNoRecordIsNotUnderstoodAndAModelThatWeDoNotKnowIsLeftAlone() {
    String uri = "https://x/hooks?key=s+%26+t";
    for (String odd :
        List.of(
            "",
            "[]",
            "{\"_model\": \"res.partner\"}",
            "{\"_id\": 1}",
            "{\"_model\": \"res.partner\", \"_id\": \"1\"}",
            "{\"_model\": \"res.partner\", \"_id\": -1}",
            "{\"_model\": \"res.partner\", \"_id\": 1e3}",
            "x".repeat(2_000_000))) {
      assertThatThrownBy(() -> notices.read(hook(uri, odd))).isInstanceOf(Fault.BadRequest.class);
    }
    assertThat(notices.read(hook(uri, "{\"_model\": \"stock.move\", \"_id\": 1}"))).isEmpty();
  }
}
