package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.CrmRecord.State;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single records. */
interface CrmReadCases {
  /** Names as people have them, and as people type them. */
  List<String> NAMES =
      List.of(
          "张伟",
          "محمد عبد الله",
          "Zoë O'Brien-Smith",
          "Zoë",
          "שלום עליכם",
          "👩‍👩‍👧 Family 🇨🇳",
          "\"Quoted\" \\ back",
          "<script>alert(1)</script> & Sons",
          "𠮷野家",
          "Ümit İnan ﬁ",
          "%27%20{{x}}${y}#/?");

  CrmRig rig();

  @Test
  default void namesInAnyScriptSurvive() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              for (String name : NAMES) {
                String words = rig().fresh(name);
                assertThat(rig().words(rig().read(kind, rig().makes(kind, words)))).isEqualTo(Value.of(words));
              }
            },
            Ability.READ);
  }

  @Test
  default void aRecordIsReadByItsId() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String words = rig().fresh("Record");
              String id = rig().makes(kind, words);
              CrmRecord read = rig().read(kind, id);
              assertThat(read.id()).isEqualTo(id);
              assertThat(read.kind()).isEqualTo(kind);
              assertThat(read.state()).isEqualTo(State.LIVE);
              assertThat(rig().words(read)).isEqualTo(Value.of(words));
            },
            Ability.READ);
  }

  @Test
  default void anotherVersionIsAnotherRecord() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String id = rig().makes(kind, rig().fresh("Before"));
              CrmRecord before = rig().read(kind, id);
              rig().rewords(kind, id, rig().fresh("After"));
              CrmRecord after = rig().read(kind, id);
              assertThat(after.fields()).isNotEqualTo(before.fields());
              if (!before.version().isEmpty()) {
                assertThat(after.version()).isNotEqualTo(before.version());
              }
              assertThat(after.changedAt()).isGreaterThanOrEqualTo(before.changedAt());
            },
            Ability.READ);
  }

  @Test
  default void asManyAsDeclaredAreReadAtOnceAndThoseThatAreNotThereAreLeftOut() {
    rig().needs(Able.HANDS, Able.DELETES);
    rig()
        .each(
            kind -> {
              int most = Math.min(20, rig().reads(kind).mostRead());
              List<String> ids = new ArrayList<>();
              for (int i = 0; i < most; i++) {
                ids.add(rig().makes(kind, rig().fresh("One")));
              }
              assertThat(liveOf(kind, ids)).containsExactlyInAnyOrderElementsOf(ids);
              String gone = ids.removeLast();
              rig().harness().delete(kind, gone);
              List<String> asked = new ArrayList<>(ids);
              asked.add(gone);
              assertThat(liveOf(kind, asked)).containsExactlyInAnyOrderElementsOf(ids);
            },
            Ability.READ);
  }

  private List<String> liveOf(RecordKind kind, List<String> ids) {
    return rig().reads(kind).read(kind, ids).stream()
        .filter(record -> record.state() == State.LIVE)
        .map(CrmRecord::id)
        .toList();
  }

  @Test
  default void whatIsNoIdFindsNothingElse() {
    rig()
        .each(
            kind -> {
              for (String odd :
                  List.of("0", "../" + kind.word(), "1 or 1=1", "%00", "😀", "a/b?c=d#e", "99999999999999999999", "*")) {
                try {
                  assertThat(liveOf(kind, List.of(odd))).as("read by '%s'", odd).isEmpty();
                } catch (Fault.BadRequest | Fault.Refused | Fault.NotFound said) {
                  assertThat(said.getMessage()).isNotBlank();
                }
              }
            },
            Ability.READ);
  }

  @Test
  default void anIdOfOursThatNothingCarriesFindsNothing() {
    rig()
        .each(
            kind -> {
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef())).isEmpty();
              assertThat(rig().reads(kind).findByRef(kind, rig().freshRef() + "|,$\\'\"&")).isEmpty();
            },
            Ability.READ);
  }

  @Test
  default void aMergedRecordIsNotThereOrSaysSo() {
    rig().needs(Able.HANDS, Able.MERGES);
    rig()
        .each(
            kind -> {
              if (kind != RecordKind.CUSTOMER) {
                return;
              }
              String from = rig().makes(kind, rig().fresh("Twin"));
              String into = rig().makes(kind, rig().fresh("Twin"));
              rig().harness().merge(kind, from, into);
              for (CrmRecord read : rig().reads(kind).read(kind, List.of(from))) {
                assertThat(read.state()).isEqualTo(State.MERGED);
                assertThat(read.mergedInto()).isEqualTo(into);
              }
              assertThat(rig().read(kind, into).state()).isEqualTo(State.LIVE);
            },
            Ability.READ);
  }
}
