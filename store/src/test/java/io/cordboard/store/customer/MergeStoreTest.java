package io.cordboard.store.customer;

import static io.cordboard.store.Flushes.AT;
import static io.cordboard.store.Flushes.call;
import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.identity.IdentityLedger.Claim;
import io.cordboard.core.identity.IdentityLink;
import io.cordboard.core.identity.MergeLedger;
import io.cordboard.core.identity.MergeLink;
import io.cordboard.core.identity.MergeStore.Ended;
import io.cordboard.core.identity.MergeStore.WrittenFact;
import io.cordboard.core.identity.Stamp;
import io.cordboard.core.profile.CustomerEditor.Author;
import io.cordboard.core.profile.CustomerEditor.Changes;
import io.cordboard.core.profile.CustomerEditor.Consent;
import io.cordboard.core.trust.Incidents.Which;
import io.cordboard.kernel.CustomerId;
import io.cordboard.kernel.Fault;
import io.cordboard.kernel.Ids;
import io.cordboard.store.Database;
import io.cordboard.store.Flushes;
import io.cordboard.store.JdbcCardStore;
import io.cordboard.store.JdbcLedgerStore;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import io.cordboard.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class MergeStoreTest {
  private static final int CUSTOMERS = 8;
  private static final CustomerId A = customer(1);
  private static final CustomerId B = customer(2);
  private static final CustomerId C = customer(3);

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 6);
  private final JdbcMergeStore merges = new JdbcMergeStore(pool);
  private final JdbcIdentityStore identities = new JdbcIdentityStore(pool);
  private final JdbcCustomerEditor editor = new JdbcCustomerEditor(pool);
  private long now = AT + 1_000_000;

  @BeforeEach
  void people() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= CUSTOMERS; i++) {
      all.add(
          """
          insert into customer (id, kind, name, language, level, since)
          values ('%1$s', 'PERSON', 'Person %2$d', 'en', 'GOLD', '2020-02-03');
          insert into identity (id, customer_id, kind, value, since, linked_by, confirmed_at, confirmed_by)
          values (gen_random_uuid(), '%1$s', 'mobile', '%3$s', %5$d, 'import', %6$d,
              case when %6$d > 0 then 'import' end),
            (gen_random_uuid(), '%1$s', 'home', '%4$s', %5$d, 'import', 0, null);
          insert into tag values ('%1$s', 'tag%7$d', 0, 'import');
          insert into consent values ('%1$s', 'recording', %5$d, %8$s, 'v1', 'import')
          """
              .formatted(
                  customer(i), i, mobile(i), home(i), AT + i, i % 3 == 0 ? AT + 500 : 0, i % 3,
                  i % 2 == 0));
    }
    rows.execute(String.join(";", all));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private static String mobile(int customer) {
    return "+4477009000" + (10 + customer);
  }

  // shared by two each
  private static String home(int customer) {
    return "+4420794600" + (10 + customer / 2);
  }

  private Stamp stamp() {
    return new Stamp(now++, "user:test");
  }

  private MergeLink merge(CustomerId loser, CustomerId survivor) {
    return merges.merge(
        loser, survivor,
        ledger -> ledger.merge(UUID.randomUUID(), loser, survivor, stamp(), "same person"));
  }

  private Ended undo(MergeLink link, Map<UUID, CustomerId> choices) {
    Stamp stamp = stamp();
    return merges.undo(
        link.id(), (ledger, facts) -> ledger.undo(link.id(), stamp, facts), choices, stamp);
  }

  private Map<UUID, CustomerId> staying(MergeLink link) {
    Map<UUID, CustomerId> choices = new HashMap<>();
    merges.since(link.id()).orElseThrow().facts().forEach(f -> choices.put(f.id(), f.file()));
    return choices;
  }

  private void missed(int number, CustomerId customer) {
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(number)))) {
      ledger.takeOver();
      ledger.flush(
          Flushes.after(0)
              .call(Flushes.record(call(number), customer, mobile(1), "MISSED", now))
              .missed(call(number), customer.toString(), mobile(1), now)
              .flush());
      now += 1_000;
    }
  }

  /** All that follows from the links, and the fields: not the history, not the version. */
  private List<String> state() {
    List<String> state = new ArrayList<>();
    for (String sql :
        List.of(
            "select id, kind, name, language, level, merged_into, absorbed from customer order by id",
            "select customer_id, kind, value, since, linked_by, confirmed_at, confirmed_by from identity where until = 0 order by 1, 3",
            "select customer_id, name from tag order by 1, 2",
            "select customer_id, name, value from sensitive_field order by 1, 2",
            "select customer_id, kind, at, granted from consent order by 1, 2, 3",
            "select party, queue, attempts, merged_party, closed_at from task order by 1, 2",
            "select call_id, customer_id from call_record order by 1")) {
      state.addAll(rows.all(sql));
    }
    return state;
  }

  @Test
  void theLoserIsFoundUnderTheSurvivorAndAloneAgainAfterTheUndo() {
    List<String> before = state();
    MergeLink link = merge(A, B);
    JdbcCardStore cards = new JdbcCardStore(pool);
    assertThat(cards.byId(A).orElseThrow().id()).isEqualTo(B);
    assertThat(cards.byId(A).orElseThrow().tags()).containsExactly("tag1", "tag2");
    assertThat(cards.byNumbers(List.of(mobile(1))).getFirst().card().id()).isEqualTo(B);
    assertThat(state()).isNotEqualTo(before);
    Ended ended = undo(link, Map.of());
    assertThat(ended.unmerge().loser()).containsExactly(A);
    assertThat(ended.moved()).isZero();
    assertThat(state()).isEqualTo(before);
    assertThat(merges.linksOf(A)).singleElement().matches(one -> !one.isOpen());
  }

  @Test
  void aCircleIsRefusedAndAMergeIsUndoneOnce() {
    MergeLink first = merge(A, B);
    merge(B, C);
    assertThatThrownBy(() -> merge(C, A)).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> merge(A, A)).isInstanceOf(Fault.Refused.class);
    undo(first, Map.of());
    assertThatThrownBy(() -> undo(first, Map.of())).isInstanceOf(Fault.Refused.class);
    assertThatThrownBy(() -> merge(A, customer(99))).isInstanceOf(Fault.NotFound.class);
    assertThat(rows.one("select merged_into from customer where id = '%s'".formatted(B)))
        .isEqualTo(C.toString());
  }

  @Test
  void consentsAttemptsAndDoNotCallAreThoseOfAllAndApartAgainAfterTheUndo() {
    missed(1, A);
    missed(2, A);
    missed(3, B);
    editor.consent(A, new Consent("calls", false, "v1"), new Author(now++, "user:test"));
    MergeLink link = merge(A, B);
    var both = editor.standing(B).orElseThrow();
    assertThat(both.attempts()).isEqualTo(3);
    assertThat(both.decisions()).hasSize(3).anyMatch(d -> d.kind().equals("calls") && !d.granted());
    assertThat(editor.standing(A)).contains(both);
    undo(link, staying(link));
    assertThat(editor.standing(A).orElseThrow().attempts()).isEqualTo(2);
    assertThat(editor.standing(B).orElseThrow().attempts()).isEqualTo(1);
    assertThat(editor.standing(B).orElseThrow().decisions()).hasSize(1);
  }

  @Test
  void whoeverIsServedAfterAMergeOwesNoTaskOfTheOtherEntry() {
    missed(1, A);
    missed(2, B);
    merge(A, B);
    try (JdbcLedgerStore ledger =
        new JdbcLedgerStore(database, 0, new Ids(new HandClock(), new Random(9)))) {
      ledger.takeOver();
      ledger.flush(Flushes.after(0).served(call(9), B.toString(), mobile(2), now).flush());
    }
    assertThat(rows.count("task where closed_at = 0")).isZero();
    assertThat(rows.count("task")).isEqualTo(2);
  }

  @Test
  void factsWrittenSinceAreListedAndGoWhereTheyAreChosenToWhichIsAnIncident() {
    MergeLink link = merge(A, B);
    missed(1, B);
    editor.consent(B, new Consent("survey", true, "v1"), new Author(now++, "user:test"));
    editor.change(B, version(B), name("Anna"), new Author(now++, "user:test"));
    say(B, "+447700900999", IdentityLink.Source.ENTERED);
    List<WrittenFact> facts = merges.since(link.id()).orElseThrow().facts();
    assertThat(facts)
        .extracting(WrittenFact::kind)
        .containsExactlyInAnyOrder("CALL", "CONSENT", "CHANGE", "IDENTITY");
    assertThatThrownBy(() -> undo(link, Map.of()))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("4 facts");
    Map<UUID, CustomerId> elsewhere = new HashMap<>();
    facts.forEach(fact -> elsewhere.put(fact.id(), C));
    assertThatThrownBy(() -> undo(link, elsewhere)).isInstanceOf(Fault.BadRequest.class);
    Map<UUID, CustomerId> choices = new HashMap<>();
    facts.forEach(fact -> choices.put(fact.id(), A));
    assertThat(undo(link, choices).moved()).isEqualTo(4);
    assertThat(rows.one("select customer_id from call_record")).isEqualTo(A.toString());
    assertThat(rows.one("select customer_id from consent where kind = 'survey'"))
        .isEqualTo(A.toString());
    assertThat(rows.all("select name from customer where id in ('%s', '%s') order by id".formatted(A, B)))
        .containsExactly("Anna", "Person 2");
    assertThat(rows.one("select customer_id from identity where value = '+447700900999' and until = 0"))
        .isEqualTo(A.toString());
    JdbcIncidents incidents = new JdbcIncidents(pool);
    assertThat(incidents.list(Which.OPEN, null, 10))
        .allSatisfy(one -> assertThat(incidents.byId(one.id())).contains(one));
    assertThat(incidents.byId(new UUID(9, 9))).isEmpty();
    assertThat(new JdbcIncidents(pool).list(Which.OPEN, null, 10))
        .hasSize(4)
        .allMatch(i -> i.kind().equals("merge-undone") && i.wrong().equals(B) && i.right().equals(A));
  }

  @Test
  void factsThatAreChosenToStayStayAndAreNoIncident() {
    MergeLink link = merge(A, B);
    missed(1, B);
    assertThat(undo(link, staying(link)).moved()).isZero();
    assertThat(rows.count("privacy_incident")).isZero();
    assertThat(rows.one("select customer_id from call_record")).isEqualTo(B.toString());
  }

  @Test
  void aNumberTakenFromTheMergedCustomerIsTheirsAgainAfterTheUndo() {
    MergeLink link = merge(A, B);
    identities.say(
        B, mobile(1),
        ledger -> Optional.of(ledger.correct(UUID.randomUUID(), B, mobile(1), stamp())));
    assertThat(new JdbcCardStore(pool).byNumbers(List.of(mobile(1)))).isEmpty();
    undo(link, staying(link));
    assertThat(new JdbcCardStore(pool).byNumbers(List.of(mobile(1))).getFirst().card().id())
        .isEqualTo(A);
  }

  @Test
  void undoingTheLastMergeRestoresExactlyTheStateBeforeAfterAnyHistory() {
    Seeded.forAll(
        12,
        random -> {
          for (int step = 0; step < 12; step++) {
            step(random);
          }
          CustomerId loser = any(random);
          CustomerId survivor = any(random);
          List<String> before = state();
          MergeLink link = mergeIfTwo(loser, survivor);
          if (link != null) {
            undo(link, Map.of());
            assertThat(state()).isEqualTo(before);
          }
          consistent();
        });
  }

  private void step(Seeded random) {
    CustomerId one = any(random);
    switch (random.nextInt(6)) {
      case 0, 1 -> mergeIfTwo(one, any(random));
      case 2 -> undoOne(random, one);
      case 3 -> editor.change(one, version(one), name("N" + random.nextInt(9)), author());
      case 4 -> say(one, random.chance(0.5) ? mobile(random.between(1, 8)) : home(random.between(1, 8)),
          random.pick(IdentityLink.Source.ENTERED, IdentityLink.Source.CONFIRMED));
      default -> takeAway(one, mobile(random.between(1, 8)));
    }
  }

  private @Nullable MergeLink mergeIfTwo(CustomerId loser, CustomerId survivor) {
    try {
      return merge(loser, survivor);
    } catch (Fault.Refused one) {
      return null;
    }
  }

  /** Whatever was written since goes to one of the two at random. */
  private void undoOne(Seeded random, CustomerId one) {
    List<MergeLink> open = merges.linksOf(one).stream().filter(MergeLink::isOpen).toList();
    if (open.isEmpty()) {
      return;
    }
    MergeLink link = random.pick(open);
    Map<UUID, CustomerId> choices = new HashMap<>();
    for (WrittenFact fact : merges.since(link.id()).orElseThrow().facts()) {
      choices.put(fact.id(), random.chance(0.5) ? link.loser() : link.survivor());
    }
    undo(link, choices);
  }

  private void takeAway(CustomerId customer, String value) {
    try {
      identities.say(
          customer, value,
          ledger -> Optional.of(ledger.correct(UUID.randomUUID(), customer, value, stamp())));
    } catch (Fault.Refused notTheirs) {
      assertThat(notTheirs).hasMessageContaining("does not point");
    }
  }

  private void say(CustomerId customer, String value, IdentityLink.Source source) {
    Claim claim = new Claim(IdentityKind.MOBILE, value);
    identities.say(
        customer, value,
        ledger -> ledger.link(UUID.randomUUID(), customer, claim, source, stamp()));
  }

  /** What the rows say is what follows from the links alone. */
  private void consistent() {
    MergeLedger ledger = new MergeLedger(all());
    for (int i = 1; i <= CUSTOMERS; i++) {
      CustomerId one = customer(i);
      String into = rows.one("select merged_into from customer where id = '%s'".formatted(one));
      CustomerId survivor = ledger.resolve(one);
      assertThat(into).isEqualTo(survivor.equals(one) ? "null" : survivor.toString());
      TreeSet<CustomerId> others = new TreeSet<>(ledger.membersOf(one));
      others.remove(one);
      String absorbed = rows.one("select absorbed from customer where id = '%s'".formatted(one));
      assertThat(absorbed)
          .isEqualTo(
              survivor.equals(one) && !others.isEmpty()
                  ? others.toString().replace("[", "{").replace("]", "}").replace(" ", "")
                  : "null");
    }
  }

  private List<MergeLink> all() {
    Map<UUID, MergeLink> all = new HashMap<>();
    for (int i = 1; i <= CUSTOMERS; i++) {
      merges.linksOf(customer(i)).forEach(link -> all.put(link.id(), link));
    }
    return List.copyOf(all.values());
  }

  @Test
  void manyWhoMergeAndUndoAtOnceLeaveNoCircleAndNobodyLost() throws Exception {
    int workers = 4;
    CyclicBarrier start = new CyclicBarrier(workers);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      Seeded random = new Seeded(41 + w);
      long base = now + w * 1_000_000L;
      work.add(
          () -> {
            start.await();
            return meddle(random, base);
          });
    }
    int done = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      for (Future<Integer> future : threads.invokeAll(work)) {
        done += future.get();
      }
    }
    assertThat(done).isPositive();
    List<MergeLink> links = all();
    MergeLedger ledger = new MergeLedger(links);
    assertThat(links).isNotEmpty();
    for (int i = 1; i <= CUSTOMERS; i++) {
      assertThat(ledger.membersOf(customer(i))).contains(customer(i));
    }
    for (int i = 1; i <= CUSTOMERS; i++) {
      String into =
          rows.one("select merged_into from customer where id = '%s'".formatted(customer(i)));
      CustomerId survivor = ledger.resolve(customer(i));
      assertThat(into).isEqualTo(survivor.equals(customer(i)) ? "null" : survivor.toString());
    }
  }

  private int meddle(Seeded random, long base) {
    int done = 0;
    for (int i = 0; i < 25; i++) {
      Stamp stamp = new Stamp(base + i, "user:test");
      CustomerId one = any(random);
      CustomerId other = any(random);
      try {
        List<MergeLink> open = merges.linksOf(one).stream().filter(MergeLink::isOpen).toList();
        if (!open.isEmpty() && random.chance(0.4)) {
          UUID link = random.pick(open).id();
          merges.undo(link, (ledger, facts) -> ledger.undo(link, stamp, facts), Map.of(), stamp);
        } else {
          merges.merge(
              one, other, ledger -> ledger.merge(UUID.randomUUID(), one, other, stamp, ""));
        }
        done++;
      } catch (Fault.Refused | Fault.Busy somebodyWasFaster) {
        assertThat(somebodyWasFaster).hasMessageNotContaining("circle");
      }
    }
    return done;
  }

  @Test
  void auditEntriesNeverMove() {
    String audit = "select count(*), coalesce(max(subject), '') from audit_entry where subject = 'customer:%s'";
    String before = rows.one(audit.formatted(A));
    undo(merge(A, B), Map.of());
    assertThat(rows.one(audit.formatted(A))).isEqualTo(before);
  }

  private static CustomerId any(Seeded random) {
    return customer(1 + random.nextInt(CUSTOMERS));
  }

  private Author author() {
    return new Author(now++, "user:test");
  }

  private long version(CustomerId customer) {
    return Long.parseLong(
        rows.one(
            "select s.version from customer c join customer s on s.id = coalesce(c.merged_into, c.id) where c.id = '%s'"
                .formatted(customer)));
  }

  private static Changes name(String name) {
    return new Changes(null, name, null, null, null, Map.of());
  }
}
