package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commands that share a key are carried out one after the other, in the order of the calls. */
final class Lanes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, CompletableFuture<?>> last = new HashMap<>();

  /**
   * Runs the command when every earlier one of these keys is over, however it ended.
   *
   * @return fails with a {@link Fault} only
   */
  <T extends @Nullable Object> CompletionStage<T> run(
      List<String> keys, Supplier<? extends CompletionStage<T>> command) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    CompletableFuture<?>[] before = take(keys, outcome);
    CompletableFuture.allOf(before)
        .whenComplete(
            (all, failed) ->
                start(command).whenComplete((value, fault) -> end(keys, outcome, value, fault)));
    return outcome;
  }

  private CompletableFuture<?>[] take(List<String> keys, CompletableFuture<?> outcome) {
    lock.lock();
    try {
      CompletableFuture<?>[] before =
          keys.stream()
              .map(last::get)
              .filter(earlier -> earlier != null)
              .toArray(CompletableFuture<?>[]::new);
      keys.forEach(key -> last.put(key, outcome));
      return before;
    } finally {
      lock.unlock();
    }
  }

  private <T extends @Nullable Object> void end(
      List<String> keys, CompletableFuture<T> outcome, T value, @Nullable Throwable failed) {
    lock.lock();
    try {
      keys.forEach(key -> last.remove(key, outcome));
    } finally {
      lock.unlock();
    }
    if (failed == null) {
      outcome.complete(value);
    } else {
      outcome.completeExceptionally(fault(failed));
    }
  }

  private static <T extends @Nullable Object> CompletionStage<T> start(
      Supplier<? extends CompletionStage<T>> command) {
    try {
      return command.get();
    } catch (RuntimeException failed) {
      return CompletableFuture.failedFuture(failed);
    }
  }

  /** What a stage failed with, as a fault. */
  static Fault fault(Throwable failed) {
    Throwable cause = failed;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof Fault fault
        ? fault
        : new Fault.Bug("A command to Asterisk failed in our own code: " + cause, cause);
  }
}
