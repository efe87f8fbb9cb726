package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All records of a kind. */
interface CrmScanCases {
  CrmRig rig();

  /** The ids of all pages, in their order; between two pages something may be done. */
  private List<String> scanned(RecordKind kind, int most, Runnable between) {
    List<String> ids = new ArrayList<>();
    String after = null;
    for (int pages = 0; pages < 10_000; pages++) {
      ScanRecords.Page page = rig().scans(kind).scan(kind, after, most);
      assertThat(page.records()).hasSizeLessThanOrEqualTo(most);
      page.records().stream().map(CrmRecord::id).forEach(ids::add);
      after = page.next();
      if (after == null) {
        return ids;
      }
      between.run();
    }
    return fail("There were more pages than there can be.");
  }

  @Test
  default void allRecordsAreToldOnce() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              Set<String> made = new HashSet<>();
              for (int i = 0; i < 7; i++) {
                made.add(rig().makes(kind, rig().fresh("Scanned")));
              }
              for (int most : List.of(3, 50)) {
                assertThat(scanned(kind, most, () -> {})).doesNotHaveDuplicates().containsAll(made);
              }
            },
            Ability.SCAN);
  }

  @Test
  default void aScanMissesNothingWhileRecordsChange() {
    rig().needs(Able.HANDS);
    rig()
        .each(
            kind -> {
              List<String> made = new ArrayList<>();
              for (int i = 0; i < 6; i++) {
                made.add(rig().makes(kind, rig().fresh("Scanned")));
              }
              int[] round = {0};
              List<String> ids =
                  scanned(
                      kind,
                      3,
                      () -> {
                        if (round[0] < 20) {
                          rig().rewords(kind, made.get(round[0] % made.size()), rig().fresh("Changed"));
                          round[0]++;
                        }
                      });
              assertThat(ids).doesNotHaveDuplicates().containsAll(made);
            },
            Ability.SCAN);
  }

  @Test
  default void whatIsDeletedWhileWeScanHidesNothingElse() {
    rig().needs(Able.HANDS, Able.DELETES);
    rig()
        .each(
            kind -> {
              List<String> passing = new ArrayList<>();
              List<String> staying = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                passing.add(rig().makes(kind, rig().fresh("Passing")));
                staying.add(rig().makes(kind, rig().fresh("Staying")));
              }
              List<String> ids =
                  scanned(
                      kind,
                      2,
                      () -> {
                        if (!passing.isEmpty()) {
                          rig().harness().delete(kind, passing.removeFirst());
                        }
                      });
              assertThat(ids).doesNotHaveDuplicates().containsAll(staying);
            },
            Ability.SCAN);
  }
}
