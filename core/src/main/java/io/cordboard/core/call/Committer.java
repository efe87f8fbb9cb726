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

  void commit(Flush group) {
    Flush rows = group;
    long began = clock.nanos();
    long pauseMillis = 5;
    while (true) {
      try {
        store.flush(rows);
        watch.committed(rows.entries().size(), clock.nanos() - began);
        trouble.accept(null);
        return;
      } catch (Fault.OutcomeUnknown e) {
        if (written(rows)) {
          trouble.accept(null);
          return;
        }
      } catch (Fault.Unreachable e) {
        trouble.accept(e.getMessage());
      } catch (LedgerStore.Doubled e) {
        rows = rows.without(e.twins().stream().map(LedgerStore.Twin::sent).toList());
        continue;
      } catch (LedgerStore.Taken e) {
        watch.bug("An agent was offered two calls; the rows of these offers are left out.", e);
        rows = rows.withoutOffers();
        continue;
      }
      if (stopping.getAsBoolean()) {
        throw new Fault.Unreachable("Stopped while the database was away.", null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
      pauseMillis = Math.min(500, pauseMillis * 2);
    }
  }

  /** Whether a commit of unknown outcome was carried out after all. */
  private boolean written(Flush rows) {
    try {
      return rows.to() > rows.from() && store.position() == rows.to();
    } catch (Fault.Unreachable e) {
      trouble.accept(e.getMessage());
      return false;
    }
  }
}
