package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RemoveRecords;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records are taken away. */
interface CrmRemoveCases {
  CrmRig rig();

  @Test
  default void aRecordIsRemovedOnceAndMayBeRemovedAgain() {
    rig()
        .each(
            kind -> {
              RemoveRecords removing = rig().crm().as(RemoveRecords.class, kind);
              String ref = rig().freshRef();
              String id = rig().done(kind, rig().making(kind, ref, rig().fresh("To go"))).id();
              removing.remove(kind, id, "written to the wrong person");
              assertThat(rig().reads(kind).read(kind, List.of(id)))
                  .noneMatch(read -> read.state() == CrmRecord.State.LIVE);
              removing.remove(kind, id, "again");
              rig().another().as(RemoveRecords.class, kind).remove(kind, id, "after a restart");
            },
            Ability.REMOVE,
            Ability.WRITE);
  }
}
