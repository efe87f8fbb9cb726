package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.CallerNumber.Known;
import io.cordboard.core.identity.CallerNumber.Withheld;
import io.cordboard.core.identity.Step.Code;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.testkit.Seeded;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void noTextMakesTheReaderThrowAndAKnownNumberReadsAsItself() {
    AtomicInteger known = new AtomicInteger();
    Seeded.forAll(
        600_000,
        random -> {
          TrunkRules rules = random.pick(RULES);
          NumberClaims claims = claims(random, false);
          ReadNumbers read = reader.read(claims, rules);
          assertThat(reader.read(claims, rules)).isEqualTo(read);
          assertThat(read.steps()).isNotEmpty();
          if (read.caller() instanceof Known(var number)) {
            known.incrementAndGet();
            assertThat(reader.canonical(number.e164(), rules.place())).contains(number.e164());
          }
        });
    assertThat(known.get() > 5_000 || System.getProperty(Seeded.PROPERTY) != null).isTrue();
  }

  @Test
  void aWithheldNumberStandsNowhereInTheResult() {
    Seeded.forAll(
        20_000,
        random -> {
          ReadNumbers read = reader.read(claims(random, true), random.pick(RULES));
          assertThat(read.caller()).isEqualTo(new Withheld());
          assertThat(read.steps())
              .filteredOn(step -> step.side() == Side.CALLER)
              .containsExactly(new Step(Side.CALLER, Code.WITHHELD, "PRIVACY", ""));
        });
  }

  private static NumberClaims claims(Seeded random, boolean withheld) {
    ToldNumbers told = new ToldNumbers(random.nextLong());
    return new NumberClaims(
        "t",
        any(random, told),
        told.nonsense(),
        any(random, told),
        withheld,
        any(random, told),
        any(random, told),
        List.of(any(random, told), any(random, told)),
        List.of(any(random, told)),
        any(random, told));
  }

  private static String any(Seeded random, ToldNumbers told) {
    return random.nextBoolean() ? told.nonsense() : told.grouped(told.digits());
  }
}
