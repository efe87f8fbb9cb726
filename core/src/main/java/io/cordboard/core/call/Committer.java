package io.cordboard.core.call;

import io.cordboard.core.call.LedgerStore.Flush;
import io.cordboard.kernel.Clock;
import io.cordboard.kernel.Fault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries one group into the store, whatever it takes: a group is never dropped, because what it says
 * has happened. Only another writer's take-over ends the trying.
 */
record Committer(
    LedgerStore store,
    Clock clock,
    LedgerWatch watch,
    Consumer<@Nullable String> trouble,
    BooleanSupplier stopping) {

  /**
   * Returns when the group is written.
   *
   * @throws Fault when it never will be: another writer took over, or we wrote something impossible
   */
  void commit(Flush group) {
    Flush rows = group;
    boolean unknown = false;
    long began = clock.nanos();
    for (long pauseMillis = 5; ; pauseMillis = Math.min(500, pauseMillis * 2)) {
      try {
        if (!(unknown && written(rows))) {
          unknown = false;
          rows = write(rows);
        }
        watch.committed(rows.entries().size(), clock.nanos() - began);
        trouble.accept(null);
        return;
      } catch (Fault.OutcomeUnknown e) {
        unknown = true;
        trouble.accept(e.getMessage());
      } catch (Fault.Unreachable e) {
        trouble.accept(e.getMessage());
      }
      if (stopping.getAsBoolean()) {
        throw new Fault.Unreachable("Stopped while the database was away.", null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
    }
  }

  /** Writes the group without what cannot be written: what stands there already, offers of nobody. */
  private Flush write(Flush group) {
    Flush rows = group;
    while (true) {
      try {
        store.flush(rows);
        return rows;
      } catch (LedgerStore.Doubled e) {
        e.twins().stream().filter(twin -> !twin.same()).forEach(this::collided);
        rows = rows.without(e.twins().stream().map(LedgerStore.Twin::sent).toList());
      } catch (LedgerStore.Taken e) {
        watch.bug("An agent was offered two calls; the rows of these offers are left out.", e);
        rows = rows.withoutOffers();
      }
    }
  }

  private void collided(LedgerStore.Twin twin) {
    watch.bug(
        "Two different entries of %s and %s have the same time and hash; the second is dropped."
            .formatted(twin.stored().call(), twin.sent().call()),
        new Fault.Bug("A collision in the journal.", null));
  }

  /** Whether a commit of unknown outcome was carried out after all. */
  private boolean written(Flush rows) {
    return rows.to() > rows.from() && store.position() == rows.to();
  }
}
