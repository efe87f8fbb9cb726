package io.cordboard.store.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.cordboard.core.trust.AuditEntry;
import io.cordboard.core.trust.AuditEntry.Outcome;
import io.cordboard.core.trust.AuditTrail;
import io.cordboard.core.trust.AuditVerdict;
import io.cordboard.core.trust.AuditVerifier;
import io.cordboard.core.trust.FileWitness;
import io.cordboard.store.Database;
import io.cordboard.store.PostgresForTests;
import io.cordboard.store.Rows;
import io.cordboard.testkit.HandClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of the tables meddles with the trail in every way; verification names the row. */
class AuditTest {
  private static final int SHARDS = 4;

  @TempDir Path dir;
  private final Database database = PostgresForTests.migrated();
  private final HikariDataSource pool = database.pool("audit", 4);
  private final Rows rows = new Rows(database);
  private final HandClock clock = new HandClock();
  private final JdbcAuditStore store = new JdbcAuditStore(pool);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void anUntouchedTrailIsWhole() {
    write(1_000);
    assertThat(verify()).isEqualTo(new AuditVerdict(1_000, true, null, null));
  }

  @Test
  void anEmptyTrailIsWhole() {
    assertThat(verify()).isEqualTo(new AuditVerdict(0, true, null, null));
  }

  @Test
  void entriesComeBackWithEveryKindOfText() {
    AuditTrail trail = trail();
    trail.start();
    trail.recordNow(
        new AuditEntry(
            "user:王芳",
            "signed-in",
            "'; drop table audit_entry; --",
            Outcome.FAILED,
            null,
            Map.of("agent", "😀 \"quoted\" {a,b} \\ null", "", "")));
    trail.close();
    assertThat(verify()).isEqualTo(new AuditVerdict(1, true, null, null));
  }

  @Test
  void aChangedRowIsNamed() {
    write(1_000);
    tamper("update audit_entry set subject = 'customer:other' where shard = 2 and n = 17");
    assertBroken("entry 2/17");
  }

  @Test
  void aRowChangedInATrailThatIsNotSealedYetIsNamed() {
    try (AuditTrail trail = trail()) {
      trail.start();
      for (int i = 0; i < 10; i++) {
        trail.recordNow(entry(0));
      }
      assertThat(rows.count("audit_seal")).isZero();
      String shard = rows.one("select min(shard) from audit_entry");
      tamper("update audit_entry set outcome = 'REFUSED' where n = 4");
      assertBroken("entry " + shard + "/4");
    }
  }

  @Test
  void everyColumnCounts() {
    write(100);
    String[] changes = {
      "at = at + 1",
      "who = who || 'x'",
      "what = 'other'",
      "subject = subject || ' '",
      "outcome = 'FAILED'",
      "correlation = 'call:x'",
      "details = array['k', 'v']",
      "who = who || chr(1)",
      "hash = sha256('x')"
    };
    for (String change : changes) {
      rows.execute("drop table if exists kept", "create table kept as table audit_entry");
      tamper("update audit_entry set " + change + " where shard = 1 and n = 5");
      assertBroken("entry 1/5");
      tamper("delete from audit_entry", "insert into audit_entry select * from kept");
    }
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void aDeletedRowIsNamed() {
    write(1_000);
    tamper("delete from audit_entry where shard = 0 and n = 100");
    assertBroken("entry 0/100");
  }

  @Test
  void aRowThatWasPutInIsNamed() {
    write(1_000);
    long end = Long.parseLong(rows.one("select max(n) from audit_entry where shard = 3"));
    tamper(
        "insert into audit_entry select shard, n + 1, at, who, what, subject, outcome, correlation,"
            + " details, hash from audit_entry where shard = 3 and n = "
            + end);
    assertBroken("entry 3/" + (end + 1));
  }

  @Test
  void aRowThatWasPutIntoTheMiddleIsNamed() {
    write(1_000);
    tamper(
        "update audit_entry set n = -n - 1 where shard = 3 and n >= 50",
        "update audit_entry set n = -n where shard = 3 and n < 0",
        "insert into audit_entry select shard, 50, at, who, what, 'forged', outcome, correlation,"
            + " details, hash from audit_entry where shard = 3 and n = 49");
    assertBroken("entry 3/50");
  }

  @Test
  void exchangedRowsAreNamed() {
    write(1_000);
    tamper(
        "update audit_entry set n = -1 where shard = 1 and n = 30",
        "update audit_entry set n = 30 where shard = 1 and n = 31",
        "update audit_entry set n = 31 where shard = 1 and n = -1");
    assertBroken("entry 1/30");
  }

  @Test
  void aCutEndIsNamed() {
    write(1_000);
    long end = Long.parseLong(rows.one("select max(n) from audit_entry where shard = 2"));
    tamper("delete from audit_entry where shard = 2 and n > " + (end - 3));
    assertBroken("entry 2/" + (end - 2));
  }

  @Test
  void aWholeShardThatIsGoneIsNamed() {
    write(1_000);
    tamper("delete from audit_entry where shard = 0");
    assertBroken("entry 0/1");
  }

  @Test
  void anEndThatWasCutOffTogetherWithItsSealIsNamed() {
    write(100);
    write(100);
    String last = rows.one("select max(n) from audit_seal");
    for (int shard = 0; shard < SHARDS; shard++) {
      String sealed =
          rows.one(
              "select head_ns[%d] from audit_seal where n = %s - 1".formatted(shard + 1, last));
      tamper("delete from audit_entry where shard = " + shard + " and n > " + sealed);
    }
    tamper("delete from audit_seal where n = " + last);
    assertBroken("seal " + last);
  }

  @Test
  void aTrailThatWasWrittenAnewIsNamed() {
    write(100);
    tamper("delete from audit_entry", "delete from audit_seal");
    new AuditTrailWriter(50).writeWithoutWitness();
    assertBroken("seal 1");
  }

  @Test
  void aChangedOrMissingSealIsNamed() {
    write(10);
    write(10);
    write(10);
    rows.execute("create table kept as table audit_seal");
    tamper("update audit_seal set at = at + 1 where n = 2");
    assertBroken("seal 2");
    tamper("delete from audit_seal", "insert into audit_seal select * from kept where n <> 1");
    assertBroken("seal 1");
  }

  @Test
  void ourOwnStatementsCannotChangeTheTrail() {
    write(10);
    for (String sql :
        new String[] {
          "update audit_entry set who = 'x'", "delete from audit_entry", "truncate audit_seal"
        }) {
      assertThatThrownBy(() -> rows.execute(sql))
          .hasRootCauseMessage(
              "ERROR: the audit trail is never changed\n"
                  + "  Where: PL/pgSQL function audit_is_kept() line 3 at RAISE");
    }
    assertThat(verify().ok()).isTrue();
  }

  @Test
  void eightThreadsWriteSixteenThousandEntriesInOneWholeTrail() throws InterruptedException {
    AuditTrail trail = trail();
    trail.start();
    long begun = System.nanoTime();
    CountDownLatch done = new CountDownLatch(8);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        int thread = t;
        threads.execute(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                trail.record(entry(thread * 2_000 + i));
              }
              done.countDown();
            });
      }
      done.await();
    }
    trail.close();
    long millis = (System.nanoTime() - begun) / 1_000_000;
    long verifying = System.nanoTime();
    assertThat(verify()).isEqualTo(new AuditVerdict(16_000, true, null, null));
    System.out.printf(
        "audit: 16,000 entries of 8 threads in %d ms, verified in %d ms%n",
        millis, (System.nanoTime() - verifying) / 1_000_000);
  }

  private void write(int entries) {
    AuditTrail trail = trail();
    trail.start();
    for (int i = 0; i < entries; i++) {
      trail.record(entry(i));
    }
    trail.close();
  }

  private AuditTrail trail() {
    return new AuditTrail(store, new FileWitness(dir.resolve("seal")), clock, settings());
  }

  private static AuditTrail.Settings settings() {
    return new AuditTrail.Settings(
        SHARDS, 20_000, 1_000, Duration.ofMillis(5), Duration.ofHours(1), Duration.ofSeconds(20));
  }

  private AuditVerdict verify() {
    return new AuditVerifier(store, new FileWitness(dir.resolve("seal"))).verify();
  }

  private void assertBroken(String row) {
    AuditVerdict verdict = verify();
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.firstBroken()).as(verdict.reason()).isEqualTo(row);
  }

  /** As the owner of the tables can. */
  private void tamper(String... sql) {
    rows.execute("alter table audit_entry disable trigger user");
    rows.execute("alter table audit_seal disable trigger user");
    rows.execute(sql);
    rows.execute("alter table audit_entry enable trigger user");
    rows.execute("alter table audit_seal enable trigger user");
  }

  private static AuditEntry entry(int i) {
    return new AuditEntry(
        "user:" + i % 7,
        "customer-viewed",
        "customer:" + i,
        Outcome.DONE,
        i % 2 == 0 ? null : "call:" + i,
        i % 3 == 0 ? Map.of() : Map.of("b", "2", "a", "1"));
  }

  /** Somebody with our program but without the file beside the database. */
  private final class AuditTrailWriter {
    private final int entries;

    AuditTrailWriter(int entries) {
      this.entries = entries;
    }

    void writeWithoutWitness() {
      AuditTrail trail =
          new AuditTrail(store, new FileWitness(dir.resolve("elsewhere")), clock, settings());
      trail.start();
      for (int i = 0; i < entries; i++) {
        trail.record(entry(i));
      }
      trail.close();
    }
  }
}
