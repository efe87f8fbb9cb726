package io.cordboard.adapters.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadChanges.Page;
import io.cordboard.spi.crm.RecordKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of changes, in seconds of Odoo's. */
class ChangesTest {
  private final Instant now = Instant.now();

  private static List<String> ids(Page page) {
    return page.records().stream().map(CrmRecord::id).toList();
  }

  @Test
  void aChangeThatBecomesVisibleAfterLaterOnesIsToldAllTheSame() {
    try (ScriptedOdoo odoo = new ScriptedOdoo();
        OdooCrm crm = odoo.connect()) {
      String cursor = crm.changes(RecordKind.CUSTOMER, null, 10).cursor();
      odoo.shows(2, "quick", now);
      Page first = crm.changes(RecordKind.CUSTOMER, cursor, 10);
      assertThat(ids(first)).containsExactly("2");
      odoo.shows(1, "slow", now.minusSeconds(12));
      Page second = crm.changes(RecordKind.CUSTOMER, first.cursor(), 10);
      assertThat(ids(second)).containsExactly("1");
      assertThat(ids(crm.changes(RecordKind.CUSTOMER, second.cursor(), 10))).isEmpty();
    }
  }

  @Test
  void whatWasThereBeforeTheBeginningIsNotToldAndWhatBeganBeforeAndShowsLaterIs() {
    try (ScriptedOdoo odoo = new ScriptedOdoo();
        OdooCrm crm = odoo.connect()) {
      for (int id = 1; id <= 25; id++) {
        odoo.shows(id, "old", now.minusSeconds(3));
      }
      String cursor = crm.changes(RecordKind.CUSTOMER, null, 10).cursor();
      odoo.shows(26, "late", now.minusSeconds(3));
      List<String> told = new ArrayList<>();
      Page page = crm.changes(RecordKind.CUSTOMER, cursor, 10);
      told.addAll(ids(page));
      while (page.more()) {
        page = crm.changes(RecordKind.CUSTOMER, page.cursor(), 10);
        told.addAll(ids(page));
      }
      assertThat(told).containsExactly("26");
    }
  }

  @Test
  void secondsWithMoreRecordsThanAPageAreToldById() {
    try (ScriptedOdoo odoo = new ScriptedOdoo();
        OdooCrm crm = odoo.connect()) {
      String cursor = crm.changes(RecordKind.CUSTOMER, null, 10).cursor();
      // within a second the later id began earlier
      for (int id = 1; id <= 40; id++) {
        odoo.shows(id, "many", now.minusSeconds(id % 2 == 0 ? 5 : 2).minusMillis(id));
      }
      List<String> told = new ArrayList<>();
      Page page = crm.changes(RecordKind.CUSTOMER, cursor, 7);
      told.addAll(ids(page));
      while (page.more()) {
        assertThat(page.records()).hasSizeLessThanOrEqualTo(7);
        page = crm.changes(RecordKind.CUSTOMER, page.cursor(), 7);
        told.addAll(ids(page));
      }
      assertThat(told).doesNotHaveDuplicates().hasSize(40);
      do {
        page = crm.changes(RecordKind.CUSTOMER, page.cursor(), 7);
        assertThat(ids(page)).as("read once more, and not told once more").isEmpty();
      } while (page.more());
    }
  }

  @Test
  void anotherChangeInTheSameSecondIsToldAgain() {
    try (ScriptedOdoo odoo = new ScriptedOdoo();
        OdooCrm crm = odoo.connect()) {
      String cursor = crm.changes(RecordKind.CUSTOMER, null, 10).cursor();
      odoo.shows(1, "first", now);
      Page first = crm.changes(RecordKind.CUSTOMER, cursor, 10);
      odoo.shows(1, "second", now);
      Page second = crm.changes(RecordKind.CUSTOMER, first.cursor(), 10);
      assertThat(second.records())
          .extracting(record -> record.fields().get("name").toString())
          .singleElement()
          .asString()
          .contains("second");
    }
  }
}
