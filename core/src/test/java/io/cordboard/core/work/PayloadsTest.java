package io.cordboard.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of a payload that may hold a customer's words. */
class PayloadsTest {
  private static final String ID = "019a5c1e-1b2c-7def-8123-456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {"+8613800138000", "王小明", "O'Brien", "13800138000", "a \"quoted\\\" one", "\"half", "x@y.example"})
  void noNameNumberOrAddressStands(String secret) {
    for (String payload : new String[] {secret, "{\"name\": \"" + secret + "\"}", "[" + secret + "]", "note:" + secret}) {
      String shown = Payloads.masked(payload);
      assertThat(shown).contains("•••");
      for (String word : secret.split("[\" \\\\]+")) {
        if (word.length() > 1) {
          assertThat(shown).doesNotContain(word);
        }
      }
    }
  }

  @Test
  void keysAndIdsStand() {
    assertThat(Payloads.masked("{\"customer\":\"" + ID + "\",\"note\":\"likes tea\",\"urgent\":true,\"n\":17}"))
        .isEqualTo("{\"customer\":\"" + ID + "\",\"note\":\"•••\",\"urgent\":true,\"n\":•••}");
    assertThat(Payloads.masked("r-" + ID + "-1")).isEqualTo("r-" + ID + "-1");
  }

  @Test
  void aKeyThatIsSomebodysIsHiddenToo() {
    assertThat(Payloads.masked("{\"+8613800138000\": 1}")).isEqualTo("{\"•••\": •••}");
  }

  @Test
  void aLongOneIsCut() {
    assertThat(Payloads.masked("{\"a\":1}".repeat(1_000))).hasSizeLessThan(5_000).endsWith(" …");
  }
}
