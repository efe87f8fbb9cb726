package io.cordboard.core.trust;

import io.cordboard.core.trust.AuditStore.Head;
import io.cordboard.core.trust.AuditStore.Row;
import io.cordboard.core.trust.AuditStore.Seal;
import io.cordboard.core.trust.AuditStore.Tail;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail: takes entries into a bounded queue, and one thread of its own chains them and
 * writes them in batches. Several processes may write into the same trail; who is slower reads the
 * end again.
 */
public final class AuditTrail implements Audit, AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final AuditStore store;
  private final AuditWitness witness;
  private final Clock clock;
  private final Settings settings;
  private final AuditQueue queue;
  private final Thread writer;

  // of the writer's thread only
  private final Map<Integer, Head> heads = new TreeMap<>();
  private List<Row> inDoubt = List.of();
  private @Nullable Seal seal;
  private long sealDue;
  private int unsealed;

  private volatile boolean known;
  private volatile @Nullable String trouble;
  private volatile @Nullable String witnessTrouble;

  public AuditTrail(AuditStore store, AuditWitness witness, Clock clock, Settings settings) {
    this.store = store;
    this.witness = witness;
    this.clock = clock;
    this.settings = settings;
    this.queue = new AuditQueue(settings.queue(), settings.linger());
    this.writer = Thread.ofPlatform().name("audit").unstarted(this::run);
  }

  /**
   * How it writes.
   *
   * @param shards how many chains; may grow, rows never move
   * @param queue how many entries may wait before further ones are refused
   * @param batch how many rows one transaction writes at most
   * @param linger how long a first entry waits for others
   * @param sealEvery how long rows may stand without a seal
   * @param patience how long {@link #recordNow} waits before it refuses, and {@link #close} before
   *     it gives up
   */
  public record Settings(
      int shards, int queue, int batch, Duration linger, Duration sealEvery, Duration patience) {
    /** What a normal installation needs. */
    public static Settings standard() {
      return new Settings(
          4, 16_384, 1_000, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
  }

  /** Begins to write. */
  public void start() {
    writer.start();
  }

  @Override
  public void record(AuditEntry entry) {
    queue.put(new Pending(clock.micros(), entry, null));
  }

  @Override
  public void recordNow(AuditEntry entry) {
    CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
    queue.put(new Pending(clock.micros(), entry, written));
    try {
      written.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw busy();
    } catch (ExecutionException failed) {
      throw new Fault.Bug("The audit trail failed: " + failed.getCause(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  /** Why nothing can be written at the moment; null when all is well. For health and alarms. */
  public @Nullable String trouble() {
    return trouble != null ? trouble : witnessTrouble;
  }

  /** How many entries wait to be written. */
  public int waiting() {
    return queue.size();
  }

  /** Writes and seals what is waiting, then stops; gives up after a while without a database. */
  @Override
  public void close() {
    queue.close();
    if (writer.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!writer.join(settings.patience())) {
        writer.interrupt();
        writer.join();
      }
    } catch (InterruptedException stopped) {
      writer.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      untilDone(this::readTailOnce);
      while (true) {
        List<Pending> batch = queue.take(settings.batch(), untilSeal());
        if (!batch.isEmpty()) {
          untilDone(() -> write(batch));
        }
        if (unsealed > 0 && (queue.isDrained() || clock.nanos() - sealDue >= 0)) {
          untilDone(this::sealHeads);
        }
        if (queue.isDrained()) {
          return;
        }
      }
    } catch (InterruptedException stopped) {
      trouble = "The audit trail was stopped with %d entries unwritten.".formatted(queue.size());
    }
  }

  private Duration untilSeal() {
    return unsealed == 0 ? Duration.ofDays(1) : Duration.ofNanos(sealDue - clock.nanos());
  }

  private void write(List<Pending> batch) {
    List<Row> rows = inDoubt.isEmpty() || !store.has(inDoubt.getLast()) ? append(batch) : inDoubt;
    inDoubt = List.of();
    rows.forEach(row -> heads.put(row.shard(), row.head()));
    if (unsealed == 0) {
      sealDue = clock.nanos() + settings.sealEvery().toNanos();
    }
    unsealed += rows.size();
    batch.forEach(Pending::written);
  }

  private List<Row> append(List<Pending> batch) {
    readTailOnce();
    List<Row> rows = chained(batch);
    try {
      store.append(rows);
    } catch (Fault.OutcomeUnknown lost) {
      // all or none: when the last row turns out to be there, so is the batch
      inDoubt = rows;
      throw lost;
    }
    return rows;
  }

  private List<Row> chained(List<Pending> batch) {
    Map<Integer, Head> ends = new TreeMap<>(heads);
    List<Row> rows = new ArrayList<>(batch.size());
    for (Pending p : batch) {
      int shard = Math.floorMod(p.entry.subject().hashCode(), settings.shards());
      Head end = ends.getOrDefault(shard, new Head(shard, 0, AuditChain.genesis()));
      Row row = AuditChain.next(end, p.at, p.entry);
      ends.put(shard, row.head());
      rows.add(row);
    }
    return rows;
  }

  private void sealHeads() {
    readTailOnce();
    Seal next = AuditChain.next(seal, clock.micros(), List.copyOf(heads.values()));
    store.append(next);
    seal = next;
    unsealed = 0;
    keepOutside(next);
  }

  // a full disk beside the database must not stop the trail; the next seal covers this one
  private void keepOutside(Seal written) {
    try {
      witness.keep(written.n(), written.hash());
      witnessTrouble = null;
    } catch (Fault failed) {
      witnessTrouble = failed.getMessage();
    }
  }

  private void readTailOnce() {
    if (!known) {
      Tail tail = store.tail();
      heads.clear();
      tail.heads().forEach(head -> heads.put(head.shard(), head));
      seal = tail.seal();
      known = true;
      if (!isSealed(tail)) {
        // what a killed process left without a seal
        unsealed++;
      }
    }
  }

  private static boolean isSealed(Tail tail) {
    List<Head> sealed = tail.seal() == null ? List.of() : tail.seal().heads();
    return tail.heads().stream()
        .allMatch(h -> sealed.stream().anyMatch(s -> s.shard() == h.shard() && s.n() == h.n()));
  }

  /** Repeats until it is done: an entry that was taken is never dropped. */
  private void untilDone(Runnable step) throws InterruptedException {
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
      try {
        step.run();
        trouble = null;
        return;
      } catch (Fault.Refused overtaken) {
        known = false;
      } catch (RuntimeException failed) {
        known = false;
        trouble = "The audit trail cannot write: " + failed.getMessage();
        Thread.sleep(pause);
      }
    }
  }

  private Fault.Busy busy() {
    String why = trouble;
    return AuditQueue.busy(why == null ? "The database is too slow." : why);
  }

  /** An entry that waits. */
  record Pending(long at, AuditEntry entry, @Nullable CompletableFuture<@Nullable Void> future) {
    boolean urgent() {
      return future != null;
    }

    void written() {
      if (future != null) {
        future.complete(null);
      }
    }
  }
}
