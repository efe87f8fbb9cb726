package io.cordboard.store.webhook;

import static io.cordboard.store.Flushes.customer;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.sync.webhook.ChangeFeed.Changes;
import io.cordboard.core.sync.webhook.DeliverWebhook;
import io.cordboard.core.sync.webhook.EventOutbox.Event;
import io.cordboard.store.Database;
import io.cordboard.store.People;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happened, for those who ask; nobody else listens here. */
class ChangeFeedTest {
  private static final long DAY = 86_400_000_000L;

  private final Database database = PostgresForTests.migrated();
  private final Rows rows = new Rows(database);
  private final People people = new People(rows);
  private final HikariDataSource pool = database.pool("test", 2);
  private final JdbcChangeFeed feed = new JdbcChangeFeed(pool);
  private final JdbcEventOutbox outbox = new JdbcEventOutbox(pool);
  // the database looks at its own clock
  private final long now = Instant.now().toEpochMilli() * 1000;

  @AfterEach
  void close() {
    pool.close();
  }

  private void handOver() {
    outbox.handOver(100, now, (event, id) -> DeliverWebhook.work(event, id, "", now));
  }

  @Test
  void nothingIsKeptBeforeSomebodyAsksAndEverythingAfter() {
    people.customer(1, "Ann");
    handOver();
    Changes begin = feed.since(0, 10, now);
    assertThat(begin.reset()).as("read everything first").isTrue();
    assertThat(begin.events()).isEmpty();
    people.customer(2, "Ben").customer(3, "Cid").customer(4, "Dan");
    assertThat(feed.since(begin.next(), 10, now).events()).as("not handed over yet").isEmpty();
    handOver();
    Changes first = feed.since(begin.next(), 2, now);
    assertThat(first.reset()).isFalse();
    assertThat(first.events()).extracting(Event::subject).containsExactly(customer(2).value(), customer(3).value());
    Changes second = feed.since(first.next(), 2, now);
    assertThat(second.events()).extracting(Event::subject).containsExactly(customer(4).value());
    assertThat(feed.since(second.next(), 2, now)).isEqualTo(new Changes(java.util.List.of(), second.next(), false));
    assertThat(feed.since(first.next(), 2, now)).as("asked again, told again").isEqualTo(second);
  }

  @Test
  void whoWasAwayForTooLongIsToldSo() {
    Changes begin = feed.since(0, 10, now);
    people.customer(1, "Ann");
    handOver();
    assertThat(feed.since(begin.next(), 10, now + 9 * DAY).reset()).as("nothing was written meanwhile").isTrue();
    people.customer(2, "Ben");
    handOver();
    Changes fresh = feed.since(0, 10, now + 9 * DAY);
    outbox.purge(now + 10 * DAY, now + 10 * DAY);
    assertThat(feed.since(begin.next(), 10, now + 9 * DAY).reset()).as("it was forgotten").isTrue();
    assertThat(feed.since(fresh.next(), 10, now + 9 * DAY).reset()).as("this one knows all").isFalse();
  }

  @Test
  void aRowThatIsSeenLaterStandsLater() {
    long begin = feed.since(0, 10, now).next();
    rows.execute(
        "insert into webhook_event (n, type, subject, ids) overriding system value values"
            + " (900, 'customer.changed', '%s', '{}')".formatted(new UUID(1, 1)));
    handOver();
    long after = feed.since(begin, 10, now).next();
    rows.execute(
        "insert into webhook_event (n, type, subject, ids) overriding system value values"
            + " (800, 'customer.changed', '%s', '{}')".formatted(new UUID(1, 2)));
    handOver();
    assertThat(feed.since(after, 10, now).events()).extracting(Event::subject).containsExactly(new UUID(1, 2));
  }
}
