package io.cordboard.store;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.agent;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static io.cordboard.store.People.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.CallRecord;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.NumberMatch;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.demo.DemoData;
import io.cordboard.testkit.HandClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcCardStoreTest {
  private static final String MOBILE = "+447700900001";
  private static final String HOME = "+442079460001";

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final People people = new People(rows);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcCardStore store = new JdbcCardStore(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  private NumberMatch only(String number) {
    List<NumberMatch> matches = store.byNumbers(List.of(number));
    assertThat(matches).hasSize(1);
    return matches.getFirst();
  }

  private void calls(CallRecord... records) {
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(1)))) {
      ledger.takeOver();
      Flushes flush = Flushes.after(0);
      List.of(records).forEach(flush::call);
      ledger.flush(flush.flush());
    }
  }

  private static CallRecord called(int number, String from, long at) {
    return Flushes.record(call(number), customer(1), from, "ANSWERED", at);
  }

  @Test
  void aNumberOfNobodyGivesNobody() {
    assertThat(store.byNumbers(List.of("+8613800138000"))).isEmpty();
    assertThat(store.byNumbers(List.of())).isEmpty();
    assertThat(store.byId(customer(1))).isEmpty();
  }

  @Test
  void aCustomerOfWhomNothingIsKnownHasAnEmptyCard() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE);
    NumberMatch match = only(MOBILE);
    assertThat(match)
        .isEqualTo(new NumberMatch(MOBILE, match.card(), "mobile", 1, null, null, null, null, 0));
    assertThat(match.card().orders()).isEmpty();
    assertThat(match.card().calls()).isEmpty();
    assertThat(match.card()).isEqualTo(store.byId(customer(1)).orElseThrow());
  }

  @Test
  void theCardTellsTheLatestOrdersAndOpenServiceFirst() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE).tag(1, "b").tag(1, "a");
    people.sensitive(1, "birth-date", "1980-01-02");
    for (int i = 1; i <= 4; i++) {
      people.order(1, "O" + i, AT + i * DAY);
      people.service(1, "closed" + i, AT + i * DAY, AT + 9 * DAY);
    }
    people.service(1, "old-open", AT - 90 * DAY, 0).service(1, "open", AT, 0);
    NumberMatch match = only(MOBILE);
    Card card = match.card();
    assertThat(card.name()).isEqualTo("Ann");
    assertThat(card.level()).isEqualTo(Card.ValueLevel.GOLD);
    assertThat(card.since()).isEqualTo("2020-02-03");
    assertThat(card.tags()).containsExactly("a", "b");
    assertThat(card.sensitive())
        .containsExactly(new Card.SensitiveField("birth-date", "1980-01-02"));
    assertThat(card.orders()).extracting(Card.Order::number).containsExactly("O4", "O3", "O2");
    assertThat(card.orders().getFirst().amountMinor()).isEqualTo(9_900);
    assertThat(card.service())
        .extracting(Card.ServiceRecord::number)
        .containsExactly("open", "old-open", "closed4", "closed3", "closed2");
    assertThat(match.openService()).isEqualTo(2);
    assertThat(match.lastOrderAt()).isEqualTo(Clock.instant(AT + 4 * DAY));
  }

  @Test
  void earlierCallsComeWithAgentNotesAndWhetherTheyWereRecorded() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE).user(1, "Li");
    calls(called(1, MOBILE, AT), called(2, HOME, AT + DAY));
    people.note(1, 1, "Line \"one\"\nline two").note(1, 2, "").note(2, 1, "later");
    rows.execute(
        "insert into recording (name, call_id, segment, switch_id, started_at, ended_at, state) values ('r', '%s', 1, 's', 0, 0, 'STORED'), ('l', '%s', 1, 's', 0, 0, 'LOST')"
            .formatted(call(1), call(2)));
    NumberMatch match = only(MOBILE);
    assertThat(match.card().calls())
        .containsExactly(
            past(2, AT + DAY, "later", false), past(1, AT, "Line \"one\"\nline two", true));
    assertThat(match.lastCallAt()).isEqualTo(Clock.instant(AT));
    assertThat(match.lastLine()).isEqualTo("4008001234");
  }

  private static Card.PastCall past(int number, long at, String notes, boolean recorded) {
    return new Card.PastCall(
        call(number).toString(), Clock.instant(at), "in", "ANSWERED", "Li", "solved", notes, 60_000,
        recorded);
  }

  @Test
  void onlyTheFiveLatestCallsAreShown() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE);
    List<CallRecord> records = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      records.add(called(i, MOBILE, AT + i));
    }
    calls(records.toArray(CallRecord[]::new));
    assertThat(only(MOBILE).card().calls())
        .extracting(Card.PastCall::callId)
        .containsExactly(
            call(8).toString(), call(7).toString(), call(6).toString(), call(5).toString(),
            call(4).toString());
  }

  @Test
  void severalNumbersAreReadTogetherAndASharedOneGivesAllItsOwners() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE).link(1, "home", HOME);
    people.customer(2, "Bob").link(2, "home", HOME).confirmed(2, HOME, AT + DAY);
    List<NumberMatch> matches = store.byNumbers(List.of(HOME, MOBILE, HOME, "+1"));
    assertThat(matches)
        .extracting(m -> m.number() + " " + m.card().name() + " " + m.owners())
        .containsExactlyInAnyOrder(HOME + " Bob 2", HOME + " Ann 2", MOBILE + " Ann 1");
    assertThat(matches.getFirst().card().name()).isEqualTo("Bob");
    assertThat(matches.getFirst().confirmedAt()).isEqualTo(Clock.instant(AT + DAY));
    assertThat(store.byId(customer(1)).orElseThrow().identities())
        .containsExactlyInAnyOrder(
            new Card.Identity("mobile", MOBILE, false), new Card.Identity("home", HOME, true));
  }

  @Test
  void atMostTwentyOwnersOfANumberAreReadAndAllAreCounted() {
    for (int i = 1; i <= 25; i++) {
      people.customer(i, "P" + i).link(i, "work", HOME);
    }
    assertThat(store.byNumbers(List.of(HOME)))
        .hasSize(20)
        .allSatisfy(m -> assertThat(m.owners()).isEqualTo(25));
  }

  @Test
  void aLinkThatIsClosedPointsToNobody() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE);
    rows.execute("update identity set until = 1");
    assertThat(store.byNumbers(List.of(MOBILE))).isEmpty();
  }

  @Test
  void aMergedCustomerResolvesToTheSurvivorWithTheFactsOfBoth() {
    people.customer(1, "Ann").link(1, "mobile", MOBILE).link(1, "home", HOME);
    people.customer(2, "Anne").link(2, "home", HOME).tag(1, "x").tag(2, "x").tag(2, "y");
    people.order(1, "A", AT).order(2, "B", AT + DAY).service(2, "S", AT, 0);
    people.sensitive(1, "birth-date", "1980").sensitive(2, "birth-date", "1890");
    calls(called(1, MOBILE, AT), Flushes.record(call(2), customer(2), HOME, "MISSED", AT + 5));
    people.merge(1, 2);
    NumberMatch match = only(HOME);
    Card card = match.card();
    assertThat(card.id()).isEqualTo(customer(1));
    assertThat(match.owners()).isEqualTo(1);
    assertThat(card.tags()).containsExactly("x", "y");
    assertThat(card.orders()).extracting(Card.Order::number).containsExactly("B", "A");
    assertThat(card.service()).hasSize(1);
    assertThat(card.calls())
        .extracting(Card.PastCall::callId)
        .containsExactly(call(2).toString(), call(1).toString());
    assertThat(card.identities()).hasSize(2).noneMatch(Card.Identity::shared);
    assertThat(card.sensitive()).containsExactly(new Card.SensitiveField("birth-date", "1980"));
    assertThat(store.byId(customer(2))).contains(card);
    assertThat(store.byId(customer(1))).contains(card);
  }

  @Test
  void everyBranchOfTheStatementsReadsByAnIndex() {
    new DemoData(pool, new HandClock())
        .load(new DemoData.Plan(1, 20_000, List.of(agent(1)), false), made -> {});
    rows.execute("analyze");
    for (String sql : List.of(CardText.BY_NUMBERS, CardText.BY_ID, CardText.MERGED_BY_ID)) {
      String filled =
          sql.replace("?::text[]", "array['" + MOBILE + "']")
              .replace("?", "'" + customer(1) + "'");
      List<String> plan = rows.all("explain (costs off) " + filled);
      assertThat(plan.stream().filter(line -> line.contains("Seq Scan")))
          .as(sql)
          .allMatch(line -> line.contains("on app_user") || line.contains("on recording"));
      assertThat(plan).anyMatch(line -> line.contains("service_record_card"));
    }
  }

  @Test
  void aDatabaseThatIsAwayIsUnreachable() {
    pool.close();
    assertThatThrownBy(() -> store.byNumbers(List.of(MOBILE)))
        .isInstanceOf(Fault.Unreachable.class);
  }
}
