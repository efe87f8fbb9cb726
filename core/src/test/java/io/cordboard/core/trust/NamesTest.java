package io.cordboard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"ab", "wang.fang", "a-1_b", "Admin"})
  void aPlainUserNameIsTaken(String name) {
    assertThat(new Username(name).value()).isEqualTo(name.toLowerCase(java.util.Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1abc",
        "王芳",
        "a b",
        "😀😀",
        "ab\u202Ecd",
        "admin\u0000",
        "аdmin",
        "a/../b",
        "<script>",
        "a'--",
        "ab\n"
      })
  void whatCouldBeMistakenForAnotherUserNameIsRefused(String name) {
    assertThatThrownBy(() -> new Username(name)).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aUserNameOf300CharactersIsRefusedInFewWords() {
    assertThatThrownBy(() -> new Username("a".repeat(300)))
        .isInstanceOf(Fault.BadRequest.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"王芳", "José", "محمد", "O'Neil <b>", "👩‍💼 Kim", "می‌روم"})
  void aNameOfAnyScriptIsTaken(String name) {
    assertThat(new DisplayName(name).value()).isEqualTo(name);
  }

  @Test
  void aNameIsKeptInOneFormAndWithoutBlanksAround() {
    assertThat(new DisplayName("  Jose\u0301 ").value()).isEqualTo("Jos\u00e9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "a\u0000b", "a\nb", "a\u202Eb", "\u2066a", "a\uFEFFb", "a\uD800"})
  void aNameThatHidesSomethingIsRefused(String name) {
    assertThatThrownBy(() -> new DisplayName(name)).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void aNameIsCountedInCharactersNotInCodeUnits() {
    assertThat(new DisplayName("😀".repeat(60)).value()).hasSize(120);
    assertThatThrownBy(() -> new DisplayName("😀".repeat(61)))
        .isInstanceOf(Fault.BadRequest.class)
        .hasMessageContaining("has 61");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PJSIP/2001", "2001&SIP/x", "2001\r\nAction: x", "a,b", "${X}"})
  void aPhoneThatCouldSayMoreThanAnAddressIsRefused(String address) {
    assertThatThrownBy(() -> new Phone("asterisk", address, Phone.Kind.SIP))
        .isInstanceOf(Fault.BadRequest.class);
  }
}
