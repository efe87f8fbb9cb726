package io.cordboard.store.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.work.DeadLetters.DeadLetter;
import io.cordboard.core.work.DeadLetters.Failure;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkItem;
import io.cordboard.core.work.WorkStore.Settled;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcWorkStoreTest {
  private static final Set<String> KINDS = Set.of("note", "other");
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Database database = PostgresForTests.migrated();
  private final HikariDataSource pool = database.pool("work", 8);
  private final Rows rows = new Rows(database);
  private final HandClock clock = new HandClock();
  private final JdbcWorkStore store = new JdbcWorkStore(pool, clock);
  private final AtomicInteger woken = new AtomicInteger();
  private final JdbcDeadLetters dead = new JdbcDeadLetters(pool, clock, woken::incrementAndGet);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void workIsTakenOnceAndGoneWhenDone() {
    assertThat(store.add(List.of(work("a", "1")))).isEqualTo(1);
    WorkItem item = claim(10).getFirst();
    assertThat(item.payload()).isEqualTo("payload of 1");
    assertThat(item.attempt()).isEqualTo(1);
    assertThat(item.inDoubt()).isFalse();
    assertThat(claim(10)).isEmpty();
    settle(new Settled.Done(item));
    assertThat(claim(10)).isEmpty();
    assertThat(rows.count("work_lane")).isZero();
    assertThat(rows.one("select state, payload from work_item")).isEqualTo("DONE|");
  }

  @Test
  void theSameWorkIsKeptOnceEvenAfterItWasDone() {
    assertThat(store.add(List.of(work("a", "1"), work("a", "1")))).isEqualTo(1);
    assertThat(store.add(List.of(work("b", "1")))).isZero();
    settle(new Settled.Done(claim(1).getFirst()));
    assertThat(store.add(List.of(work("a", "1")))).isZero();
    assertThat(claim(10)).isEmpty();
    assertThat(rows.count("work_lane")).isZero();
  }

  @Test
  void theSameKeyOfAnotherKindIsOtherWork() {
    store.add(List.of(work("a", "1"), new NewWork("other", "a", "1", "", 0)));
    assertThat(claim(10)).hasSize(2);
  }

  @Test
  void aKeyIsDoneInOrderAndOneAtATime() {
    store.add(List.of(work("a", "1"), work("b", "2"), work("a", "3")));
    List<WorkItem> first = claim(10);
    assertThat(first).extracting(WorkItem::idempotencyKey).containsExactlyInAnyOrder("1", "2");
    store.add(List.of(work("a", "4")));
    assertThat(claim(10)).isEmpty();
    first.forEach(item -> settle(new Settled.Done(item)));
    assertThat(claim(10)).extracting(WorkItem::idempotencyKey).containsExactly("3");
  }

  @Test
  void whatIsNotDueYetIsLeftAlone() {
    store.add(List.of(new NewWork("note", "a", "1", "", clock.micros() + 1)));
    assertThat(claim(10)).isEmpty();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(claim(10)).hasSize(1);
  }

  @Test
  void otherKindsAreLeftAlone() {
    store.add(List.of(new NewWork("unknown", "a", "1", "", 0)));
    assertThat(claim(10)).isEmpty();
  }

  @Test
  void deadLettersAreListedAndCountedByTheirKind() {
    store.add(List.of(work("a", "1"), work("b", "2"), new NewWork("other", "a", "3", "", 0)));
    long first = clock.micros();
    for (WorkItem item : claim(10)) {
      settle(new Settled.Dead(item, false, "refused"));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(dead.list(0, 10)).hasSize(3);
    assertThat(dead.list(Set.of("note"), 0, 10)).extracting(DeadLetter::kind).containsExactly("note", "note");
    long behind = dead.list(Set.of("note"), 0, 1).getFirst().id();
    assertThat(dead.list(Set.of("note"), behind, 10)).hasSize(1);
    assertThat(dead.list(Set.of("nothing"), 0, 10)).isEmpty();
    assertThat(dead.counts()).containsOnlyKeys("note", "other");
    assertThat(dead.counts().get("note").count()).isEqualTo(2);
    assertThat(dead.counts().values().stream().mapToLong(one -> one.oldestAt()).min()).hasValue(first);
  }

  @Test
  void aDeadRunnersItemComesBackInDoubtWithAHigherToken() {
    store.add(List.of(work("a", "1")));
    WorkItem lost = claim(1).getFirst();
    clock.advance(LEASE);
    WorkItem again = claim(1).getFirst();
    assertThat(again.id()).isEqualTo(lost.id());
    assertThat(again.inDoubt()).isTrue();
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.token()).isGreaterThan(lost.token());
  }

  @Test
  void whoLostTheLeaseCannotSettleNorExtend() {
    store.add(List.of(work("a", "1")));
    WorkItem lost = claim(1).getFirst();
    clock.advance(LEASE);
    WorkItem again = claim(1).getFirst();
    assertThat(settle(new Settled.Dead(lost, false, "late"))).containsExactly(lost.token());
    assertThat(store.renew(List.of(lost), leaseEnd())).containsExactly(lost.token());
    assertThat(settle(new Settled.Done(again))).isEmpty();
    assertThat(rows.one("select state from work_item")).isEqualTo("DONE");
  }

  @Test
  void anExtendedLeaseHolds() {
    store.add(List.of(work("a", "1")));
    WorkItem item = claim(1).getFirst();
    clock.advance(LEASE.minusSeconds(1));
    assertThat(store.renew(List.of(item), leaseEnd())).isEmpty();
    clock.advance(LEASE.minusSeconds(1));
    assertThat(claim(1)).isEmpty();
    assertThat(settle(new Settled.Done(item))).isEmpty();
  }

  @Test
  void settlingTwiceIsHarmless() {
    store.add(List.of(work("a", "1"), work("a", "2")));
    WorkItem item = claim(1).getFirst();
    settle(new Settled.Done(item));
    assertThat(settle(new Settled.Done(item))).containsExactly(item.token());
    assertThat(claim(1)).extracting(WorkItem::idempotencyKey).containsExactly("2");
  }

  @Test
  void aFailedItemComesBackWhenItIsDueAndBlocksOnlyItsKey() {
    store.add(List.of(work("a", "1"), work("a", "2"), work("b", "3")));
    WorkItem failed = claim(1).getFirst();
    settle(
        new Settled.Again(
            failed, clock.micros() + Duration.ofSeconds(5).toNanos() / 1000, false, "away"));
    assertThat(claim(10)).extracting(WorkItem::idempotencyKey).containsExactly("3");
    clock.advance(Duration.ofSeconds(5));
    WorkItem again = claim(10).getFirst();
    assertThat(again.idempotencyKey()).isEqualTo("1");
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.inDoubt()).isFalse();
  }

  @Test
  void newWorkDoesNotShortenTheWaitOfAFailedItem() {
    store.add(List.of(work("a", "1")));
    settle(new Settled.Again(claim(1).getFirst(), clock.micros() + 1_000_000, false, "away"));
    store.add(List.of(work("a", "2")));
    assertThat(claim(10)).isEmpty();
  }

  @Test
  void anItemThatWasNotBegunCountsNoAttempt() {
    store.add(List.of(work("a", "1")));
    settle(new Settled.Untouched(claim(1).getFirst()));
    WorkItem again = claim(1).getFirst();
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.inDoubt()).isFalse();
  }

  @Test
  void aDeadLetterIsVisibleAndHoldsUpItsKeyOnly() {
    store.add(List.of(work("a", "1"), work("a", "2"), work("a", "3"), work("b", "4")));
    settle(new Settled.Dead(claim(1).getFirst(), false, "BadRequest: no such field\0"));
    assertThat(dead.count()).isEqualTo(1);
    DeadLetter letter = dead.list(0, 10).getFirst();
    assertThat(letter.key()).isEqualTo("a");
    assertThat(letter.behind()).isEqualTo(2);
    assertThat(letter.reason()).isEqualTo("BadRequest: no such field·");
    assertThat(dead.list(letter.id(), 10)).isEmpty();
    assertThat(claim(10)).extracting(WorkItem::idempotencyKey).containsExactly("4");
  }

  @Test
  void aDeadLetterTellsWhatCameOfItsLastAttemptsAndNothingOfSomebodys() {
    store.add(List.of(work("a", "1")));
    for (int attempt = 1; attempt <= 24; attempt++) {
      settle(new Settled.Again(claim(1).getFirst(), clock.micros(), attempt == 24, "Busy: " + attempt));
      clock.advance(Duration.ofSeconds(1));
    }
    settle(new Settled.Dead(claim(1).getFirst(), true, "Refused: no"));
    DeadLetter letter = dead.list(0, 10).getFirst();
    assertThat(letter.payload()).isEqualTo("••• ••• •••");
    assertThat(letter.inDoubt()).isTrue();
    assertThat(letter.attempts()).isEqualTo(25);
    assertThat(letter.history()).hasSize(20);
    assertThat(letter.history()).first().extracting(Failure::attempt, Failure::reason).containsExactly(6, "Busy: 6");
    assertThat(letter.history()).last().extracting(Failure::attempt, Failure::reason).containsExactly(25, "Refused: no");
    dead.retry(letter.id());
    settle(new Settled.Done(claim(1).getFirst()));
    clock.advance(Duration.ofDays(9));
    store.purge(clock.micros());
    assertThat(rows.count("work_attempt")).isZero();
  }

  @Test
  void workThatIsAddedBehindADeadLetterWaitsToo() {
    store.add(List.of(work("a", "1")));
    settle(new Settled.Dead(claim(1).getFirst(), false, "no"));
    store.add(List.of(work("a", "2")));
    clock.advance(Duration.ofDays(1));
    assertThat(claim(10)).isEmpty();
  }

  @Test
  void aRetriedDeadLetterIsDoneFirstAndLookedUpWhenInDoubt() {
    store.add(List.of(work("a", "1"), work("a", "2")));
    settle(new Settled.Dead(claim(1).getFirst(), true, "unknown"));
    dead.retry(dead.list(0, 1).getFirst().id());
    assertThat(woken).hasValue(1);
    WorkItem again = claim(10).getFirst();
    assertThat(again.idempotencyKey()).isEqualTo("1");
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.inDoubt()).isTrue();
    assertThat(dead.count()).isZero();
  }

  @Test
  void aDismissedDeadLetterFreesItsKey() {
    store.add(List.of(work("a", "1"), work("a", "2")));
    settle(new Settled.Dead(claim(1).getFirst(), false, "no"));
    long id = dead.list(0, 1).getFirst().id();
    dead.dismiss(id);
    assertThat(claim(10)).extracting(WorkItem::idempotencyKey).containsExactly("2");
    assertThatThrownBy(() -> dead.dismiss(id)).isInstanceOf(Fault.NotFound.class);
    assertThatThrownBy(() -> dead.retry(id)).isInstanceOf(Fault.NotFound.class);
    assertThatThrownBy(() -> dead.retry(4711)).isInstanceOf(Fault.NotFound.class);
  }

  @Test
  void finishedWorkIsPurgedAndOpenWorkIsNot() {
    store.add(List.of(work("a", "1"), work("b", "2"), work("c", "3")));
    List<WorkItem> items = claim(2);
    settle(new Settled.Done(items.get(0)));
    settle(new Settled.Dead(items.get(1), false, "no"));
    clock.advance(Duration.ofDays(1));
    assertThat(store.purge(clock.micros())).isEqualTo(1);
    assertThat(rows.count("work_item")).isEqualTo(2);
  }

  @Test
  void aLaneWithoutItemsDisappears() {
    rows.execute("insert into work_lane (kind, key, due_at) values ('note', 'ghost', 0)");
    store.add(List.of(work("a", "1")));
    assertThat(claim(10)).hasSize(1);
    assertThat(rows.all("select key from work_lane")).containsExactly("a");
  }

  @Test
  void manyAddersOfTheSameKeysLoseNothingAndKeepTheirOrder() throws InterruptedException {
    int adders = 6;
    int each = 100;
    CountDownLatch done = new CountDownLatch(adders);
    try (ExecutorService threads = Executors.newFixedThreadPool(adders + 1)) {
      for (int t = 0; t < adders; t++) {
        int adder = t;
        threads.execute(
            () -> {
              for (int i = 0; i < each; i++) {
                // two keys an add, in either order: they must not wait for each other
                String first = adder % 2 == 0 ? "x" : "y";
                String second = adder % 2 == 0 ? "y" : "x";
                String name = "%d-%04d".formatted(adder, i);
                store.add(List.of(work(first, "f" + name), work(second, "s" + name)));
              }
              done.countDown();
            });
      }
      threads.execute(() -> settleUntil(done, adders * each * 2));
    }
    assertThat(rows.one("select count(*) from work_item where state = 'DONE'"))
        .isEqualTo(String.valueOf(adders * each * 2));
    assertThat(rows.count("work_lane")).isZero();
    assertThat(rows.all(outOfOrder())).isEmpty();
  }

  private void settleUntil(CountDownLatch added, int all) {
    int settled = 0;
    while (settled < all) {
      boolean allThere = added.getCount() == 0;
      List<WorkItem> items = claim(10);
      items.forEach(item -> settle(new Settled.Done(item)));
      settled += items.size();
      assertThat(items.isEmpty() && allThere && settled < all)
          .as("stuck after %d of %d", settled, all)
          .isFalse();
    }
  }

  // each adder's own items of a key have rising numbers
  private static String outOfOrder() {
    return """
    select * from (
      select key, idempotency, lag(idempotency) over (
          partition by key, left(idempotency, 2) order by id) as before from work_item) o
      where before > idempotency
    """;
  }

  private NewWork work(String key, String name) {
    return new NewWork("note", key, name, "payload of " + name, clock.micros());
  }

  private List<WorkItem> claim(int most) {
    return store.claim(KINDS, most, clock.micros(), leaseEnd());
  }

  private Set<Long> settle(Settled settled) {
    return store.settle(List.of(settled), clock.micros());
  }

  private long leaseEnd() {
    return clock.micros() + LEASE.toNanos() / 1000;
  }
}
