package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.CallerNumber.Known;
import io.cordboard.core.identity.CallerNumber.Withheld;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.NumberClaims;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnyTextTest {
  private static final List<TrunkRules> RULES =
      List.of(
          TrunkRules.of(new Place("CN", "0755", List.of("9", "0")))
              .owning("1XXX")
              .findingLineIn(LineSource.values()),
          TrunkRules.of(new Place("US", "415", List.of("9"))).trustingAsserted(),
          TrunkRules.of(Place.of("JP"))
              .rewriting(RewriteRule.of("0|.", "+81$"), RewriteRule.of(".|#", "")),
          TrunkRules.of(Place.of("IT")));
  private final NumberReader reader = new NumberReader();
  private final ToldNumbers told = new ToldNumbers(42);

  @Test
  void noTextMakesTheReaderThrowAndAKnownNumberReadsAsItself() {
    int known = 0;
    for (int i = 0; i < 60_000; i++) {
      TrunkRules rules = RULES.get(i % RULES.size());
      ReadNumbers read = reader.read(claims(false), rules);
      assertThat(read).isEqualTo(reader.read(lastClaims, rules));
      if (read.caller() instanceof Known(var number)) {
        known++;
        assertThat(reader.canonical(number.e164(), rules.place())).contains(number.e164());
      }
    }
    assertThat(known).isGreaterThan(5_000);
  }

  @Test
  void aWithheldNumberStandsNowhereInTheResult() {
    for (int i = 0; i < 20_000; i++) {
      NumberClaims claims = claims(true);
      ReadNumbers read =
          reader.read(
              new NumberClaims(
                  "t",
                  claims.from(),
                  claims.displayName(),
                  claims.asserted(),
                  true,
                  "4008001234",
                  null,
                  List.of(),
                  List.of(),
                  null),
              RULES.get(i % 2));
      assertThat(read.caller()).isEqualTo(new Withheld());
      assertThat(read.steps().stream().filter(step -> step.side() == Side.CALLER)).hasSize(1);
      assertThat(read.steps().getFirst().text()).isEmpty();
    }
  }

  private NumberClaims lastClaims = claims(false);

  private NumberClaims claims(boolean withheld) {
    lastClaims =
        new NumberClaims(
            "t",
            any(),
            any(),
            any(),
            withheld,
            any(),
            any(),
            List.of(any(), any()),
            List.of(any()),
            any());
    return lastClaims;
  }

  private String any() {
    String text = told.nonsense();
    return text.length() % 2 == 0 ? text : told.grouped(told.digits());
  }
}
