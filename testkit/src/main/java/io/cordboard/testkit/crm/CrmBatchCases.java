package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.Value;
import io.cordboard.spi.crm.WriteRecords.Write;
import io.cordboard.spi.crm.WriteRecords.Written;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Several records are written at once. */
interface CrmBatchCases {
  int LARGE = 25;

  CrmRig rig();

  @Test
  default void asManyAsDeclaredAreWrittenAtOnceInTheirOrder() {
    rig()
        .each(
            kind -> {
              int most = Math.min(LARGE, rig().writes(kind).mostWritten());
              List<Write> writes = new ArrayList<>();
              for (int i = 0; i < most; i++) {
                writes.add(rig().making(kind, rig().freshRef(), rig().fresh("One of many")));
              }
              List<Written> verdicts = rig().writes(kind).write(kind, writes);
              assertThat(verdicts).hasSize(most);
              for (int i = 0; i < most; i++) {
                assertThat(verdicts.get(i)).isInstanceOf(Written.Done.class);
                CrmRecord read = rig().read(kind, ((Written.Done) verdicts.get(i)).id());
                assertThat(read.ref()).isEqualTo(writes.get(i).ref());
                assertThat(read.fields())
                    .containsEntry(
                        rig().harness().words(kind), writes.get(i).fields().get(rig().harness().words(kind)));
              }
            },
            Ability.WRITE);
  }

  @Test
  default void noneToWriteIsNoWork() {
    rig().each(kind -> assertThat(rig().writes(kind).write(kind, List.of())).isEmpty(), Ability.WRITE);
  }

  @Test
  default void eachOfABatchHasAVerdictOfItsOwn() {
    rig()
        .each(
            kind -> {
              if (rig().writes(kind).mostWritten() < 3) {
                return;
              }
              Write good = rig().making(kind, rig().freshRef(), rig().fresh("Good"));
              SortedMap<String, Value> odd = new TreeMap<>(rig().harness().fresh(kind, rig().fresh("Odd")));
              odd.put("no_such_field_9", Value.of("x"));
              Write bad = new Write(rig().freshRef(), null, null, rig().fresh("op"), odd);
              Write last = rig().making(kind, rig().freshRef(), rig().fresh("Last"));
              List<Written> verdicts = rig().writes(kind).write(kind, List.of(good, bad, last));
              assertThat(verdicts).hasSize(3);
              assertThat(verdicts.get(0)).isInstanceOf(Written.Done.class);
              assertThat(verdicts.get(1)).isInstanceOf(Written.Failed.class);
              assertThat(((Written.Failed) verdicts.get(1)).fault())
                  .isInstanceOfAny(Fault.Refused.class, Fault.BadRequest.class);
              assertThat(verdicts.get(2)).isInstanceOf(Written.Done.class);
              assertThat(rig().harness().count(kind, bad.ref())).isZero();
              assertThat(rig().harness().count(kind, last.ref())).isEqualTo(1);
            },
            Ability.WRITE);
  }

  @Test
  default void aStaleOneOfABatchHoldsNoOtherUp() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              if (rig().writes(kind).mostWritten() < 2 || !rig().writes(kind).conditional(kind)) {
                return;
              }
              String ref = rig().freshRef();
              String id = rig().done(kind, rig().making(kind, ref, rig().fresh("Ours"))).id();
              String version = rig().read(kind, id).version();
              rig().rewords(kind, id, rig().fresh("Theirs"));
              SortedMap<String, Value> fields = CrmRig.field(rig().harness().words(kind), Value.of("Late"));
              Write stale = rig().changing(ref, id, version, fields);
              Write good = rig().making(kind, rig().freshRef(), rig().fresh("Good"));
              List<Written> verdicts = rig().writes(kind).write(kind, List.of(stale, good));
              assertThat(verdicts.get(0)).isInstanceOf(Written.Stale.class);
              assertThat(verdicts.get(1)).isInstanceOf(Written.Done.class);
            },
            Ability.WRITE);
  }
}
