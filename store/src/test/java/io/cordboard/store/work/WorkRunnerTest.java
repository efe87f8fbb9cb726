package io.cordboard.store.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.core.work.WorkRunner;
import io.cordboard.core.work.WorkSource;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkRunnerTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Database database = PostgresForTests.migrated();
  private final HikariDataSource pool = database.pool("runner", 4);
  private final Rows rows = new Rows(database);
  private final HandClock clock = new HandClock();
  private final Script handler = new Script();
  private final ConcurrentLinkedQueue<NewWork> source = new ConcurrentLinkedQueue<>();
  private WorkRunner runner = runner();

  @AfterEach
  void close() {
    handler.open.countDown();
    runner.close();
    pool.close();
  }

  @Test
  void addedWorkIsDone() {
    runner.start();
    runner.add(List.of(work("a", "1")));
    Await.until("done", () -> runner.figures().done() == 1);
    assertThat(handler.done).containsExactly("1");
  }

  @Test
  void workThatWasThereBeforeTheStartIsDone() {
    new JdbcWorkStore(pool, clock).add(List.of(work("a", "1")));
    runner.start();
    Await.until("done", () -> runner.figures().done() == 1);
  }

  @Test
  void aSourceIsAskedAfterAWakeUp() {
    runner.start();
    source.add(work("a", "1"));
    source.add(work("b", "2"));
    runner.wake();
    Await.until("done", () -> runner.figures().done() == 2);
  }

  @Test
  void aFailedItemIsDoneWhenItsTimeHasCome() {
    handler.faults.put("1", i -> throwIf(i.attempt() < 3, new Fault.Unreachable("away", null)));
    runner.start();
    runner.add(List.of(work("a", "1"), work("b", "2")));
    Await.until("first failure", () -> runner.figures().again() == 1);
    clock.advance(Duration.ofSeconds(5));
    runner.wake();
    Await.until("second failure", () -> runner.figures().again() == 2);
    clock.advance(Duration.ofMinutes(5));
    runner.wake();
    Await.until("done", () -> runner.figures().done() == 2);
  }

  @Test
  void aPoisonedItemBecomesADeadLetterAndHoldsUpItsKeyOnly() {
    handler.faults.put("1", i -> throwIf(true, new Fault.BadRequest("no such field")));
    runner.start();
    runner.add(List.of(work("a", "1"), work("a", "2"), work("b", "3"), work("b", "4")));
    Await.until("dead", () -> runner.figures().dead() == 1);
    Await.until("the others", () -> runner.figures().done() == 2);
    assertThat(handler.done).containsExactly("3", "4");
    assertThat(handler.gaveUp).containsExactly("1");
    handler.faults.remove("1");
    JdbcDeadLetters dead = new JdbcDeadLetters(pool, clock, runner::wake);
    dead.retry(dead.list(0, 1).getFirst().id());
    Await.until("all", () -> runner.figures().done() == 4);
    assertThat(handler.done).containsExactly("3", "4", "1", "2");
  }

  @Test
  void manyWakeUpsCostOneLook() {
    runner.start();
    runner.add(List.of(work("a", "1")));
    Await.until("done", () -> runner.figures().done() == 1);
    for (int i = 0; i < 100_000; i++) {
      runner.wake();
    }
    assertThat(handler.asked.get()).isLessThan(10_000);
  }

  @Test
  void closingGivesBackWhatWasNotBegunAndWaitsForTheRest() {
    handler.blocking = true;
    runner.start();
    runner.add(List.of(work("a", "1"), work("b", "2"), work("c", "3"), work("d", "4")));
    Await.until("two in work", () -> handler.entered.get() == 2);
    Thread closing = Thread.ofPlatform().start(runner::close);
    Await.until("closing waits", () -> closing.getState() == Thread.State.TIMED_WAITING);
    handler.open.countDown();
    Await.until("closed", () -> !closing.isAlive());
    assertThat(rows.all("select state, attempt, in_doubt from work_item order by state, id"))
        .containsExactly("DONE|1|f", "DONE|1|f", "OPEN|0|f", "OPEN|0|f");
    assertThat(rows.all("select token from work_lane")).containsExactly("0", "0");
  }

  @Test
  void aLongJobKeepsItsLease() {
    handler.blocking = true;
    runner.start();
    runner.add(List.of(work("a", "1")));
    Await.until("in work", () -> handler.entered.get() == 1);
    for (int i = 0; i < 5; i++) {
      long due = due();
      clock.advance(LEASE.dividedBy(2));
      Await.until("extended", () -> due() > due);
    }
    handler.open.countDown();
    Await.until("done", () -> runner.figures().done() == 1);
    assertThat(runner.figures().stale()).isZero();
  }

  @Test
  void aKindWithoutAHandlerIsLeftForOthers() {
    runner.start();
    runner.add(List.of(new NewWork("unknown", "a", "1", "", 0), work("b", "2")));
    Await.until("done", () -> runner.figures().done() == 1);
    assertThat(rows.one("select attempt from work_item where kind = 'unknown'")).isEqualTo("0");
  }

  private long due() {
    return Long.parseLong(rows.one("select due_at from work_lane"));
  }

  private static void throwIf(boolean condition, Fault fault) {
    if (condition) {
      throw fault;
    }
  }

  private NewWork work(String key, String name) {
    return new NewWork("k", key, name, "", 0);
  }

  private WorkRunner runner() {
    WorkRunner.Settings settings =
        new WorkRunner.Settings(
            2, 8, LEASE, Duration.ofMillis(50), Duration.ofDays(8), Duration.ofSeconds(15));
    JdbcWorkStore store = new JdbcWorkStore(pool, clock);
    WorkSource fromQueue =
        () -> {
          handler.asked.incrementAndGet();
          NewWork next = source.poll();
          if (next != null) {
            store.add(List.of(next));
          }
          return next != null;
        };
    return new WorkRunner(
        store, List.of(handler), List.of(fromQueue), settings, clock, new SplittableRandom(3));
  }

  private static final class Script implements WorkHandler {
    final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> gaveUp = new ConcurrentLinkedQueue<>();
    final Map<String, Consumer<WorkItem>> faults = new ConcurrentHashMap<>();
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    final CountDownLatch open = new CountDownLatch(1);
    volatile boolean blocking;

    @Override
    public String kind() {
      return "k";
    }

    @Override
    public void run(WorkItem item, Lease lease) {
      entered.incrementAndGet();
      if (blocking) {
        try {
          open.await();
        } catch (InterruptedException stopped) {
          throw new Fault.OutcomeUnknown("stopped", stopped);
        }
      }
      faults.getOrDefault(item.idempotencyKey(), i -> {}).accept(item);
      done.add(item.idempotencyKey());
    }

    @Override
    public Found lookUp(WorkItem item) {
      return done.contains(item.idempotencyKey()) ? Found.DONE : Found.NOT_DONE;
    }

    @Override
    public void gaveUp(WorkItem item, Fault last) {
      gaveUp.add(item.idempotencyKey());
    }
  }
}
