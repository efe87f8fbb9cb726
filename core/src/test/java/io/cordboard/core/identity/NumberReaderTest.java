package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.identity.CallerNumber.Internal;
import io.cordboard.core.identity.CallerNumber.Known;
import io.cordboard.core.identity.CallerNumber.ShortCode;
import io.cordboard.core.identity.CallerNumber.Unreadable;
import io.cordboard.core.identity.CallerNumber.Withheld;
import io.cordboard.core.identity.Step.Code;
import io.cordboard.core.identity.TrunkRules.LineSource;
import io.cordboard.kernel.NumberClaims;
import io.cordboard.kernel.PhoneNumber;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReaderTest {
  private static final Place SHENZHEN = new Place("CN", "0755", List.of("9", "0"));
  private static final TrunkRules RULES = TrunkRules.of(SHENZHEN);
  private final NumberReader reader = new NumberReader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13800138000",
        "013800138000",
        "+8613800138000",
        "8613800138000",
        "008613800138000",
        "913800138000",
        "9013800138000",
        "138 0013 8000",
        "138-0013-8000",
        "(+86) 138.0013.8000",
        "+86(138)00138000",
        "１３８００１３８０００",
        "＋86 138 0013 8000",
        "+013800138000",
        "+008613800138000",
        "tel:+8613800138000",
        "sip:+8613800138000@203.0.113.7:5060;user=phone",
        "SIPS:13800138000@carrier.example",
        "\"Zhang San\" <sip:13800138000@10.0.0.1>;tag=a",
        "<tel:+86-138-0013-8000>",
        "sip:%2B8613800138000@10.0.0.1",
        "\u202a+86 138 0013 8000\u202c",
        "138\u00a00013\u00a08000",
        "+86 138–0013–8000",
        "13800138000x12",
        "13800138000,,5#",
        "13800138000转8",
        "tel:13800138000;phone-context=+86",
        "17951 13800138000",
        "٠١٣٨٠٠١٣٨٠٠٠"
      })
  void everyWayToTellAMobileNumberReadsAlike(String told) {
    assertThat(caller(told)).isEqualTo(known("+8613800138000"));
  }

  @ParameterizedTest
  @CsvSource({
    "82100000, +8675582100000",
    "982100000, +8675582100000",
    "075582100000, +8675582100000",
    "+86 755 8210 0000, +8675582100000",
    "+86 0755 82100000, +8675582100000",
    "86 755 82100000, +8675582100000",
    "75582100000, +8675582100000",
    "010-64000000, +861064000000",
    "02164000000, +862164000000",
    "tel:64000000;phone-context=+8610, +861064000000",
    "+1 (415) 555-0132, +14155550132",
    "0014155550132, +14155550132",
    "+44 (0)20 7183 8750, +442071838750",
    "+39 06 698 1234, +39066981234",
    "+852 9123 4567, +85291234567",
    "+81 90-1234-5678, +819012345678"
  })
  void landlinesAndForeignNumbersBecomeE164(String told, String e164) {
    assertThat(caller(told)).isEqualTo(known(e164));
  }

  @ParameterizedTest
  @CsvSource({
    "10086, 10086",
    "+8610086, 10086",
    "8610086, 10086",
    "008610086, 10086",
    "910086, 10086",
    "95588, 95588",
    "+86 95588, 95588",
    "995588, 95588",
    "12345, 12345",
    "114, 114",
    "95105105, 95105105",
    "4008001234, 4008001234",
    "400-800-1234, 4008001234",
    "+864008001234, 4008001234",
    "864008001234, 4008001234",
    "04008001234, 4008001234",
    "94008001234, 4008001234",
    "8008101234, 8008101234",
    "tel:4008001234, 4008001234"
  })
  void serviceNumbersKeepTheirNationalDigits(String told, String digits) {
    assertThat(caller(told)).isEqualTo(new ShortCode(digits));
  }

  @Test
  void aChineseServiceNumberReadsAlikeOnAForeignTrunk() {
    TrunkRules american = TrunkRules.of(Place.of("US"));
    assertThat(caller("+864008001234", american)).isEqualTo(new ShortCode("4008001234"));
    assertThat(caller("+8610086", american)).isEqualTo(new ShortCode("10086"));
    assertThat(caller("4155550132", american)).isEqualTo(known("+14155550132"));
    assertThat(caller("911", american)).isEqualTo(new ShortCode("911"));
    assertThat(caller("8005551234", american)).isEqualTo(known("+18005551234"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "  ",
        "anonymous",
        "Anonymous",
        "sip:anonymous@anonymous.invalid",
        "unknown",
        "Restricted",
        "\"Anonymous\" <sip:c8oqz84zk7z@anonymous.invalid>",
        "private",
        "Unavailable",
        "匿名",
        "未知",
        "<sip:@10.0.0.1>",
        "tel:"
      })
  void aHiddenOrMissingNumberIsWithheld(String told) {
    assertThat(caller(told)).isEqualTo(new Withheld());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice",
        "sip:alice@example.com",
        "📞",
        "1️⃣3️⃣",
        "<script>alert(1)</script>",
        "+",
        "++86138",
        "138+0013",
        "1-800-FLOWERS",
        "'; DROP TABLE customer; --",
        "7",
        "+999123",
        "*43",
        "12#",
        "\u0000",
        "13800138000\ud83d",
        "00000000000",
        "+0",
        "()",
        "%2B"
      })
  void whatIsNoNumberIsUnreadable(String told) {
    assertThat(caller(told)).isInstanceOf(Unreadable.class);
  }

  @Test
  void aNumberOfAHundredDigitsIsUnreadableAndCutShort() {
    assertThat(caller("1".repeat(100))).isEqualTo(new Unreadable("1".repeat(28)));
    assertThat(caller("sip:" + "9".repeat(5000) + "@x")).isInstanceOf(Unreadable.class);
  }

  @Test
  void anExcerptCutsNoCharacterInTwoAndShowsNoControlCharacter() {
    Unreadable read = (Unreadable) caller("\u0007\u202e" + "📞".repeat(60));
    assertThat(read.excerpt())
        .startsWith("··📞")
        .doesNotContain("\u202e")
        .hasSizeLessThanOrEqualTo(60);
    assertThat(read.excerpt().codePoints()).noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
  }

  @Test
  void aNumberOutsideTheKnownRangesIsKeptAndSaidToBe() {
    ReadNumbers read = reader.read(NumberClaims.of("t", "15412345678", null), RULES);
    assertThat(read.caller()).isEqualTo(known("+8615412345678"));
    assertThat(codes(read)).contains(Code.OUTSIDE_KNOWN_RANGES);
  }

  @Test
  void withoutAnAreaCodeALocalNumberIsUnreadable() {
    assertThat(caller("82100000", TrunkRules.of(Place.of("CN")))).isInstanceOf(Unreadable.class);
  }

  @Test
  void aLocalNumberIsNotTakenForAServiceNumberAfterACountryCode() {
    TrunkRules yanan = TrunkRules.of(new Place("CN", "0911", List.of()));
    assertThat(caller("8610086", yanan)).isEqualTo(known("+869118610086"));
  }

  @Test
  void aPrefixIsRemovedOnlyFromANumberThatCannotBeReadWithIt() {
    assertThat(caller("95588")).isEqualTo(new ShortCode("95588"));
    assertThat(caller("075582100000")).isEqualTo(known("+8675582100000"));
  }

  @Test
  void privacyLeavesNoTraceOfTheNumber() {
    NumberClaims claims =
        new NumberClaims(
            "t",
            "sip:13800138000@x",
            "Zhang 13800138000",
            "+8613800138000",
            true,
            "4008001234",
            null,
            List.of(),
            List.of(),
            null);
    ReadNumbers read = reader.read(claims, RULES.trustingAsserted());
    assertThat(read.caller()).isEqualTo(new Withheld());
    assertThat(read.toString()).doesNotContain("138");
    assertThat(read.line()).isEqualTo("4008001234");
    assertThat(read.steps().getFirst())
        .isEqualTo(new Step(Side.CALLER, Code.WITHHELD, "PRIVACY", ""));
  }

  @Test
  void anAnonymousFromHidesTheAssertedIdentityToo() {
    ReadNumbers read =
        reader.read(asserted("anonymous", "+8613800138000"), RULES.trustingAsserted());
    assertThat(read.caller()).isEqualTo(new Withheld());
    assertThat(read.toString()).doesNotContain("138");
  }

  @Test
  void theAssertedIdentityCountsOnlyWhereItIsTrusted() {
    NumberClaims claims = asserted("13900139000", "sip:+8613800138000@carrier");
    assertThat(reader.read(claims, RULES.trustingAsserted()).caller())
        .isEqualTo(known("+8613800138000"));
    ReadNumbers untrusted = reader.read(claims, RULES);
    assertThat(untrusted.caller()).isEqualTo(known("+8613900139000"));
    assertThat(codes(untrusted)).contains(Code.ASSERTED_NOT_TRUSTED);
  }

  @Test
  void anAssertedIdentityWithoutANumberLeavesFromToCount() {
    NumberClaims claims = asserted("13900139000", "sip:trunk@carrier");
    assertThat(reader.read(claims, RULES.trustingAsserted()).caller())
        .isEqualTo(known("+8613900139000"));
  }

  @Test
  void ownNumbersAndExtensionsAreInternal() {
    TrunkRules rules = RULES.owning("1XXX", "+8675582100000-+8675582100099", "4008001234");
    assertThat(caller("1001", rules)).isEqualTo(new Internal("1001"));
    assertThat(caller("82100042", rules)).isEqualTo(new Internal("+8675582100042"));
    assertThat(caller("9 0755-82100042", rules)).isEqualTo(new Internal("+8675582100042"));
    assertThat(caller("+864008001234", rules)).isEqualTo(new Internal("4008001234"));
    assertThat(caller("82100142", rules)).isEqualTo(known("+8675582100142"));
  }

  @Test
  void theFirstRewriteRuleThatAppliesIsAppliedOnce() {
    TrunkRules rules =
        RULES.rewriting(
            RewriteRule.of("+1|3XXXXXXXXX", "1$"),
            RewriteRule.of("1|3XXXXXXXXX", "+1$"),
            RewriteRule.of("XXXX|", "+867558210"));
    ReadNumbers read = reader.read(NumberClaims.of("t", "+13800138000", null), rules);
    assertThat(read.caller()).isEqualTo(known("+8613800138000"));
    assertThat(read.steps())
        .filteredOn(step -> step.code() == Code.REWRITTEN)
        .containsExactly(
            new Step(Side.CALLER, Code.REWRITTEN, "+1|3XXXXXXXXX -> 1$", "13800138000"));
  }

  @Test
  void aLineMayComeFromAnyHeaderInTheTrunksOrder() {
    NumberClaims claims =
        new NumberClaims(
            "t",
            "13800138000",
            null,
            null,
            false,
            "s",
            "sip:1234@pbx",
            List.of("sip:4008001234@c"),
            List.of("95588"),
            "+8675582100001");
    assertThat(line(claims, LineSource.REQUEST_LINE, LineSource.TO)).isEqualTo("1234");
    assertThat(line(claims, LineSource.DIVERSION, LineSource.TO)).isEqualTo("4008001234");
    assertThat(line(claims, LineSource.HISTORY_INFO)).isEqualTo("95588");
    assertThat(line(claims, LineSource.P_CALLED_PARTY_ID)).isEqualTo("+8675582100001");
    assertThat(line(claims, LineSource.REQUEST_LINE)).isEqualTo("s");
    assertThat(line(NumberClaims.of("t", "1", null), LineSource.values())).isNull();
  }

  @Test
  void amongSeveralDiversionsTheOneThatIsOursIsTheLine() {
    NumberClaims claims =
        new NumberClaims(
            "t",
            "13800138000",
            null,
            null,
            false,
            "1234",
            null,
            List.of("13900139000", "400-800-1234", "95588"),
            List.of(),
            null);
    TrunkRules rules = RULES.findingLineIn(LineSource.DIVERSION);
    assertThat(reader.read(claims, rules.owning("4008001234")).line()).isEqualTo("4008001234");
    assertThat(reader.read(claims, rules).line()).isEqualTo("+8613900139000");
  }

  @Test
  void aShortenedLineIsCompletedByARuleForLinesOnly() {
    TrunkRules rules =
        RULES.rewriting(new RewriteRule(Set.of(Side.LINE), DialPattern.of("XXXX"), "+867558210$"));
    ReadNumbers read = reader.read(NumberClaims.of("t", "95588", "1234"), rules);
    assertThat(read.line()).isEqualTo("+8675582101234");
    assertThat(read.caller()).isEqualTo(new ShortCode("95588"));
  }

  @Test
  void theCanonicalFormOfAConfiguredLineIsWhatACallReads() {
    for (String did : List.of("400-800-1234", "0755 8210 0000", "+1 415 555 0132", "10086")) {
      assertThat(reader.canonical(did, SHENZHEN))
          .contains(reader.read(NumberClaims.of("t", null, did), RULES).line());
    }
    assertThat(reader.canonical("support", SHENZHEN)).isEmpty();
  }

  @Test
  void aTriedNumberIsExplainedStepByStep() {
    ReadNumbers read = reader.explain("sip:982100000@pbx", RULES);
    assertThat(read.steps().stream().filter(step -> step.side() == Side.CALLER))
        .containsExactly(
            new Step(Side.CALLER, Code.CLAIM_TAKEN, "FROM", "sip:982100000@pbx"),
            new Step(Side.CALLER, Code.CLEANED, "", "982100000"),
            new Step(Side.CALLER, Code.OUTSIDE_PREFIX_REMOVED, "9", "82100000"),
            new Step(Side.CALLER, Code.AREA_CODE_ADDED, "0755", "075582100000"),
            new Step(Side.CALLER, Code.READ, "CN", "+8675582100000"));
    assertThat(read.line()).isEqualTo("+8675582100000");
    assertThat(reader.explain("+0", RULES).steps()).isNotEmpty();
  }

  private CallerNumber caller(String told) {
    return caller(told, RULES);
  }

  private CallerNumber caller(String told, TrunkRules rules) {
    return reader.read(NumberClaims.of("t", told, null), rules).caller();
  }

  private String line(NumberClaims claims, LineSource... sources) {
    return reader.read(claims, RULES.findingLineIn(sources)).line();
  }

  private static NumberClaims asserted(String from, String asserted) {
    return new NumberClaims(
        "t", from, null, asserted, false, null, null, List.of(), List.of(), null);
  }

  private static List<Code> codes(ReadNumbers read) {
    return read.steps().stream().map(Step::code).toList();
  }

  private static CallerNumber known(String e164) {
    return new Known(new PhoneNumber(e164));
  }
}
