package io.cordboard.adapters.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.CrmConfig;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.HandClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FhirConfigTest {
  private static final String BASE = "https://fhir.example.org/r4";

  private static CrmConfig config(Map<String, Object> tree, Map<String, String> settings) {
    return new CrmConfig("clinic", tree, settings, false, new HandClock());
  }

  private static List<String> wrong(Map<String, Object> tree) {
    return new FhirAdapter().mistakes(config(tree, Map.of())).stream().map(Mistake::path).toList();
  }

  @Test
  void anAddressIsAllThatIsNeeded() {
    assertThat(wrong(Map.of("base", BASE))).isEmpty();
    assertThat(wrong(Map.of())).containsExactly("base");
    assertThat(wrong(Map.of("base", "ftp://x"))).containsExactly("base");
    assertThat(wrong(Map.of("base", "https://user:pw@x/"))).containsExactly("base");
  }

  @Test
  void whatIsWrongIsNamedByItsPlace() {
    Map<String, Object> tree =
        Map.of(
            "base", BASE,
            "auth", Map.of("type", "smart"),
            "interaction", "mail",
            "observations", 1000,
            "pase", Map.of());
    assertThat(wrong(tree)).containsExactlyInAnyOrder("auth.token", "interaction", "observations", "pase");
    assertThatThrownBy(() -> new FhirAdapter().open(config(tree, Map.of())))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("clinic");
  }

  @Test
  void hooksAreDeclaredWhereThereIsASecretForThem() {
    try (Crm without = new FhirAdapter().open(config(Map.of("base", BASE), Map.of()));
        Crm with = new FhirAdapter().open(config(Map.of("base", BASE), Map.of("hookSecret", "s")))) {
      assertThat(without.can(RecordKind.TASK, Ability.HOOKS)).isFalse();
      assertThat(with.can(RecordKind.TASK, Ability.HOOKS)).isTrue();
      assertThat(with.can(RecordKind.LEAD, Ability.READ)).isFalse();
    }
  }

  @Test
  void aKeyThatIsNoneIsSaidToBeNoneAndNotShown() {
    Map<String, Object> tree = Map.of("base", BASE, "auth", Map.of("type", "smart", "token", BASE + "/token"));
    assertThatThrownBy(() -> new FhirAdapter().open(config(tree, Map.of("client", "c", "key", "not-a-key"))))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("'key'")
        .hasMessageNotContaining("not-a-key");
  }
}
