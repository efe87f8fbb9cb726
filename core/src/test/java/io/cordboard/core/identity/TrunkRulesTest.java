package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrunkRulesTest {
  @ParameterizedTest
  @CsvSource({
    "1000-1999, 1000, true",
    "1000-1999, 1999, true",
    "1000-1999, 2000, false",
    "1000-1999, 11000, false",
    "8XXX, 8123, true",
    "8XXX, +8123, false",
    "4008001234, 4008001234, true",
    "+8675582100000-+8675582100099, +8675582100042, true",
    "+8675582100000-+8675582100099, +8675582100100, false"
  })
  void ownNumbersArePatternsAndRanges(String entry, String number, boolean own) {
    assertThat(NumberSet.of(List.of("9999", entry)).contains(number)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1999-1000", "100-1000", "075582100000", "abc", ""})
  void anOwnNumberThatCouldNeverMatchIsRefused(String entry) {
    assertThatThrownBy(() -> NumberSet.of(List.of(entry))).isInstanceOf(Fault.BadRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX", "cn", "", "CHN", "中国"})
  void anUnknownRegionIsRefused(String region) {
    assertThatThrownBy(() -> Place.of(region))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("such as CN");
  }

  @Test
  void aWrongAreaCodeOrPrefixIsRefused() {
    assertThatThrownBy(() -> new Place("CN", "+755", List.of()))
        .isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> new Place("CN", "0755", List.of("")))
        .isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> new Place("CN", "0755", List.of("9a")))
        .isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aLineMustHaveASourceAndEachOnlyOnce() {
    TrunkRules rules = TrunkRules.of(Place.of("CN"));
    assertThatThrownBy(rules::findingLineIn).isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> rules.findingLineIn(LineSource.TO, LineSource.TO))
        .isInstanceOf(Fault.BadRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$$", "a", "+86 $", "123456789012345678901234567890123"})
  void aReplacementOfAnythingButDialledCharactersIsRefused(String replacement) {
    assertThatThrownBy(() -> RewriteRule.of("X.", replacement))
        .isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aRuleForNoSideIsRefused() {
    assertThatThrownBy(() -> new RewriteRule(Set.of(), DialPattern.of("X."), "$"))
        .isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aRuleForOneSideLeavesTheOtherAlone() {
    RewriteRule rule = new RewriteRule(Set.of(Side.LINE), DialPattern.of("XXXX"), "+867558210$");
    assertThat(rule.apply(Side.LINE, "1234")).isEqualTo("+8675582101234");
    assertThat(rule.apply(Side.CALLER, "1234")).isNull();
  }
}
