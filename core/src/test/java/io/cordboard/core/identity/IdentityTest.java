package io.cordboard.core.identity;

import static io.cordboard.core.identity.Candidates.CALL;
import static io.cordboard.core.identity.Candidates.LINE;
import static io.cordboard.core.identity.Candidates.NOW;
import static io.cordboard.core.identity.Candidates.called;
import static io.cordboard.core.identity.Candidates.confirmed;
import static io.cordboard.core.identity.Candidates.customer;
import static io.cordboard.core.identity.Candidates.daysAgo;
import static io.cordboard.core.identity.Candidates.level;
import static io.cordboard.core.identity.Candidates.ordered;
import static io.cordboard.core.identity.Candidates.plain;
import static io.cordboard.core.identity.Candidates.ruledOut;
import static io.cordboard.core.identity.Candidates.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.identity.Candidate.NumberUse;
import io.cordboard.core.identity.Identification.Clear;
import io.cordboard.core.identity.Identification.NewCaller;
import io.cordboard.core.identity.Identification.Ranked;
import io.cordboard.core.identity.Identification.Several;
import io.cordboard.core.identity.Reason.Code;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest {
  @ParameterizedTest
  @EnumSource(IdentityKind.class)
  void theOnlyOwnerOfANumberIsClear(IdentityKind kind) {
    Clear clear = clear(List.of(plain(1, kind, 1)));
    assertThat(clear.best().customer()).isEqualTo(customer(1));
    assertThat(clear.best().reasons()).contains(new Reason(Code.ONLY_OWNER, null));
  }

  @Test
  void theOneKnownOwnerOfASwitchboardThatIsSharedIsOfferedOnly() {
    Candidate plain = plain(1, IdentityKind.MAIN_LINE, 1);
    NumberUse shared = new NumberUse(IdentityKind.MAIN_LINE, true, 1);
    Candidate said = new Candidate(plain.customer(), shared, 0, null, null, 0, null, 0, false);
    assertThat(several(List.of(said))).hasSize(1);
    assertThat(clear(List.of(confirmed(said, 1, 5))).best().customer()).isEqualTo(customer(1));
  }

  @Test
  void twoWhoShareAHomeNumberAreBothOffered() {
    List<Ranked> ranked =
        several(List.of(plain(1, IdentityKind.HOME, 2), ticket(plain(2, IdentityKind.HOME, 2), 1)));
    assertThat(ranked).extracting(Ranked::customer).containsExactly(customer(2), customer(1));
    assertThat(ranked.getFirst().reasons())
        .containsExactly(new Reason(Code.OPEN_TICKET, "1"), new Reason(Code.SHARED_NUMBER, "2"));
  }

  @Test
  void amongTwoTheOneWhoCalledYesterdayFromThisNumberPops() {
    Candidate caller = called(plain(2, IdentityKind.HOME, 2), 1, LINE, true);
    Clear clear = clear(List.of(plain(1, IdentityKind.HOME, 2), caller));
    assertThat(clear.best().customer()).isEqualTo(customer(2));
    assertThat(clear.best().reasons())
        .containsExactly(
            new Reason(Code.LAST_CALL, daysAgo(1).toString()),
            new Reason(Code.CALLED_THIS_LINE_BEFORE, LINE),
            new Reason(Code.SHARED_NUMBER, "2"));
    assertThat(clear.ranked()).hasSize(2);
  }

  @Test
  void oneOfThirtyBehindAMainLineIsNeverClearByOneFact() {
    List<UnaryOperator<Candidate>> facts =
        List.of(
            c -> confirmed(c, 5, 1),
            c -> called(c, 0, LINE, true),
            c -> ticket(c, 9),
            c -> ordered(c, 0),
            c -> level(c, 3));
    for (UnaryOperator<Candidate> fact : facts) {
      List<Candidate> thirty = mainLine(30);
      thirty.set(17, fact.apply(thirty.get(17)));
      assertThat(several(thirty).getFirst().customer()).isEqualTo(customer(17));
    }
  }

  @Test
  void strongEvidenceMakesOneOfThirtyClear() {
    List<Candidate> thirty = mainLine(30);
    thirty.set(17, ticket(confirmed(called(thirty.get(17), 1, LINE, true), 1, 1), 1));
    assertThat(clear(thirty).best().customer()).isEqualTo(customer(17));
  }

  @Test
  void ownersWhoWereNotReadWeighAgainstTheBest() {
    List<Candidate> two =
        List.of(
            called(plain(1, IdentityKind.MAIN_LINE, 2), 1, LINE, true),
            plain(2, IdentityKind.MAIN_LINE, 2));
    List<Candidate> twoOfThirty =
        List.of(
            called(plain(1, IdentityKind.MAIN_LINE, 30), 1, LINE, true),
            plain(2, IdentityKind.MAIN_LINE, 30));
    assertThat(clear(two).best().confidence()).isEqualTo(8 / 10.0);
    assertThat(several(twoOfThirty).getFirst().confidence()).isEqualTo(8 / 38.0);
  }

  @Test
  void whoWasRuledOutNeitherStandsThereNorCountsAsAnOwner() {
    Clear clear =
        clear(List.of(plain(1, IdentityKind.HOME, 2), ruledOut(plain(2, IdentityKind.HOME, 2))));
    assertThat(clear.ranked()).extracting(Ranked::customer).containsExactly(customer(1));
    assertThat(clear.best().reasons()).containsExactly(new Reason(Code.ONLY_OWNER, null));
    assertThat(rank(List.of(ruledOut(plain(1, IdentityKind.HOME, 1)))))
        .isEqualTo(new NewCaller("+8613800138000"));
  }

  @Test
  void factsOlderThanThirtyDaysAndFactsOfTheFutureAreWeighedSoberly() {
    Candidate old = called(ordered(plain(1, IdentityKind.MOBILE, 1), 31), 31, "other", true);
    assertThat(clear(List.of(old)).best().reasons())
        .containsExactly(new Reason(Code.ONLY_OWNER, null));
    Candidate ahead = called(plain(1, IdentityKind.MOBILE, 1), -0.01, "other", true);
    assertThat(clear(List.of(ahead)).best().reasons())
        .contains(new Reason(Code.LAST_CALL, daysAgo(-0.01).toString()));
  }

  @Test
  void equalsAreOrderedByLevelThenLastCallThenOrderThenId() {
    List<Candidate> equals =
        List.of(
            plain(5, IdentityKind.MAIN_LINE, 5),
            plain(4, IdentityKind.MAIN_LINE, 5),
            ordered(plain(3, IdentityKind.MAIN_LINE, 5), 90),
            called(plain(2, IdentityKind.MAIN_LINE, 5), 90, null, true),
            level(plain(1, IdentityKind.MAIN_LINE, 5), 1));
    assertThat(several(equals))
        .extracting(Ranked::customer)
        .containsExactly(customer(1), customer(2), customer(3), customer(4), customer(5));
  }

  @Test
  void noNumberMeansNoCandidates() {
    List<Candidate> some = List.of(plain(1, IdentityKind.MOBILE, 1));
    assertThat(rank(some, new CallerNumber.Withheld())).isEqualTo(new Identification.Withheld());
    assertThat(rank(some, new CallerNumber.Internal("1001")))
        .isEqualTo(new Identification.Internal("1001"));
    assertThat(rank(some, new CallerNumber.Unreadable("?"))).isEqualTo(new NewCaller(null));
    assertThat(rank(List.of(), new CallerNumber.ShortCode("95588")))
        .isEqualTo(new NewCaller("95588"));
    assertThat(rank(some, new CallerNumber.ShortCode("95588"))).isInstanceOf(Clear.class);
  }

  @Test
  void theOrderOfTheFactsDoesNotMatter() {
    Seeded.forAll(
        2_000,
        random -> {
          List<Candidate> candidates = Candidates.some(random);
          assertThat(rank(random.shuffled(candidates))).isEqualTo(rank(candidates));
        });
  }

  @Test
  void everybodyWhoIsNotRuledOutIsRankedOnceAndConfidencesLeaveRoomForAStranger() {
    Seeded.forAll(
        2_000,
        random -> {
          List<Candidate> candidates = Candidates.some(random);
          List<Ranked> ranked = ranked(rank(candidates));
          HashSet<CustomerId> expected = new HashSet<>();
          candidates.forEach(c -> expected.add(c.customer()));
          candidates.stream()
              .filter(Candidate::doNotMatch)
              .forEach(c -> expected.remove(c.customer()));
          assertThat(ranked)
              .extracting(Ranked::customer)
              .containsExactlyInAnyOrderElementsOf(expected);
          assertThat(ranked).allMatch(one -> one.confidence() > 0 && one.confidence() < 1);
          assertThat(ranked.stream().mapToDouble(Ranked::confidence).sum()).isLessThan(1);
          assertThat(ranked)
              .isSortedAccordingTo((a, b) -> Double.compare(b.confidence(), a.confidence()));
        });
  }

  @Test
  void oneIsClearExactlyWhenItOutweighsTheOthersThreeToOne() {
    Seeded.forAll(
        2_000,
        random -> {
          Identification answer = rank(Candidates.some(random));
          List<Ranked> ranked = ranked(answer);
          double best = ranked.isEmpty() ? 0 : ranked.getFirst().confidence();
          double others = ranked.stream().skip(1).mapToDouble(Ranked::confidence).sum();
          assertThat(answer instanceof Clear).isEqualTo(best >= Identity.CLEAR_FROM);
          assertThat(answer instanceof Clear).isEqualTo(best > 0 && best >= 3 * (1 - best) - 1e-12);
          assertThat(!(answer instanceof Clear) || best > 3 * others - 1e-9).isTrue();
        });
  }

  @Test
  void moreThatSpeaksForSomebodyNeverLowersThem() {
    Seeded.forAll(
        2_000,
        random -> {
          List<Candidate> before =
              random.list(1, 20, r -> plain(r.between(1, 20), IdentityKind.HOME, 20));
          int lucky = random.between(0, before.size() - 1);
          List<Candidate> after = new ArrayList<>(before);
          after.set(lucky, random.pick(facts()).apply(before.get(lucky)));
          CustomerId who = before.get(lucky).customer();
          assertThat(confidence(rank(after), who))
              .isGreaterThanOrEqualTo(confidence(rank(before), who));
        });
  }

  @Test
  void aReasonIsWrittenAsItsCodeAndItsValue() {
    assertThat(new Reason(Code.ONLY_OWNER, null)).hasToString("ONLY_OWNER");
    assertThat(new Reason(Code.SHARED_NUMBER, "30")).hasToString("SHARED_NUMBER=30");
  }

  @Test
  void kindsAreReadByTheirCodes() {
    assertThat(IdentityKind.of("main-line")).isEqualTo(IdentityKind.MAIN_LINE);
    assertThat(IdentityKind.FOREIGN_ID.code()).isEqualTo("foreign-id");
    assertThatThrownBy(() -> IdentityKind.of("MOBILE")).isInstanceOf(Fault.BadRequest.class);
  }

  private static List<UnaryOperator<Candidate>> facts() {
    return List.of(
        c -> confirmed(c, 1, 3),
        c -> confirmed(c, 3, 3),
        c -> called(c, 1, LINE, true),
        c -> called(c, 20, null, false),
        c -> ticket(c, 1),
        c -> ordered(c, 3),
        c -> ordered(c, 20));
  }

  private static List<Candidate> mainLine(int owners) {
    return new ArrayList<>(
        IntStream.range(0, owners)
            .mapToObj(n -> plain(n, IdentityKind.MAIN_LINE, owners))
            .toList());
  }

  private static Identification rank(List<Candidate> candidates) {
    return Identity.rank(candidates, CALL);
  }

  private static Identification rank(List<Candidate> candidates, CallerNumber number) {
    return Identity.rank(candidates, new CallFacts(number, LINE, NOW));
  }

  private static Clear clear(List<Candidate> candidates) {
    return (Clear) rank(candidates);
  }

  private static List<Ranked> several(List<Candidate> candidates) {
    return ((Several) rank(candidates)).ranked();
  }

  private static List<Ranked> ranked(Identification answer) {
    return switch (answer) {
      case Clear(var best, var ranked) -> ranked;
      case Several(var ranked) -> ranked;
      default -> List.of();
    };
  }

  private static double confidence(Identification answer, CustomerId customer) {
    return ranked(answer).stream()
        .filter(one -> one.customer().equals(customer))
        .findFirst()
        .orElseThrow()
        .confidence();
  }
}
