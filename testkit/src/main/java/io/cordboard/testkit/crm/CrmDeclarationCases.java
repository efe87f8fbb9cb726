package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.RecordKind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a system says about itself is so. */
interface CrmDeclarationCases {
  CrmRig rig();

  @Test
  default void whatIsDeclaredIsThere() {
    rig().crm().abilities()
        .forEach(
            (kind, abilities) -> {
              assertThat(abilities).as(kind.word()).isNotEmpty();
              abilities.forEach(one -> assertThat(rig().crm().as(one.type(), kind)).isInstanceOf(one.type()));
            });
  }

  @Test
  default void whatIsNotDeclaredIsRefusedByName() {
    for (RecordKind kind : RecordKind.values()) {
      Set<Ability> missing = EnumSet.allOf(Ability.class);
      missing.removeAll(rig().crm().abilities().getOrDefault(kind, Set.of()));
      for (Ability ability : missing) {
        assertThatThrownBy(() -> rig().crm().as(ability.type(), kind))
            .isInstanceOf(Fault.Refused.class)
            .hasMessageContaining(rig().crm().name())
            .hasMessageContaining(ability.word())
            .hasMessageContaining(kind.word());
      }
    }
  }

  @Test
  default void theDeclarationDoesNotChange() {
    Map<RecordKind, Set<Ability>> before = Map.copyOf(rig().crm().abilities());
    assertThat(before).isNotEmpty();
    rig().crm().check();
    rig().crm().close();
    assertThat(rig().crm().abilities()).isEqualTo(before);
  }

  @Test
  default void onlyCustomersAreFoundByWhatTheyHave() {
    Set<Ability> finding = EnumSet.of(Ability.FIND_BY_NUMBER, Ability.FIND_BY_EMAIL);
    rig().crm().abilities()
        .forEach(
            (kind, abilities) -> {
              if (kind != RecordKind.CUSTOMER) {
                assertThat(abilities).as(kind.word()).doesNotContainAnyElementsOf(finding);
              }
            });
  }

  @Test
  default void whatIsWrittenCanBeLookedUpByOurId() {
    rig().each(kind -> assertThat(rig().crm().can(kind, Ability.READ)).isTrue(), Ability.WRITE);
  }

  @Test
  default void whatMayBeAskedAtOnceIsAtLeastOne() {
    rig().each(kind -> assertThat(rig().reads(kind).mostRead()).isPositive(), Ability.READ);
    assertThat(rig().crm().pace().parallel()).isPositive();
  }

  @Test
  default void whatMayBeWrittenAtOnceIsAtLeastOne() {
    rig().each(kind -> assertThat(rig().writes(kind).mostWritten()).isPositive(), Ability.WRITE);
  }

  @Test
  default void theSystemIsReachedAndLetsUsIn() {
    rig().crm().check();
  }

  @Test
  default void theFieldsOfRecordsAreAmongThoseThatAreDescribed() {
    rig()
        .each(
            kind ->
                assertThat(rig().crm().as(DescribeFields.class, kind).fields(kind))
                    .extracting(DescribeFields.Field::name)
                    .doesNotHaveDuplicates()
                    .contains(rig().harness().words(kind)),
            Ability.FIELDS);
  }

  @Test
  default void closingTwiceIsHarmless() {
    rig().crm().close();
    rig().crm().close();
  }
}
