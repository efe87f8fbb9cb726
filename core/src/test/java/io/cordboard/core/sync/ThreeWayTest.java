package io.cordboard.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.sync.FieldRule.Wins;
import io.cordboard.core.sync.ThreeWay.Clash;
import io.cordboard.core.sync.ThreeWay.Sides;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class ThreeWayTest {
  private static final FieldRule NAME = FieldRule.both("name", "name");

  private static SortedMap<String, Value> fields(Object... pairs) {
    SortedMap<String, Value> fields = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], pairs[i + 1] instanceof Value value ? value : Value.of((String) pairs[i + 1]));
    }
    return fields;
  }

  private static ThreeWay merge(
      FieldRule rule, @Nullable SortedMap<String, Value> agreed, SortedMap<String, Value> ours,
      SortedMap<String, Value> theirs) {
    return ThreeWay.of(List.of(rule), agreed, new Sides(ours, theirs, false));
  }

  @Test
  void aChangeOfOneSideIsWrittenOnTheOther() {
    ThreeWay ours = merge(NAME, fields("name", "a"), fields("name", "b"), fields("name", "a"));
    assertThat(ours.there()).isEqualTo(fields("name", "b"));
    assertThat(ours.here()).isEmpty();
    ThreeWay theirs = merge(NAME, fields("name", "a"), fields("name", "a"), fields("name", "b"));
    assertThat(theirs.here()).isEqualTo(fields("name", "b"));
    assertThat(theirs.there()).isEmpty();
    assertThat(theirs.clashes()).isEmpty();
  }

  @Test
  void whenBothChangedTheRuleDecidesAndTheLoserIsKept() {
    ThreeWay merged =
        merge(NAME.won(Wins.OURS), fields("name", "a"), fields("name", "b"), fields("name", "c"));
    assertThat(merged.there()).isEqualTo(fields("name", "b"));
    assertThat(merged.clashes()).containsExactly(new Clash("name", false, Value.of("c"), Value.of("b")));
    ThreeWay other =
        merge(NAME.won(Wins.THEIRS), fields("name", "a"), fields("name", "b"), fields("name", "c"));
    assertThat(other.here()).isEqualTo(fields("name", "c"));
    assertThat(other.clashes()).containsExactly(new Clash("name", true, Value.of("b"), Value.of("c")));
  }

  @Test
  void theNewerWinsByTheTimesOfTheTwoRecords() {
    ThreeWay merged =
        ThreeWay.of(
            List.of(NAME), fields("name", "a"), new Sides(fields("name", "b"), fields("name", "c"), true));
    assertThat(merged.there()).isEqualTo(fields("name", "b"));
  }

  @Test
  void aFieldThatWasClearedIsClearedAndOneThatIsNotToldIsLeft() {
    assertThat(merge(NAME, fields("name", "a"), fields("name", "a"), fields("name", "")).here())
        .isEqualTo(fields("name", ""));
    assertThat(merge(NAME, fields("name", "a"), fields("name", "a"), fields()).isNothing()).isTrue();
    assertThat(
            merge(NAME, fields("name", "a"), fields("name", "a"), fields("name", new Value.Hidden())).isNothing())
        .isTrue();
  }

  @Test
  void whatAPersonEditedInARecordThatWeOnlyWriteIsNeverTouchedAgain() {
    FieldRule notes = FieldRule.out("notes", "body");
    SortedMap<String, Value> agreed = fields("notes", "ours");
    for (String later : List.of("ours", "ours, longer", "anything")) {
      ThreeWay merged = merge(notes, agreed, fields("notes", later), fields("notes", "edited by a person"));
      assertThat(merged.there()).as(later).isEmpty();
      agreed = merged.agreed();
    }
    assertThat(merge(notes, agreed, fields("notes", "more"), fields("notes", "ours")).there())
        .isEqualTo(fields("notes", "more"));
  }

  @Test
  void ofSeveralNumbersOnBothSidesNoneIsLost() {
    FieldRule phones = FieldRule.both("phones", "phones").by(Conversion.PHONES);
    ThreeWay merged =
        merge(
            phones, fields("phones", many("1", "2")), fields("phones", many("1", "2", "3")),
            fields("phones", many("1", "4")));
    assertThat(merged.here()).isEqualTo(fields("phones", many("1", "3", "4")));
    assertThat(merged.there()).isEqualTo(fields("phones", many("1", "3", "4")));
    assertThat(merged.clashes()).isEmpty();
  }

  @Test
  void aSystemWithRoomForOneNumberChangesThatOneOnly() {
    FieldRule phone = FieldRule.both("phones", "phone").by(Conversion.FIRST_PHONE);
    ThreeWay told =
        merge(phone, fields("phones", many("1")), fields("phones", many("1", "2")), fields("phones", many("9")));
    assertThat(told.here()).isEqualTo(fields("phones", many("2", "9")));
    assertThat(told.there()).isEmpty();
    ThreeWay added =
        merge(phone, fields("phones", many("1")), fields("phones", many("0", "1")), fields("phones", many("1")));
    assertThat(added.isNothing()).as("theirs is still one of ours").isTrue();
  }

  @Test
  void whereThereIsRoomForOneNumberNoMoreThanThatOneIsAgreedOn() {
    FieldRule phone = FieldRule.both("phones", "phone").by(Conversion.FIRST_PHONE);
    SortedMap<String, Value> ours = fields("phones", many("1", "2", "3"));
    SortedMap<String, Value> sent = ThreeWay.of(List.of(phone), null, new Sides(ours, fields(), true)).agreed();
    assertThat(sent).isEqualTo(fields("phones", many("1")));
    assertThat(merge(phone, sent, ours, fields("phones", many("1"))).isNothing()).as("it comes back").isTrue();
    assertThat(merge(phone, sent, ours, fields("phones", many("9"))).here())
        .as("the others are still ours alone")
        .isEqualTo(fields("phones", many("2", "3", "9")));
    FieldRule out = FieldRule.out("phones", "phone").by(Conversion.FIRST_PHONE);
    assertThat(merge(out, sent, ours, fields("phones", many("1"))).isNothing()).as("only written").isTrue();
    assertThat(merge(out, sent, fields("phones", many("2")), fields("phones", many("1"))).there())
        .isEqualTo(fields("phones", many("2")));
  }

  @Test
  void aLanguageWithoutACountryIsTheSameAsWithAny() {
    FieldRule language = FieldRule.both("language", "lang");
    SortedMap<String, Value> sent =
        ThreeWay.of(List.of(language), null, new Sides(fields("language", "en"), fields(), true)).agreed();
    assertThat(merge(language, sent, fields("language", "en"), fields("language", "en-US")).isNothing()).isTrue();
    assertThat(merge(language, sent, fields("language", "en"), fields("language", "fr-FR")).here())
        .isEqualTo(fields("language", "fr-FR"));
    assertThat(merge(language, sent, fields("language", "zh-CN"), fields("language", "en-US")).there())
        .isEqualTo(fields("language", "zh-CN"));
    SortedMap<String, Value> british = fields("language", "en-GB");
    assertThat(merge(language, british, british, fields("language", "en-US")).here())
        .isEqualTo(fields("language", "en-US"));
  }

  private static Value many(String... texts) {
    return Value.of(List.of(texts));
  }

  /** Two sides on which people edit at random, and a sync that runs now and then. */
  private static final class Pair {
    private final List<FieldRule> rules;
    private final Seeded random;
    private SortedMap<String, Value> ours = fields("name", "a", "level", "x", "phones", many("1"));
    private SortedMap<String, Value> theirs = fields();
    private @Nullable SortedMap<String, Value> agreed;
    private final List<Clash> clashes = new ArrayList<>();

    Pair(Seeded random) {
      this.random = random;
      Wins wins = Wins.values()[random.between(0, 2)];
      boolean first = random.chance(0.5);
      this.rules =
          List.of(
              NAME.won(wins), FieldRule.both("level", "level").won(wins),
              FieldRule.both("phones", "phones").by(first ? Conversion.FIRST_PHONE : Conversion.PHONES));
      rules.forEach(rule -> theirs.put(rule.ours(), Value.EMPTY));
    }

    void edit() {
      SortedMap<String, Value> side = random.chance(0.5) ? ours : theirs;
      boolean room = side == ours || rules.get(2).conversion() == Conversion.PHONES;
      switch (random.between(0, 2)) {
        case 0 -> side.put("name", Value.of(random.chance(0.1) ? "" : "n" + random.between(0, 3)));
        case 1 -> side.put("level", Value.of("l" + random.between(0, 3)));
        default -> side.put("phones", numbers(room ? 3 : 1));
      }
    }

    private Value numbers(int most) {
      return Value.of(
          random.ints(random.between(0, most), 1, 6).distinct().sorted().mapToObj(String::valueOf).toList());
    }

    boolean sync() {
      ThreeWay plan = ThreeWay.of(rules, agreed, new Sides(new TreeMap<>(ours), new TreeMap<>(theirs), random.chance(0.5)));
      ours.putAll(plan.here());
      plan.there().forEach((name, value) -> theirs.put(name, cut(name, value)));
      agreed = plan.agreed();
      clashes.addAll(plan.clashes());
      return plan.isNothing();
    }

    private Value cut(String name, Value value) {
      boolean one = name.equals("phones") && rules.get(2).conversion().first();
      return one && value instanceof Value.Many many ? Value.of(List.of(many.texts().getFirst())) : value;
    }
  }

  @Test
  void afterOneRoundBothSidesAgreeAndTheNextFindsNothingToDo() {
    Seeded.forAll(
        3_000,
        random -> {
          Pair pair = new Pair(random);
          for (int round = 0; round < 12; round++) {
            for (int edits = random.between(0, 4); edits > 0; edits--) {
              pair.edit();
            }
            pair.sync();
            assertThat(pair.sync()).as("a second round changes nothing").isTrue();
            assertThat(pair.ours.get("name")).isEqualTo(pair.theirs.get("name"));
            assertThat(pair.ours.get("level")).isEqualTo(pair.theirs.get("level"));
            if (!pair.rules.get(2).conversion().first()) {
              assertThat(pair.ours.get("phones")).isEqualTo(pair.theirs.get("phones"));
            }
          }
        });
  }
}
