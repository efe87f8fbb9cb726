package io.cordboard.core.journey;

import io.cordboard.core.call.LedgerStore;
import io.cordboard.kernel.Fault;
import io.cordboard.testkit.Seeded;

/** A memory ledger whose connection breaks, and at whose commits Cordboard may die. */
final class ShakyStore implements LedgerStore {
  final MemoryLedger memory;
  private final Seeded random;
  double breaks;
  double kills;
  private boolean away;

  ShakyStore(MemoryLedger memory, Seeded random) {
    this.memory = memory;
    this.random = random;
  }

  /** Cordboard is killed here: nothing of ours catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
    /** Whether everything in memory had been committed. */
    final boolean committed;

    Killed(boolean committed) {
      super("kill -9", null, false, false);
      this.committed = committed;
    }
  }

  @Override
  public Recovered takeOver() {
    return memory.takeOver();
  }

  @Override
  public void flush(Flush flush) {
    if (random.chance(kills)) {
      throw new Killed(false);
    }
    boolean broken = random.chance(breaks);
    if (broken && random.chance(0.5)) {
      away = random.chance(0.5);
      throw random.chance(0.5)
          ? new Fault.OutcomeUnknown("The connection broke before the commit.", null)
          : new Fault.Unreachable("No connection.", null);
    }
    memory.flush(flush);
    if (broken) {
      away = random.chance(0.5);
      throw new Fault.OutcomeUnknown("The connection broke after the commit.", null);
    }
    if (random.chance(kills)) {
      throw new Killed(true);
    }
  }

  @Override
  public long position() {
    if (away) {
      away = false;
      throw new Fault.Unreachable("No connection.", null);
    }
    return memory.position();
  }
}
