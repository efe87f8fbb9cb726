package io.cordboard.testkit;

import io.cordboard.kernel.Fault;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounded waits. Each returns as soon as what it waits for is so, and fails with what was waited
 * for after a limit that only a broken test reaches.
 */
public final class Await {
  /** The system property that changes the limit, in milliseconds. */
  public static final String PROPERTY = "cordboard.await.millis";

  private static final long LONGEST_PAUSE_NANOS = 5_000_000L;

  private Await() {}

  /** How long each wait lasts at most: generous, since a busy machine is no failure. */
  public static Duration limit() {
    return Duration.ofMillis(Long.getLong(PROPERTY, 20_000));
  }

  /** Waits until the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, () -> condition.getAsBoolean(), held -> held);
  }

  /** Waits until the value is as wished, and returns it; the last value stands in the failure. */
  public static <T> T until(String what, Supplier<T> value, Predicate<? super T> wished) {
    long deadline = System.nanoTime() + limit().toNanos();
    long pause = 50_000L;
    T last = value.get();
    while (!wished.test(last)) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Waited %s for: %s. Last seen: %s".formatted(limit(), what, last));
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
      last = value.get();
    }
    return last;
  }

  /** Waits until the stage completes, and returns its value; rethrows what it failed with. */
  public static <T extends @Nullable Object> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw rethrown(failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("The stage did not complete within " + limit(), late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for a stage", stopped);
    }
  }

  /** Waits until the stage fails with a fault of this type, and returns it. */
  public static <F extends Fault> F failed(CompletionStage<?> stage, Class<F> type) {
    try {
      Object value = done(stage);
      throw new AssertionError(
          "Expected %s, but the stage completed with %s".formatted(type.getSimpleName(), value));
    } catch (Fault fault) {
      if (type.isInstance(fault)) {
        return type.cast(fault);
      }
      throw new AssertionError("Expected " + type.getSimpleName() + ", got " + fault, fault);
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    Throwable plain = cause instanceof CompletionException wrapped ? wrapped.getCause() : cause;
    return switch (plain) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default -> new CompletionException(plain);
    };
  }
}
