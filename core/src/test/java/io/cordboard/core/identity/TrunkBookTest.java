package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.identity.TrunkStore.Change;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.NumberClaims;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrunkBookTest {
  private static final TrunkRules SHENZHEN = TrunkRules.of(new Place("CN", "0755", List.of("9")));
  private static final Change CHANGE = new Change(null, new Stamp(1, "user:x"));
  private final Kept kept = new Kept();
  private final TrunkBook book = new TrunkBook(kept);
  private final NumberReader reader = new NumberReader();

  @Test
  void aTrunkWithoutRulesIsReadByTheUsualOnes() {
    book.reload();
    assertThat(book.of("any")).isEqualTo(TrunkRules.of(Place.of("CN")));
    book.change(TrunkBook.USUAL, SHENZHEN, CHANGE);
    assertThat(book.of("any")).isEqualTo(SHENZHEN);
    book.change("any", TrunkRules.of(Place.of("US")), CHANGE);
    assertThat(book.of("any").place().region()).isEqualTo("US");
    book.remove("any", CHANGE);
    assertThat(book.of("any")).isEqualTo(SHENZHEN);
  }

  @Test
  void whatWasSetIsThereAfterARestart() {
    book.change("acme", SHENZHEN, CHANGE);
    TrunkBook later = new TrunkBook(kept);
    later.reload();
    assertThat(later.of("acme")).isEqualTo(SHENZHEN);
  }

  @Test
  void ourLinesAndExtensionsAreOwnNumbersOnEveryTrunkAndNeverWrittenDown() {
    book.change("acme", SHENZHEN.owning("8XXX"), CHANGE);
    book.companyOwns(List.of("4008001234", "+8675582100000", "1001", "agent1", ""));
    for (String own : List.of("8123", "1001", "400-800-1234", "0755 8210 0000")) {
      assertThat(caller(own)).as(own).isInstanceOf(CallerNumber.Internal.class);
    }
    assertThat(caller("82100001")).isInstanceOf(CallerNumber.Known.class);
    assertThat(book.all().get("acme").rules()).isEqualTo(SHENZHEN.owning("8XXX"));
    book.companyOwns(List.of());
    assertThat(caller("1001")).isNotInstanceOf(CallerNumber.Internal.class);
  }

  @Test
  void amongDiversionsOurLineIsTheLine() {
    book.change("acme", SHENZHEN.findingLineIn(TrunkRules.LineSource.DIVERSION), CHANGE);
    book.companyOwns(List.of("4008001234"));
    NumberClaims claims =
        new NumberClaims(
            "acme", "13800138000", null, null, false, null, null,
            List.of("13900139000", "4008001234"), List.of(), null);
    assertThat(reader.read(claims, book.of("acme")).line()).isEqualTo("4008001234");
  }

  @Test
  void whatCouldNotBeKeptIsNotInForce() {
    kept.broken = true;
    assertThatThrownBy(() -> book.change("acme", SHENZHEN, CHANGE)).isInstanceOf(Fault.Unreachable.class);
    assertThat(book.of("acme")).isEqualTo(TrunkRules.of(Place.of("CN")));
  }

  @Test
  void removingWhatIsNotThereIsTold() {
    assertThatThrownBy(() -> book.remove("acme", CHANGE)).isInstanceOf(Fault.NotFound.class);
  }

  private CallerNumber caller(String from) {
    return reader.read(NumberClaims.of("acme", from, "x"), book.of("acme")).caller();
  }

  @Test
  void theUsualRulesOfACompanyThatWroteNoneCannotBeTakenAway() {
    assertThatThrownBy(() -> book.remove(TrunkBook.USUAL, CHANGE)).isInstanceOf(Fault.NotFound.class);
    assertThat(book.all().get(TrunkBook.USUAL).n()).isZero();
  }

  @Test
  void aChangeIsKeptAsANewVersionBesideThoseBefore() {
    assertThat(book.change("acme", SHENZHEN, CHANGE).n()).isEqualTo(1);
    book.remove("acme", new Change(1, CHANGE.how()));
    assertThat(book.history("acme", Integer.MAX_VALUE, 9))
        .extracting(version -> version.n() + " " + (version.rules() == null))
        .containsExactly("2 true", "1 false");
    assertThat(book.all()).doesNotContainKey("acme");
  }

  private static final class Kept implements TrunkStore {
    private final Map<String, Deque<Version>> versions = new HashMap<>();
    private boolean broken;

    @Override
    public Map<String, Version> load() {
      Map<String, Version> now = new HashMap<>();
      versions.forEach((trunk, all) -> now.put(trunk, all.getFirst()));
      now.values().removeIf(version -> version.rules() == null);
      return now;
    }

    @Override
    public Version save(String trunk, @Nullable TrunkRules rules, Change change) {
      if (broken) {
        throw new Fault.Unreachable("The database is away.", null);
      }
      Deque<Version> all = versions.computeIfAbsent(trunk, name -> new ArrayDeque<>());
      all.addFirst(new Version(all.size() + 1, change.how(), rules));
      return all.getFirst();
    }

    @Override
    public List<Version> history(String trunk, int before, int most) {
      return List.copyOf(versions.getOrDefault(trunk, new ArrayDeque<>()));
    }
  }
}
