package io.cordboard.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.HandClock;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PiecesTest {
  @Test
  void whatIsTakenAwayLeavesNothingEmptyBehind() {
    ObjectNode resource = FhirJson.object().put("resourceType", "Task");
    Path due = Path.of("restriction.period.end");
    due.set(resource, Mapped.node("2026-01-05T01:00:00Z"));
    assertThat(resource.toString()).contains("\"restriction\":{\"period\":{\"end\":");
    due.set(resource, null);
    assertThat(resource.toString()).isEqualTo("{\"resourceType\":\"Task\"}");
  }

  @Test
  void onlyTheFirstOfAListIsChanged() {
    ObjectNode resource = FhirJson.object();
    resource.putArray("note").add(FhirJson.object().put("text", "a").put("time", "t")).add(FhirJson.object().put("text", "b"));
    Path note = Path.of("note[0].text");
    note.set(resource, Mapped.node("c"));
    assertThat(resource.toString()).isEqualTo("{\"note\":[{\"text\":\"c\",\"time\":\"t\"},{\"text\":\"b\"}]}");
    note.set(resource, null);
    assertThat(resource.toString()).isEqualTo("{\"note\":[{\"time\":\"t\"},{\"text\":\"b\"}]}");
  }

  @Test
  void aNumberWithoutItsCountryIsAskedForOnlyInThatCountry() {
    PhoneNumber number = new PhoneNumber("+8613800138000");
    assertThat(NumberWritings.of(number, "CN")).contains("13800138000", "138 0013 8000", "+86 138-0013-8000");
    assertThat(NumberWritings.of(number, "US")).contains("+8613800138000").doesNotContain("13800138000");
    assertThat(NumberWritings.of(new PhoneNumber("+12125550143"), "US"))
        .contains("(212) 555-0143", "212.555.0143", "+1 (212) 555-0143", "+1-212-555-0143");
  }

  @Test
  void allWritingsOfANumberFitIntoAnAddress() {
    for (String number : new String[] {"+8613800138000", "+12125550143", "+442079460018", "+33142685300", "+999123"}) {
      assertThat(String.join(",", NumberWritings.of(new PhoneNumber(number), "CN"))).hasSizeLessThan(2_500);
    }
  }

  @Test
  void theSameNumberIsKnownByWhicheverWriting() {
    PhoneNumber number = new PhoneNumber("+8613800138000");
    assertThat(NumberWritings.same("138 0013 8000", number, "CN")).isTrue();
    assertThat(NumberWritings.same("138 0013 8000", number, "US")).isFalse();
    assertThat(NumberWritings.same("0086 (138) 0013-8000", number, "")).isTrue();
    assertThat(NumberWritings.same("+1 380 013 8000", number, "CN")).isFalse();
  }

  @Test
  void aHookWithoutTheSecretIsRefused() {
    FhirHooks hooks = new FhirHooks("clinic", Map.of(), "right");
    for (String secret : new String[] {"", "wrong", "righ", "rightx"}) {
      Hook hook = new Hook("https://x/hooks/clinic/Task/1", Map.of(FhirHooks.HEADER, secret), new byte[0], 0);
      assertThatThrownBy(() -> hooks.read(hook)).isInstanceOf(Fault.AuthLapsed.class).hasMessageNotContaining("right");
    }
  }

  @Test
  void aHookWithoutContentTellsByItsAddress() {
    FhirConfig config =
        FhirConfig.read(
            new CrmConfig(
                "clinic", Map.of("base", "https://x/r4"), Map.of(), false, new HandClock()),
            new ArrayList<>());
    FhirHooks hooks = new FhirHooks("clinic", Shapes.of(config, true), "right");
    Hook hook = new Hook("https://x/hooks/clinic/Task/12?a=b", Map.of(FhirHooks.HEADER, "right"), new byte[0], 0);
    assertThat(hooks.read(hook)).singleElement().satisfies(
        notice -> {
          assertThat(notice.kind()).isEqualTo(RecordKind.TASK);
          assertThat(notice.id()).isEqualTo("12");
          assertThat(notice.once()).isEmpty();
        });
  }

  @Test
  void aMeasurementOfSeveralPartsIsOneLine() {
    ObjectNode pressure = FhirJson.object().put("effectiveDateTime", "2026-01-05");
    pressure.putObject("code").putArray("coding").addObject().put("display", "Blood pressure");
    var parts = pressure.putArray("component");
    parts.addObject().putObject("valueQuantity").put("value", 120).put("unit", "mmHg");
    parts.addObject().putObject("valueQuantity").put("value", 80).put("unit", "mmHg");
    assertThat(Observations.line(pressure)).isEqualTo("Blood pressure: 120 mmHg / 80 mmHg (2026-01-05)");
  }
}
