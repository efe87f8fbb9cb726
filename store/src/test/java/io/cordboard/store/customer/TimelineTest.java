package io.cordboard.store.customer;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static io.cordboard.store.People.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.CallArchive.Said;
import io.cordboard.core.call.LedgerFact.Answer;
import io.cordboard.core.profile.Timeline.Correction;
import io.cordboard.core.profile.Timeline.Entry;
import io.cordboard.core.profile.Timeline.FilledIn;
import io.cordboard.core.profile.Timeline.Interval;
import io.cordboard.core.profile.Timeline.Kind;
import io.cordboard.core.profile.Timeline.Note;
import io.cordboard.core.profile.Timeline.Page;
import io.cordboard.core.profile.Timeline.Position;
import io.cordboard.core.profile.Timeline.Recording;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.Flushes;
import io.cordboard.store.JdbcCallArchive;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.store.demo.DemoData;
import io.cordboard.testkit.HandClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final String MOBILE = "+447700900001";

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final People people = new People(rows);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcTimeline timeline = new JdbcTimeline(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  private void call(int number, int customer, long at) {
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)))) {
      ledger.takeOver();
      ledger.flush(
          Flushes.after(0)
              .call(Flushes.record(Flushes.call(number), customer(customer), MOBILE, "ANSWERED", at))
              .segment(Flushes.call(number), 1, agent(1), "solved")
              .recording(Flushes.call(number), "rec-" + number, "ON_SWITCH")
              .flush());
    }
  }

  private List<Entry> all(int customer) {
    return timeline.page(customer(customer), Set.of(), null, 100).orElseThrow().entries();
  }

  @Test
  void aCustomerWhoDoesNotExistHasNoTimelineAndANewOneAnEmptyOne() {
    people.customer(1, "Ann");
    assertThat(timeline.page(customer(2), Set.of(), null, 10)).isEmpty();
    assertThat(timeline.page(customer(1), Set.of(), null, 10)).contains(new Page(List.of(), null));
  }

  @Test
  void aCallTellsItsNotesOutcomeRecordingsAndWhatWasNotObserved() {
    people.customer(1, "Ann").user(1, "Li");
    call(1, 1, AT);
    people.note(1, 1, "Line \"one\"\n😀 عربي").note(1, 2, "");
    rows.execute(
        "update call_record set approximate_from = %d, approximate_to = %d".formatted(AT, AT + 5_000_000),
        "update recording set alarm = 'agent-silent', duration_millis = 61000, state = 'STORED'");
    Entry entry = all(1).getFirst();
    assertThat(entry.kind()).isEqualTo(Kind.CALL);
    assertThat(entry.state()).isEqualTo("ANSWERED");
    var call = entry.call();
    assertThat(call.direction()).isEqualTo("in");
    assertThat(call.agent()).isEqualTo("Li");
    assertThat(call.disposition()).isEqualTo("solved");
    assertThat(call.talkMillis()).isEqualTo(60_000);
    assertThat(call.waitMillis()).isNotNegative();
    assertThat(call.notes()).containsExactly(new Note(agent(1), "Li", "Line \"one\"\n😀 عربي"));
    assertThat(call.unobserved())
        .isEqualTo(new Interval(Clock.instant(AT), Clock.instant(AT + 5_000_000)));
    assertThat(call.recordings())
        .containsExactly(new Recording("rec-1", "STORED", "agent-silent", 61_000, agent(1)));
    assertThat(call.answers()).isEmpty();
    assertThat(call.fallback()).isFalse();
  }

  @Test
  void aCallTellsWhatWasFilledInAndThatTheSwitchLookedAfterItAlone() {
    people.customer(1, "Ann").user(1, "Li");
    call(1, 1, AT);
    rows.execute(
        "update segment set answers = E'amount=12\\nwhy=a=b'", "update call_record set fallback = true");
    var call = all(1).getFirst().call();
    assertThat(call.answers())
        .containsExactly(new FilledIn("amount", "12"), new FilledIn("why", "a=b"));
    assertThat(call.fallback()).isTrue();
  }

  @Test
  void theAnswersAreThoseOfWhoHadTheCustomerNotOfWhoGaveAdvice() {
    people.customer(1, "Ann").user(1, "Li");
    call(1, 1, AT);
    rows.execute(
        "update segment set answers = 'amount=12'",
        "insert into segment select (jsonb_populate_record(s, jsonb_build_object('n', 2, 'agent_id', '"
            + agent(2) + "', 'outcome', 'CONSULTED', 'answers', null))).* from segment s");
    assertThat(all(1).getFirst().call().answers()).containsExactly(new FilledIn("amount", "12"));
  }

  @Test
  void aCallTellsWhoseRecordItIsAndWhatStoodThereBefore() {
    people.customer(1, "Ann").user(1, "Li");
    call(1, 1, AT);
    List<Answer> price = List.of(new Answer("price", "12"));
    JdbcCallArchive archive = new JdbcCallArchive(pool);
    Said solved = new Said("solved", List.of());
    Said sold = new Said("sold", price);
    archive.correct(Flushes.call(1), agent(1), solved, sold, AT + 1);
    archive.correct(Flushes.call(1), agent(1), sold, new Said("other", List.of(), "later"), AT + 400_000_000);
    var call = all(1).getFirst().call();
    assertThat(call.talkedLast()).isEqualTo(agent(1));
    assertThat(call.corrections())
        .extracting(Correction::by, Correction::at, Correction::disposition, Correction::answers)
        .containsExactly(
            tuple("Li", Clock.instant(AT + 1), "solved", List.of()),
            tuple("Li", Clock.instant(AT + 400_000_000), "sold", List.of(new FilledIn("price", "12"))));
    assertThat(call.corrections()).extracting(Correction::notes).startsWith((String) null);
  }

  @Test
  void allSourcesAreOneListInTheOrderOfTimeAndKindsCanBeChosen() {
    people.customer(1, "Ann").user(1, "Li");
    call(1, 1, AT + DAY);
    people.order(1, "O1", AT).order(1, "O2", AT + 2 * DAY).service(1, "T1", AT + 3 * DAY, 0);
    assertThat(all(1))
        .extracting(e -> e.kind() + " " + e.id())
        .containsExactly("SERVICE T1", "ORDER O2", "CALL " + Flushes.call(1), "ORDER O1");
    assertThat(timeline.page(customer(1), EnumSet.of(Kind.ORDER), null, 10).orElseThrow().entries())
        .extracting(Entry::id)
        .containsExactly("O2", "O1");
  }

  @Test
  void theHistoryOfMergedCustomersIsIncludedAndTellsInWhoseFileItStands() {
    people.customer(1, "Ann").customer(2, "Anne").customer(3, "Zoe").user(1, "Li");
    call(1, 1, AT);
    call(2, 2, AT + DAY);
    call(3, 3, AT + DAY);
    people.merge(1, 2);
    for (int asked : List.of(1, 2)) {
      assertThat(all(asked)).extracting(Entry::file).containsExactly(customer(2), customer(1));
    }
  }

  @Test
  void pagesJoinWithoutAGapOrADoubleAlsoWhereTimesAreEqual() {
    people.customer(1, "Ann").customer(2, "Anne").user(1, "Li").merge(1, 2);
    for (int i = 1; i <= 7; i++) {
      people.order(1, "O" + i, AT + i / 3 * DAY).service(2, "T" + i, AT + i / 3 * DAY, 0);
    }
    call(1, 1, AT + DAY);
    List<Entry> paged = new ArrayList<>();
    Position after = null;
    int pages = 0;
    do {
      Page page = timeline.page(customer(1), Set.of(), after, 2).orElseThrow();
      paged.addAll(page.entries());
      after = page.next();
      pages++;
    } while (after != null);
    assertThat(pages).isEqualTo(8);
    assertThat(paged).isEqualTo(all(1)).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void everySourceIsReadByItsIndex() {
    new DemoData(pool, new HandClock())
        .load(new DemoData.Plan(1, 20_000, List.of(agent(1)), false), made -> {});
    rows.execute(
        "insert into record_correction (call_id, segment, agent_id, at)"
            + " select gen_random_uuid(), 1, gen_random_uuid(), 1 from generate_series(1, 5000)",
        "analyze");
    String sql = JdbcTimeline.text(EnumSet.allOf(Kind.class));
    String filled =
        sql.replace("unnest(?::uuid[])", "unnest(array['%s'::uuid])".formatted(customer(1)))
            .replace("limit ?", "limit 20")
            .replace("(?, ?)", "(9, '~')")
            .replace("<= ?", "<= 9");
    List<String> plan = rows.all("explain (costs off) " + filled);
    assertThat(String.join("\n", plan))
        .contains("call_record_customer", "sales_order_pkey", "service_record_pkey", "record_correction_pkey");
    assertThat(plan.stream().filter(line -> line.contains("Seq Scan")))
        .allMatch(line -> line.contains("on app_user") || line.contains("on recording"));
  }
}
