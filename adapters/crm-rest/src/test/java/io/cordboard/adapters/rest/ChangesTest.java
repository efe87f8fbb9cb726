package io.cordboard.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.spi.crm.ScanRecords;
import io.cordboard.testkit.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest extends TulipTest {
  /** A record of the pretended system: when it changed, in whole seconds. */
  private record Row(int id, int rev, long second) {
    String json() {
      return "{\"id\": %d, \"rev\": %d, \"updated\": %d}".formatted(id, rev, second * 1000);
    }
  }

  private final Map<Integer, Row> there = new HashMap<>();

  private void serve() {
    answers(asked -> {
      Map<String, Long> query = query(asked.uri());
      query.putIfAbsent("offset", 0L);
      List<Row> sorted;
      synchronized (there) {
        sorted = there.values().stream()
            .filter(row -> row.second() * 1000 >= query.get("since"))
            .sorted(Comparator.comparingLong(Row::second).thenComparing(Row::id))
            .skip(query.get("offset")).limit(query.get("limit")).toList();
      }
      return rows(sorted.stream().map(Row::json).collect(Collectors.joining(",")));
    });
  }

  private static Map<String, Long> query(String uri) {
    Map<String, Long> query = new HashMap<>();
    for (String pair : uri.substring(uri.indexOf('?') + 1).split("&")) {
      query.put(pair.substring(0, pair.indexOf('=')), Long.valueOf(pair.substring(pair.indexOf('=') + 1)));
    }
    return query;
  }

  private void put(int id, int rev, long second) {
    synchronized (there) {
      there.put(id, new Row(id, rev, second));
    }
  }

  private long now() {
    return clock.micros() / 1_000_000;
  }

  private ReadChanges.Page page(@Nullable String cursor, int most) {
    return crm.as(ReadChanges.class, RecordKind.CUSTOMER).changes(RecordKind.CUSTOMER, cursor, most);
  }

  private List<String> ids(ReadChanges.Page page) {
    return page.records().stream().map(CrmRecord::id).toList();
  }

  @Test
  void whatWasThereBeforeIsNotToldAndWhatChangesAfterwardsIs() {
    serve();
    put(1, 1, now() - 3);
    ReadChanges.Page start = page(null, 10);
    assertThat(start.records()).isEmpty();
    put(2, 1, now() + 1);
    put(1, 2, now() + 1);
    ReadChanges.Page next = page(start.cursor(), 10);
    assertThat(ids(next)).containsExactly("1", "2");
    assertThat(ids(page(next.cursor(), 10))).as("told once").isEmpty();
  }

  @Test
  void aRecordThatBecameVisibleLateIsStillTold() {
    serve();
    ReadChanges.Page start = page(null, 10);
    put(1, 1, now() + 9);
    ReadChanges.Page next = page(start.cursor(), 10);
    put(2, 1, now() + 2);
    assertThat(ids(page(next.cursor(), 10))).containsExactly("2");
  }

  @Test
  void manyRecordsOfOneSecondAreAllToldThroughSmallPages() {
    serve();
    String cursor = page(null, 3).cursor();
    for (int id = 1; id <= 20; id++) {
      put(id, 1, now() + 5);
    }
    Set<String> told = new HashSet<>();
    boolean more = true;
    for (int i = 0; more && i < 50; i++) {
      ReadChanges.Page page = page(cursor, 3);
      told.addAll(ids(page));
      cursor = page.cursor();
      more = page.more();
    }
    assertThat(more).isFalse();
    assertThat(told).hasSize(20);
  }

  @Test
  void aFeedThatCannotBeSortedIsReadToItsEndAndToldOnce() {
    crm.close();
    crm = opened(Files.text("tulip.yaml").replace("      page: {kind: offset, most: 100}", "      order: none\n      page: {kind: offset, most: 2}"));
    answers(asked -> {
      Map<String, Long> query = query(asked.uri());
      synchronized (there) {
        return rows(there.values().stream()
            .filter(row -> row.second() * 1000 >= query.get("since"))
            .sorted(Comparator.comparing(Row::id))
            .skip(query.get("offset")).limit(query.get("limit"))
            .map(Row::json).collect(Collectors.joining(",")));
      }
    });
    String cursor = page(null, 100).cursor();
    put(1, 1, now() + 7);
    put(2, 1, now() + 2);
    put(3, 1, now() + 9);
    put(4, 1, now() + 1);
    put(5, 1, now() + 4);
    List<String> told = new ArrayList<>();
    ReadChanges.Page page = page(cursor, 100);
    for (int i = 0; i < 20; i++) {
      told.addAll(ids(page));
      page = page(page.cursor(), 100);
    }
    assertThat(told).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
  }

  private String followed(String from, int pages) {
    String cursor = from;
    for (int i = 0; i < pages; i++) {
      cursor = page(cursor, 3).cursor();
    }
    return cursor;
  }

  @Test
  void nothingIsLeftOutHoweverRecordsMoveWhileTheyAreRead() {
    Seeded.forAll(30, random -> {
      there.clear();
      serve();
      int most = random.between(2, 5);
      String cursor = page(null, most).cursor();
      Map<Integer, Integer> told = new HashMap<>();
      boolean more = true;
      for (int step = 0; step < 60 || (more && step < 1000); step++) {
        if (step < 40) {
          clock.advance(Duration.ofMillis(random.between(0, 1500)));
          for (int i = random.between(0, 4); i > 0; i--) {
            int id = random.between(1, 12);
            put(id, there.containsKey(id) ? there.get(id).rev() + 1 : 1, now());
          }
        }
        ReadChanges.Page page = page(cursor, most);
        page.records().forEach(record -> told.put(Integer.valueOf(record.id()), Integer.valueOf(record.version())));
        cursor = page.cursor();
        more = page.more();
      }
      assertThat(more).isFalse();
      there.forEach((id, row) -> assertThat(told).containsEntry(id, row.rev()));
    });
  }

  @Test
  void aPageThatRepeatsIsNoticed() {
    answers(asked -> rows("{\"id\": 1, \"rev\": 1, \"updated\": 5000},{\"id\": 2, \"rev\": 1, \"updated\": 5000}"));
    assertThatThrownBy(() -> page(null, 2)).isInstanceOf(Fault.Refused.class).hasMessageContaining("again");
  }

  @Test
  void changesInAnotherOrderAreNoticed() {
    answers(asked -> rows("{\"id\": 1, \"rev\": 1, \"updated\": 9000},{\"id\": 2, \"rev\": 1, \"updated\": 5000}"));
    assertThatThrownBy(() -> page(null, 5)).isInstanceOf(Fault.Refused.class).hasMessageContaining("order");
  }

  @Test
  void aSystemThatNoLongerKnowsWhatChangedIsComparedAsAWhole() {
    serve();
    String cursor = page(null, 5).cursor();
    List<Integer> asked = new ArrayList<>();
    answers(request -> {
      asked.add(1);
      return asked.size() == 1 ? Shop.Told.json(410, "{}") : rows("");
    });
    ReadChanges.Page page = page(cursor, 5);
    assertThat(page.gap()).isTrue();
    assertThat(page(page.cursor(), 5).gap()).isFalse();
  }

  @Test
  void aForeignCursorIsRefused() {
    serve();
    assertThatThrownBy(() -> page("17", 5)).isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> page("{\"live\": {\"t\": \"x\"}}", 5)).isInstanceOf(Fault.BadRequest.class);
  }

  @Test
  void allRecordsAreReadPageByPage() {
    answers(asked -> asked.uri().contains("after=3") ? rows("")
        : asked.uri().contains("after=2") ? rows("{\"id\": 3}") : rows("{\"id\": 1},{\"id\": 2}"));
    ScanRecords scan = crm.as(ScanRecords.class, RecordKind.CUSTOMER);
    List<String> ids = new ArrayList<>();
    String next = null;
    do {
      ScanRecords.Page page = scan.scan(RecordKind.CUSTOMER, next, 100);
      page.records().forEach(record -> ids.add(record.id()));
      next = page.next();
    } while (next != null);
    assertThat(ids).as("though it gives fewer at once than were asked for").containsExactly("1", "2", "3");
  }

  @Test
  void aFeedWithoutPagesThatIsCutShortIsFollowedByTime() {
    crm.close();
    crm = opened(Files.text("tulip.yaml").replace("page: {kind: offset, most: 100}", "page: {most: 3}"));
    serve();
    String cursor = page(null, 3).cursor();
    for (int id = 1; id <= 20; id++) {
      put(id, 1, now() + id / 2);
    }
    Set<String> told = new HashSet<>();
    ReadChanges.Page page = page(cursor, 3);
    for (int i = 0; page.more() && i < 50; i++) {
      told.addAll(ids(page));
      page = page(page.cursor(), 3);
    }
    told.addAll(ids(page));
    assertThat(told).hasSize(20);
    for (int id = 30; id <= 33; id++) {
      put(id, 1, now() + 30);
    }
    String last = page.cursor();
    assertThatThrownBy(() -> followed(last, 20)).as("four of one second, three at once").isInstanceOf(Fault.Refused.class).hasMessageContaining("under 'page'");
  }
}
