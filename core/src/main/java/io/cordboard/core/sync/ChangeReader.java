package io.cordboard.core.sync;

import io.cordboard.core.sync.SyncStore.Position;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.ReadChanges;
import io.cordboard.spi.crm.RecordKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what changed in one system, page by page, and takes it over; goes on from where the last page was taken over
 * whole. One thread; woken when the system tells that something changed.
 */
public final class ChangeReader implements AutoCloseable {
  private static final int PAGE = 200;
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);

  private final Joined joined;
  private final SyncStore store;
  private final ReceiveRecords receive;
  private final Duration every;
  private final Clock clock;
  private final Parked parked;
  private final Consumer<RecordKind> gap;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final LongAdder read = new LongAdder();
  private final LongAdder changed = new LongAdder();
  private final Map<RecordKind, Position> positions = new EnumMap<>(RecordKind.class);
  private boolean woken;
  private volatile boolean stopping;
  private volatile @Nullable String trouble;

  /**
   * Of one system; reads nothing before {@link #start}.
   *
   * @param every how often it looks without being woken
   * @param parked keeps what could not be taken over
   * @param gap hears of a kind of which the system no longer knows what changed: all of it has to be compared
   */
  public ChangeReader(
      Joined joined, SyncStore store, ReceiveRecords receive, Duration every, Clock clock, Parked parked,
      Consumer<RecordKind> gap) {
    this.joined = joined;
    this.store = store;
    this.receive = receive;
    this.every = every;
    this.clock = clock;
    this.parked = parked;
    this.gap = gap;
    this.thread = Thread.ofPlatform().daemon().name("changes-" + joined.name()).unstarted(this::run);
  }

  /** Keeps a record that could not be taken over now, so that it is taken over later or seen by somebody. */
  @FunctionalInterface
  public interface Parked {
    void park(CrmRecord record, Fault why);
  }

  public void start() {
    thread.start();
  }

  /** Something changed there. Costs next to nothing. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Why changes cannot be read at the moment; null when all is well. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** Records that were told since the start. */
  public long read() {
    return read.sum();
  }

  /** Of them, those that changed something with us. */
  public long changed() {
    return changed.sum();
  }

  private void run() {
    try {
      while (!stopping) {
        boolean well = look();
        await(well ? every : PAUSE_AFTER_FAULT);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean look() {
    try {
      for (RecordKind kind : new TreeSet<>(joined.mappings().keySet())) {
        if (!stopping && joined.crm().can(kind, Ability.CHANGES)) {
          readAll(kind);
        }
      }
      trouble = null;
      return true;
    } catch (RuntimeException failed) {
      trouble = failed instanceof Fault fault ? fault.getMessage() : "A mistake of ours: " + failed;
      positions.clear();
      return false;
    }
  }

  /** All pages that there are; for tests and for {@link #start}ed readers alike. */
  void readAll(RecordKind kind) {
    ReadChanges changes = joined.crm().as(ReadChanges.class, kind);
    boolean more = true;
    while (more && !stopping) {
      Position from = positions.computeIfAbsent(kind, any -> store.position(joined.name(), kind).orElse(null));
      ReadChanges.Page page =
          joined.gate().pass(
              CrmGate.For.WORK, TURN, () -> changes.changes(kind, from == null ? null : from.cursor(), PAGE));
      takeOver(page.records());
      if (page.gap()) {
        gap.accept(kind);
      }
      if (from == null || !from.cursor().equals(page.cursor())) {
        positions.put(kind, store.advance(joined.name(), kind, from, page.cursor(), clock.micros()));
      }
      more = page.more();
    }
  }

  private void takeOver(List<CrmRecord> records) {
    for (CrmRecord record : records) {
      read.increment();
      try {
        if (receive.take(record) == ReceiveRecords.Outcome.CHANGED) {
          changed.increment();
        }
      } catch (Fault.Unreachable | Fault.OutcomeUnknown | Fault.Busy ours) {
        // our own database is away, or busy: the page is read once more
        throw ours;
      } catch (Fault unfit) {
        parked.park(record, unfit);
      } catch (RuntimeException mistake) {
        parked.park(record, new Fault.Bug("A record could not be taken over: " + mistake, mistake));
      }
    }
  }

  private void await(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!woken && !stopping && left > 0) {
        left = something.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(5));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
