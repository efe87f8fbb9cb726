package io.cordboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.telephony.Capability;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a switch says about itself is so. */
interface DeclarationCases {
  SwitchRig rig();

  @Test
  default void whatIsDeclaredIsThere() {
    for (Capability declared : rig().phone().capabilities()) {
      assertThat(rig().phone().as(declared.type())).isInstanceOf(declared.type());
    }
  }

  @Test
  default void whatIsNotDeclaredIsRefusedByName() {
    Set<Capability> missing = EnumSet.allOf(Capability.class);
    missing.removeAll(rig().phone().capabilities());
    for (Capability capability : missing) {
      assertThatThrownBy(() -> rig().phone().as(capability.type()))
          .isInstanceOf(Fault.Refused.class)
          .hasMessageContaining(rig().phone().id())
          .hasMessageContaining(capability.name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  default void theDeclarationDoesNotChange() {
    Set<Capability> before = Set.copyOf(rig().phone().capabilities());
    rig().phone().close();
    assertThat(rig().phone().capabilities()).isEqualTo(before).isNotEmpty();
  }

  @Test
  default void theLinkIsToldFirstWithItsNameAndRun() {
    assertThat(rig().log().all().getFirst()).isEqualTo(rig().link());
    assertThat(rig().link().switchId()).isEqualTo(rig().phone().id());
    assertThat(rig().link().epoch()).isPositive();
  }

  @Test
  default void closingTwiceIsHarmless() {
    rig().phone().close();
    rig().phone().close();
  }
}
