package io.cordboard.core.sync;

import io.cordboard.kernel.Fault;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.CrmRecord;
import io.cordboard.spi.crm.FindByNumber;
import io.cordboard.spi.crm.RecordKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks the systems whose a number is, while the call rings. What they know is taken over like any change, so that the
 * customer is found here afterwards. Never waits longer than it may, whatever a system does.
 */
public final class LiveLookUp {
  private static final int MOST_TAKEN = 10;

  /** A system with what it takes to take its records over. */
  public record Source(Joined joined, ReceiveRecords receive) {}

  private final Supplier<Collection<Source>> sources;
  private final Duration within;
  private final Executor executor;

  /**
   * Over those who are joined at the moment.
   *
   * @param within how long a call may wait for it
   * @param executor a thread for each system that is asked
   */
  public LiveLookUp(Supplier<Collection<Source>> sources, Duration within, Executor executor) {
    this.sources = sources;
    this.within = within;
    this.executor = executor;
  }

  private static boolean canFind(Source source) {
    return source.joined().flows(RecordKind.CUSTOMER)
        && source.joined().crm().can(RecordKind.CUSTOMER, Ability.FIND_BY_NUMBER);
  }

  /** Completes with whether somebody was taken over; with what there is when the time is over, and never fails. */
  public CompletionStage<Boolean> find(PhoneNumber number) {
    List<CompletableFuture<Boolean>> each =
        sources.get().stream()
            .filter(LiveLookUp::canFind)
            .map(source -> CompletableFuture.supplyAsync(() -> take(source, number), executor).exceptionally(fault -> false))
            .toList();
    CompletableFuture<Void> all = CompletableFuture.allOf(each.toArray(CompletableFuture[]::new));
    return all.thenApply(done -> true)
        .completeOnTimeout(false, within.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(inTime -> each.stream().anyMatch(one -> one.getNow(false)));
  }

  private boolean take(Source source, PhoneNumber number) {
    List<CrmRecord> records =
        source.joined().gate().pass(
            CrmGate.For.CALL, within,
            () -> source.joined().crm().as(FindByNumber.class, RecordKind.CUSTOMER).findByNumber(number, within));
    boolean taken = false;
    for (CrmRecord record : records.stream().limit(MOST_TAKEN).toList()) {
      try {
        taken |= source.receive().take(record) != ReceiveRecords.Outcome.NOBODY;
      } catch (Fault unfit) {
        // the next time it is read it is seen why
        taken |= false;
      }
    }
    return taken;
  }
}
