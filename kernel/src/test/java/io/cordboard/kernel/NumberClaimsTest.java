package io.cordboard.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberClaimsTest {
  @Test
  void textsOfOrdinaryLengthStayAsTheyAre() {
    NumberClaims claims = NumberClaims.of("trunk", "\u202e😀 +86 138", "1".repeat(256));
    assertThat(claims.from()).isEqualTo("\u202e😀 +86 138");
    assertThat(claims.requestLine()).hasSize(256);
    assertThat(NumberClaims.of("trunk", null, "").from()).isNull();
    assertThat(NumberClaims.of("trunk", null, "").requestLine()).isEmpty();
  }

  @Test
  void endlessTextsAndListsAreCut() {
    String endless = "9".repeat(10_000);
    List<String> many = Collections.nCopies(1000, endless);
    NumberClaims claims =
        new NumberClaims(
            endless, endless, endless, endless, false, endless, endless, many, many, endless);

    assertThat(claims.trunk()).hasSize(256);
    assertThat(claims.calledParty()).hasSize(256);
    assertThat(claims.diversion()).hasSize(16).allMatch(entry -> entry.length() == 256);
    assertThat(claims.history()).hasSize(16);
  }

  @Test
  void aCutDoesNotHalveACharacter() {
    String text = "x".repeat(255) + "😀".repeat(10);
    assertThat(NumberClaims.of("trunk", text, null).from()).isEqualTo("x".repeat(255));
  }

  @Test
  void aWithheldNumberAndItsNameAreNotKept() {
    NumberClaims claims = claims("13800138000", true);
    assertThat(claims.toString()).doesNotContain("138", "Zhang");
    assertThat(claims.withheld()).isTrue();
    assertThat(claims.to()).isEqualTo("4008001234");
  }

  @Test
  void behindAnAnonymousFromTheAssertedIdentityIsNotKept() {
    NumberClaims claims = claims("sip:Anonymous@anonymous.invalid", false);
    assertThat(claims.toString()).doesNotContain("138", "Zhang");
    assertThat(claims.from()).contains("Anonymous");
  }

  private static NumberClaims claims(String from, boolean withheld) {
    return new NumberClaims(
        "t", from, "Zhang 13800138000", "+8613800138000", withheld, "4008001234", "4008001234",
        List.of(), List.of(), null);
  }
}
