package io.cordboard.store.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.work.NewWork;
import io.cordboard.core.work.RetrySchedule;
import io.cordboard.core.work.WorkHandler;
import io.cordboard.core.work.WorkItem;
import io.cordboard.core.work.WorkRunner;
import io.cordboard.core.work.WorkStore;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two runners share a store, and the world is against them. */
class WorkRaceTest {
  private static final int ITEMS = 10_000;
  private static final int KEYS = 1_000;

  private final Database database = PostgresForTests.migrated();
  private final HikariDataSource pool = database.pool("race", 8);
  private final Rows rows = new Rows(database);
  private final Target target = new Target();
  private final List<WorkRunner> runners = new ArrayList<>();

  @AfterEach
  void close() {
    runners.forEach(WorkRunner::close);
    pool.close();
  }

  @Test
  void twoRunnersWithTenThousandItemsLoseNoneAndDoNoneTwice() {
    long begun = System.nanoTime();
    WorkRunner one = runner(1, new Telling(target, 0, false), Duration.ofSeconds(60));
    WorkRunner two = runner(2, new Telling(target, 0, false), Duration.ofSeconds(60));
    one.add(work());
    Await.until("all to be done", () -> open() == 0);
    long millis = (System.nanoTime() - begun) / 1_000_000;
    assertAllOnceInOrder();
    assertThat(one.figures().done() + two.figures().done()).isEqualTo(ITEMS);
    assertThat(one.figures().done()).isPositive();
    assertThat(two.figures().done()).isPositive();
    System.out.printf("work: %d items, %d keys, 2 runners: %d ms%n", ITEMS, KEYS, millis);
  }

  @Test
  void withFaultsLostLeasesAndUnknownOutcomesEachHasItsEffectOnce() {
    // leases so short that many are lost in mid-work, and nobody extends them
    WorkStore forgetful = new Forgetful(new JdbcWorkStore(pool, WALL));
    runner(1, new Telling(target, 15, true), forgetful, Duration.ofMillis(60)).add(work());
    runner(2, new Telling(target, 15, true), forgetful, Duration.ofMillis(60));
    Await.until("all to be done", () -> open() == 0);
    assertAllOnceInOrder();
    assertThat(target.refused).as("stale tokens that the target refused").isPositive();
  }

  private long open() {
    return Long.parseLong(rows.one("select count(*) from work_item where state <> 'DONE'"));
  }

  private void assertAllOnceInOrder() {
    assertThat(target.effects).hasSize(ITEMS);
    assertThat(target.doubled).isZero();
    target.order.forEach((key, names) -> assertThat(names).as(key).isSorted());
    assertThat(rows.count("work_lane")).isZero();
  }

  private WorkRunner runner(int seed, WorkHandler handler, Duration lease) {
    return runner(seed, handler, new JdbcWorkStore(pool, WALL), lease);
  }

  private WorkRunner runner(int seed, WorkHandler handler, WorkStore store, Duration lease) {
    WorkRunner.Settings settings =
        new WorkRunner.Settings(
            3, 100, lease, Duration.ofMillis(20), Duration.ofDays(8), Duration.ofSeconds(10));
    WorkRunner runner =
        new WorkRunner(
            store, List.of(handler), List.of(), settings, WALL, new SplittableRandom(seed));
    runner.start();
    runners.add(runner);
    return runner;
  }

  private static List<NewWork> work() {
    List<NewWork> work = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      work.add(new NewWork("tell", "key" + i % KEYS, "%06d".formatted(i), "", 0));
    }
    return work;
  }

  private static final Clock WALL =
      new Clock() {
        @Override
        public long micros() {
          return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** Says that leases were extended, and does not do it: as if the process had been asleep. */
  private record Forgetful(WorkStore store) implements WorkStore {
    @Override
    public int add(List<NewWork> work) {
      return store.add(work);
    }

    @Override
    public List<WorkItem> claim(Set<String> kinds, int most, long now, long leaseUntil) {
      return store.claim(kinds, most, now, leaseUntil);
    }

    @Override
    public Set<Long> settle(List<Settled> settled, long now) {
      return store.settle(settled, now);
    }

    @Override
    public Set<Long> renew(List<WorkItem> held, long leaseUntil) {
      return Set.of();
    }

    @Override
    public int purge(long doneBefore) {
      return store.purge(doneBefore);
    }

    @Override
    public java.util.Map<String, Backlog> backlogs() {
      return store.backlogs();
    }

    @Override
    public Backlog backlog() {
      return store.backlog();
    }
  }

  /** Another system that remembers the highest token of each key, as a fence. */
  private static final class Target {
    private final Set<String> effects = new HashSet<>();
    private final Map<String, Long> fences = new HashMap<>();
    private final Map<String, List<String>> order = new HashMap<>();
    private int doubled;
    private int refused;

    synchronized void apply(WorkItem item) {
      if (item.token() < fences.getOrDefault(item.key(), 0L)) {
        refused++;
        throw new Fault.Unreachable("stale", null);
      }
      if (!effects.add(item.idempotencyKey())) {
        doubled++;
      }
      order.computeIfAbsent(item.key(), k -> new ArrayList<>()).add(item.idempotencyKey());
    }

    // who looks is the one who may act next: it raises the fence, too
    synchronized WorkHandler.Found find(WorkItem item) {
      fences.merge(item.key(), item.token(), Math::max);
      return effects.contains(item.idempotencyKey())
          ? WorkHandler.Found.DONE
          : WorkHandler.Found.NOT_DONE;
    }
  }

  /** Tells the target, and fails in every way now and then. */
  private static final class Telling implements WorkHandler {
    private static final RetrySchedule QUICK =
        new RetrySchedule(java.util.Collections.nCopies(200, Duration.ofMillis(2)));
    private final Target target;
    private final int faultsPercent;
    private final boolean slow;
    private final Random random = new Random(42);

    Telling(Target target, int faultsPercent, boolean slow) {
      this.target = target;
      this.faultsPercent = faultsPercent;
      this.slow = slow;
    }

    @Override
    public String kind() {
      return "tell";
    }

    @Override
    public void run(WorkItem item, Lease lease) {
      int dice = faultsPercent == 0 ? 100 : random.nextInt(100);
      if (slow && dice % 50 == 0) {
        LockSupport.parkNanos(Duration.ofMillis(120).toNanos());
      }
      if (dice < faultsPercent / 3) {
        throw new Fault.Unreachable("away", null);
      }
      target.apply(item);
      if (dice < faultsPercent * 2 / 3) {
        throw new Fault.OutcomeUnknown("no answer", null);
      }
      if (dice < faultsPercent && item.attempt() == 1) {
        throw new IllegalStateException("a mistake after the effect");
      }
    }

    @Override
    public Found lookUp(WorkItem item) {
      return target.find(item);
    }

    @Override
    public RetrySchedule retries() {
      return QUICK;
    }
  }
}
