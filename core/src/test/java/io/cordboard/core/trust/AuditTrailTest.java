package io.cordboard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.core.trust.MemoryAuditStore.Fate;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Await;
import io.cordboard.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
  private final HandClock clock = new HandClock();
  private final MemoryAuditStore store = new MemoryAuditStore();
  private final AuditWitness witness = new MemoryWitness();
  private AuditTrail trail = trail(1_000);

  @AfterEach
  void close() {
    store.gate.release(1_000);
    trail.close();
  }

  @Test
  void anEntryIsWrittenSoonAndSealedAfterTheTime() {
    trail.start();
    trail.record(entry(1));
    Await.until("the row", () -> store.rows().size() == 1);
    assertThat(store.seals()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    trail.record(entry(2));
    Await.until("the seal", () -> !store.seals().isEmpty());
    assertWhole(2);
  }

  @Test
  void recordNowReturnsWhenTheEntryStands() {
    trail.start();
    trail.recordNow(entry(1));
    assertThat(store.rows()).hasSize(1);
  }

  @Test
  void closingWritesAndSealsWhatWaits() {
    for (int i = 0; i < 500; i++) {
      trail.record(entry(i));
    }
    trail.start();
    trail.close();
    assertThat(store.seals()).isNotEmpty();
    assertWhole(500);
  }

  @Test
  void afterTheEndNothingIsTaken() {
    trail.start();
    trail.close();
    assertThatThrownBy(() -> trail.record(entry(1))).isInstanceOf(Fault.Busy.class);
  }

  @Test
  void aFullQueueRefusesInsteadOfForgetting() {
    trail = trail(10);
    store.gate.drainPermits();
    trail.start();
    trail.record(entry(0));
    Await.until("the writer stands before the store", () -> store.gate.hasQueuedThreads());
    for (int i = 1; i <= 10; i++) {
      trail.record(entry(i));
    }
    assertThatThrownBy(() -> trail.record(entry(11)))
        .isInstanceOf(Fault.Busy.class)
        .hasMessageContaining("what must be audited is refused");
    store.gate.release(1_000);
    trail.close();
    assertWhole(11);
  }

  @Test
  void recordNowRefusesWhenTheStoreStaysAway() {
    trail = trail(1_000);
    store.gate.drainPermits();
    trail.start();
    assertThatThrownBy(() -> trail.recordNow(entry(1))).isInstanceOf(Fault.Busy.class);
  }

  @Test
  void anAbsentStoreLosesNothing() {
    store.next(Fate.UNREACHABLE, Fate.UNREACHABLE);
    trail.start();
    trail.recordNow(entry(1));
    trail.close();
    assertThat(trail.trouble()).isNull();
    assertWhole(1);
  }

  @Test
  void aCommitInDoubtIsNeitherLostNorDoubled() {
    store.next(Fate.WRITTEN_BUT_UNKNOWN, Fate.NOT_WRITTEN_AND_UNKNOWN, Fate.WORKS);
    trail.start();
    trail.recordNow(entry(1));
    trail.recordNow(entry(2));
    trail.close();
    assertWhole(2);
  }

  @Test
  void aSealInDoubtBreaksNothing() {
    store.next(Fate.WORKS, Fate.WRITTEN_BUT_UNKNOWN);
    trail.start();
    trail.recordNow(entry(1));
    trail.close();
    assertWhole(1);
  }

  @Test
  void twoWritersShareOneTrail() {
    AuditTrail other = trail(1_000);
    trail.start();
    other.start();
    for (int i = 0; i < 200; i++) {
      trail.recordNow(entry(i));
      other.recordNow(entry(i));
    }
    other.close();
    trail.close();
    assertWhole(400);
  }

  @Test
  void whatAKilledProcessLeftUnsealedIsContinuedAndSealed() {
    trail.start();
    trail.recordNow(entry(1));
    assertThat(store.seals()).isEmpty();
    AuditTrail next = trail(1_000);
    next.start();
    Await.until("the seal of what was left", () -> store.seals().size() == 1);
    next.recordNow(entry(2));
    next.close();
    assertWhole(2);
  }

  @Test
  void aFullDiskBesideTheDatabaseIsToldButStopsNothing() {
    AuditTrail withoutDisk =
        new AuditTrail(
            store,
            new AuditWitness() {
              @Override
              public void keep(long seal, byte[] hash) {
                throw new Fault.Unreachable("No space left on device", null);
              }

              @Override
              public Optional<Kept> last() {
                return Optional.empty();
              }
            },
            clock,
            settings(1_000));
    withoutDisk.start();
    withoutDisk.recordNow(entry(1));
    withoutDisk.close();
    assertThat(withoutDisk.trouble()).contains("No space left");
    assertThat(store.seals()).hasSize(1);
  }

  @Test
  void theFileRemembersTheLastSeal(@TempDir Path dir) throws IOException {
    FileWitness file = new FileWitness(dir.resolve("audit-seal"));
    assertThat(file.last()).isEmpty();
    file.keep(7, new byte[32]);
    file.keep(8, new byte[32]);
    assertThat(file.last()).map(AuditWitness.Kept::seal).contains(8L);
    Files.writeString(dir.resolve("audit-seal"), "9 nonsense");
    assertThatThrownBy(file::last).isInstanceOf(Fault.Refused.class);
  }

  private void assertWhole(int rows) {
    AuditVerdict verdict = new AuditVerifier(store, witness).verify();
    assertThat(verdict).isEqualTo(new AuditVerdict(rows, true, null, null));
  }

  private AuditTrail trail(int queue) {
    return new AuditTrail(store, witness, clock, settings(queue));
  }

  private static AuditTrail.Settings settings(int queue) {
    return new AuditTrail.Settings(
        3, queue, 100, Duration.ofMillis(5), Duration.ofSeconds(1), Duration.ofMillis(500));
  }

  private static AuditEntry entry(int i) {
    return new AuditEntry(
        "user:" + i % 7,
        "customer-viewed",
        "customer:" + i,
        AuditEntry.Outcome.DONE,
        i % 2 == 0 ? null : "call:" + i,
        i % 3 == 0 ? Map.of() : Map.of("b", "2", "a", "1"));
  }

  private static final class MemoryWitness implements AuditWitness {
    private final AtomicReference<Kept> last = new AtomicReference<>();

    @Override
    public void keep(long seal, byte[] hash) {
      last.set(new Kept(seal, hash));
    }

    @Override
    public Optional<Kept> last() {
      return Optional.ofNullable(last.get());
    }
  }
}
