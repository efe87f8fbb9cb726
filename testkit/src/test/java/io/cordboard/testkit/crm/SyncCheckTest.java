package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmLedger.Deed;
import io.cordboard.testkit.crm.CrmLedger.Effect;
import io.cordboard.testkit.crm.SyncCheck.Effects;
import io.cordboard.testkit.crm.SyncCheck.Equality;
import io.cordboard.testkit.crm.SyncCheck.Wanted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SyncCheckTest {
  private static final List<Wanted> WANTED =
      List.of(new Wanted("a1", "a", 1), new Wanted("a2", "a", 2), new Wanted("b1", "b", 1));

  private static Effect effect(String ref, String operation, Deed deed) {
    return new Effect(0, RecordKind.CUSTOMER, ref, "1", 1, operation, deed, 0, true);
  }

  private static Effects checked(Effect... ledger) {
    return SyncCheck.effects(WANTED, List.of(ledger), false);
  }

  @Test
  void allDoneOnceAndInOrderIsClean() {
    Effects effects =
        checked(effect("a", "a1", Deed.MADE), effect("b", "b1", Deed.MADE), effect("a", "a2", Deed.CHANGED));
    assertThat(effects.clean()).isTrue();
    assertThat(effects.wanted()).isEqualTo(3);
  }

  @Test
  void whatWasNeverDoneIsLostUnlessALaterOneStandsForIt() {
    Effect[] ledger = {effect("a", "a2", Deed.MADE)};
    assertThat(checked(ledger).lost()).isEqualTo(2);
    assertThat(SyncCheck.effects(WANTED, List.of(ledger), true).lost()).isEqualTo(1);
  }

  @Test
  void whatHadAnEffectTwiceIsADuplicateAndARepetitionWithoutOneIsNot() {
    assertThat(checked(effect("a", "a1", Deed.CHANGED), effect("a", "a1", Deed.UNCHANGED)).duplicated()).isZero();
    assertThat(checked(effect("a", "a1", Deed.CHANGED), effect("a", "a1", Deed.CHANGED)).duplicated()).isEqualTo(1);
  }

  @Test
  void aRecordMadeTwiceForOneRefIsADuplicate() {
    assertThat(checked(effect("a", "a1", Deed.MADE), effect("a", "x", Deed.MADE)).duplicated()).isEqualTo(1);
    Effect gone = effect("a", "", Deed.DELETED);
    assertThat(checked(effect("a", "a1", Deed.MADE), gone, effect("a", "x", Deed.MADE)).duplicated()).isZero();
  }

  @Test
  void anEarlierOneAfterALaterOneIsOutOfOrder() {
    Effects effects = checked(effect("a", "a2", Deed.MADE), effect("a", "a1", Deed.CHANGED));
    assertThat(effects.outOfOrder()).isEqualTo(1);
    assertThat(effects.samples()).anyMatch(words -> words.startsWith("too late"));
  }

  @Test
  void sidesAreComparedKeyByKey() {
    Equality equality =
        SyncCheck.compare(Map.of("a", 1, "b", 2, "c", 3, "d", 4), Map.of("a", 1, "b", 9, "c", 3, "e", 5));
    assertThat(equality.compared()).isEqualTo(5);
    assertThat(equality.equal()).isEqualTo(2);
    assertThat(equality.differing()).isEqualTo(1);
    assertThat(equality.missingHere()).isEqualTo(1);
    assertThat(equality.missingThere()).isEqualTo(1);
    assertThat(equality.percent()).isEqualTo(40);
    assertThat(SyncCheck.compare(Map.of(), Map.of()).percent()).isEqualTo(100);
  }

  @Test
  void theHashTellsFieldsApart() {
    long hash = hash("name", Value.of("张"));
    assertThat(hash).isEqualTo(hash("name", Value.of("张"))).isNotEqualTo(hash("name", Value.of("章")));
    assertThat(hash).isNotEqualTo(hash("nam", Value.of("e张"))).isNotEqualTo(hash("name", Value.EMPTY));
  }

  private static long hash(String name, Value value) {
    return SyncCheck.hash(new TreeMap<>(Map.of(name, value)));
  }
}
