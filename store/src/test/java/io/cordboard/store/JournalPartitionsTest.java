package io.cordboard.store;

import static io.cordboard.store.Flushes.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.call.OfferState;
import io.cordboard.kernel.Ids;
import io.cordboard.testkit.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalPartitionsTest {
  private static final long DAY = Duration.ofDays(1).toNanos() / 1000;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-05T12:00:00Z"));
  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final HikariDataSource pool = database.pool("test", 1);
  private final JournalPartitions partitions = new JournalPartitions(pool, clock, 2);
  private final JdbcLedgerStore store =
      new JdbcLedgerStore(database, 0, new Ids(clock, new Random(1)));
  private long position;

  @BeforeEach
  void start() {
    store.takeOver();
  }

  @AfterEach
  void close() {
    store.close();
    pool.close();
  }

  private void write(long at, long oldestLive) {
    store.flush(Flushes.after(position).entry(call(1), at, at).oldestLive(oldestLive).flush());
    position++;
  }

  private List<String> days() {
    return rows.all(
        "select inhrelid::regclass::text from pg_inherits where inhparent = 'journal'::regclass"
            + " and inhrelid <> 'journal_default'::regclass order by 1");
  }

  private List<String> partitionsOfRows() {
    return rows.all("select tableoid::regclass::text from journal order by n");
  }

  @Test
  void theNextDaysAreMadeAheadAndMakingThemAgainChangesNothing() {
    partitions.maintain();
    partitions.maintain();
    assertThat(days())
        .containsExactly(
            "journal_20260105", "journal_20260106", "journal_20260107", "journal_20260108");
    write(clock.micros(), clock.micros());
    assertThat(partitionsOfRows()).containsExactly("journal_20260105");
  }

  @Test
  void anEntryOfADayWithoutPartitionIsKeptAndMovesIntoItsDayLater() {
    write(clock.micros(), clock.micros());
    write(clock.micros() + 200 * DAY, clock.micros());
    assertThat(partitionsOfRows()).containsExactly("journal_default", "journal_default");
    partitions.maintain();
    assertThat(partitionsOfRows()).containsExactly("journal_20260105", "journal_default");
  }

  @Test
  void daysPastRetentionGo() {
    partitions.maintain();
    write(clock.micros(), clock.micros());
    write(clock.micros() - 3 * DAY, clock.micros());
    clock.advance(Duration.ofDays(3));
    write(clock.micros(), clock.micros());
    partitions.maintain();
    assertThat(days()).startsWith("journal_20260106").endsWith("journal_20260111");
    assertThat(partitionsOfRows()).containsExactly("journal_20260108");
  }

  @Test
  void aDayFromWhichACallStillLivesStays() {
    partitions.maintain();
    long began = clock.micros();
    write(began, began);
    clock.advance(Duration.ofDays(9));
    partitions.maintain();
    assertThat(days()).contains("journal_20260105");
    assertThat(partitionsOfRows()).containsExactly("journal_20260105");
  }

  @Test
  void oldOffersGoUnlessTheyStillHoldSomebody() {
    partitions.maintain();
    store.flush(
        Flushes.after(0)
            .offer(call(1), 1, Flushes.agent(1), OfferState.NO_ANSWER, false)
            .offer(call(1), 2, Flushes.agent(1), OfferState.ACCEPTED, true)
            .flush());
    clock.advance(Duration.ofDays(9));
    store.flush(Flushes.after(0).oldestLive(clock.micros()).flush());
    partitions.maintain();
    assertThat(rows.all("select n from offer")).containsExactly("2");
  }
}
