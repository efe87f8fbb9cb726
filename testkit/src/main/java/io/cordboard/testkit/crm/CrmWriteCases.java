package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.Crm;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.DescribeFields;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords;
import io.cordboard.spi.crm.WriteRecords.Made;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records are made and changed. */
interface CrmWriteCases {
  CrmRig rig();

  @Test
  default void whatIsWrittenIsReadByItsIdAndByOurs() {
    rig()
        .each(
            kind -> {
              for (String name : CrmReadCases.NAMES) {
                String ref = rig().freshRef();
                String words = rig().fresh(name);
                Written.Done done = rig().done(kind, rig().making(kind, ref, words));
                assertThat(done.made()).isNotEqualTo(Made.NO);
                CrmRecord read = rig().read(kind, done.id());
                assertThat(rig().words(read)).isEqualTo(Value.of(words));
                assertThat(read.ref()).isEqualTo(ref);
                assertThat(rig().reads(kind).findByRef(kind, ref).map(CrmRecord::id)).contains(done.id());
              }
            },
            Ability.WRITE);
  }

  @Test
  default void aRecordIsMadeOnceHoweverOftenItIsWritten() {
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              String words = rig().fresh("Once");
              Write write = rig().making(kind, ref, words);
              Written.Done first = rig().done(kind, write);
              Written.Done second = rig().done(kind, write);
              Crm restarted = rig().another();
              Written third = restarted.as(WriteRecords.class, kind).write(kind, List.of(write)).getFirst();
              assertThat(second.id()).isEqualTo(first.id());
              assertThat(second.made()).isNotEqualTo(Made.YES);
              assertThat(third).isInstanceOf(Written.Done.class);
              assertThat(rig().harness().count(kind, ref)).isEqualTo(1);
            },
            Ability.WRITE);
  }

  @Test
  default void twoWhoMakeTheSameRecordAtOnceMakeOne() {
    rig().needs(Able.ONE_BY_REF);
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              Write write = rig().making(kind, ref, rig().fresh("Race"));
              List<CompletableFuture<Void>> all =
                  IntStream.range(0, 4)
                      .mapToObj(i -> CompletableFuture.runAsync(() -> tries(kind, write)))
                      .toList();
              all.forEach(Await::done);
              assertThat(rig().harness().count(kind, ref)).isEqualTo(1);
            },
            Ability.WRITE);
  }

  private void tries(RecordKind kind, Write write) {
    try {
      rig().write(kind, write);
    } catch (Fault.Busy | Fault.OutcomeUnknown | Fault.Unreachable lost) {
      // whoever lost the race comes again
    }
  }

  @Test
  default void aPatchLeavesAllOtherFieldsAlone() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              String other = rig().harness().other(kind);
              if (other == null) {
                return;
              }
              String ref = rig().freshRef();
              String id = rig().done(kind, rig().making(kind, ref, rig().fresh("Before"))).id();
              Value theirs = Value.of(rig().harness().otherWords(kind, 1));
              rig().harness().change(kind, id, CrmRig.field(other, theirs));
              CrmRecord before = rig().read(kind, id);
              String words = rig().fresh("After");
              rig().done(
                  kind, rig().changing(ref, id, null, CrmRig.field(rig().harness().words(kind), Value.of(words))));
              SortedMap<String, Value> wished = new TreeMap<>(before.fields());
              wished.keySet().removeAll(computed(kind));
              wished.put(rig().harness().words(kind), Value.of(words));
              assertThat(rig().read(kind, id).fields()).containsEntry(other, theirs).containsAllEntriesOf(wished);
            },
            Ability.WRITE);
  }

  /** What the system itself makes of other fields may change with them. */
  private List<String> computed(RecordKind kind) {
    if (!rig().crm().can(kind, Ability.FIELDS)) {
      return List.of();
    }
    return rig().crm().as(DescribeFields.class, kind).fields(kind).stream()
        .filter(DescribeFields.Field::readOnly)
        .map(DescribeFields.Field::name)
        .toList();
  }

  @Test
  default void anEmptyValueClearsAndAnAbsentOneDoesNot() {
    rig()
        .each(
            kind -> {
              String other = rig().harness().other(kind);
              if (other == null) {
                return;
              }
              String ref = rig().freshRef();
              SortedMap<String, Value> fields = new TreeMap<>(rig().harness().fresh(kind, rig().fresh("Full")));
              Value words = Value.of(rig().harness().otherWords(kind, 2));
              fields.put(other, words);
              String id = rig().done(kind, new Write(ref, null, null, rig().fresh("op"), fields)).id();
              assertThat(rig().read(kind, id).fields()).containsEntry(other, words);
              SortedMap<String, Value> reworded = CrmRig.field(rig().harness().words(kind), Value.of(rig().fresh("New")));
              rig().done(kind, rig().changing(ref, id, null, reworded));
              assertThat(rig().read(kind, id).fields()).containsEntry(other, words);
              rig().done(kind, rig().changing(ref, id, null, CrmRig.field(other, Value.EMPTY)));
              assertThat(rig().read(kind, id).fields().getOrDefault(other, Value.EMPTY)).isEqualTo(Value.EMPTY);
            },
            Ability.WRITE);
  }

  @Test
  default void aWriteFromAVersionThatIsGoneIsStaleAndWritesNothing() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              if (!rig().writes(kind).conditional(kind)) {
                return;
              }
              String ref = rig().freshRef();
              String id = rig().done(kind, rig().making(kind, ref, rig().fresh("Ours"))).id();
              String version = rig().read(kind, id).version();
              assertThat(version).isNotEmpty();
              String theirs = rig().fresh("Theirs");
              rig().rewords(kind, id, theirs);
              Write late =
                  rig().changing(ref, id, version, CrmRig.field(rig().harness().words(kind), Value.of("Late")));
              assertThat(rig().write(kind, late)).isInstanceOf(Written.Stale.class);
              assertThat(rig().words(rig().read(kind, id))).isEqualTo(Value.of(theirs));
            },
            Ability.WRITE);
  }

  @Test
  default void aWriteFromTheVersionThatStandsIsTakenAndTellsTheNextOne() {
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              String id = rig().done(kind, rig().making(kind, ref, rig().fresh("First"))).id();
              CrmRecord before = rig().read(kind, id);
              SortedMap<String, Value> fields = CrmRig.field(rig().harness().words(kind), Value.of(rig().fresh("Second")));
              Written.Done done = rig().done(kind, rig().changing(ref, id, before.version(), fields));
              CrmRecord after = rig().read(kind, id);
              assertThat(after.fields()).containsAllEntriesOf(fields);
              if (!done.version().isEmpty()) {
                assertThat(done.version()).isEqualTo(after.version()).isNotEqualTo(before.version());
              }
            },
            Ability.WRITE);
  }

  @Test
  default void aRecordThatIsNoLongerThereIsNotMadeAnewByItsId() {
    rig().needs(Able.HANDS, Able.DELETES);
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              String id = rig().done(kind, rig().making(kind, ref, rig().fresh("Gone"))).id();
              rig().harness().delete(kind, id);
              SortedMap<String, Value> fields = CrmRig.field(rig().harness().words(kind), Value.of("Back"));
              assertThat(rig().writeFault(kind, rig().changing(ref, id, null, fields)))
                  .isInstanceOfAny(Fault.NotFound.class, Fault.Refused.class, Fault.BadRequest.class);
              assertThat(rig().harness().count(kind, ref)).isZero();
            },
            Ability.WRITE);
  }

  @Test
  default void aFieldThatIsUnknownThereIsRefusedByItsName() {
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              SortedMap<String, Value> fields = new TreeMap<>(rig().harness().fresh(kind, rig().fresh("Odd")));
              fields.put("no_such_field_9", Value.of("x"));
              assertThat(rig().writeFault(kind, new Write(ref, null, null, rig().fresh("op"), fields)))
                  .isInstanceOfAny(Fault.Refused.class, Fault.BadRequest.class)
                  .hasMessageContaining("no_such_field_9");
              assertThat(rig().harness().count(kind, ref)).isZero();
            },
            Ability.WRITE);
  }

  @Test
  default void aMillionCharactersAreTakenOrRefusedAndNothingBreaks() {
    rig()
        .each(
            kind -> {
              String ref = rig().freshRef();
              Written verdict;
              try {
                verdict = rig().write(kind, rig().making(kind, ref, "x".repeat(1_000_000)));
              } catch (Fault fault) {
                verdict = new Written.Failed(fault);
              }
              if (verdict instanceof Written.Failed(Fault fault)) {
                assertThat(fault).isNotInstanceOf(Fault.Bug.class);
                assertThat(fault.getMessage()).hasSizeLessThan(2_000);
              }
              rig().done(kind, rig().making(kind, rig().freshRef(), rig().fresh("Next")));
            },
            Ability.WRITE);
  }
}
